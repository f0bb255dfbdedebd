"""Charts: pure functions from the Tableau's records to records that Plotly draws.

They must not compute a figure, read the address or hold a label of the marking plan.
"""

from dashboards.figures.base import CONFIG, SYMBOLES_ETATS, Figure, write_figure
from dashboards.figures.carte import bornes, figure_carte, teintes
from dashboards.figures.creneaux import figure_creneaux
from dashboards.figures.semblables import figure_semblables
from dashboards.figures.serie import figure_serie, mark, mark_action

__all__ = [
    "CONFIG",
    "SYMBOLES_ETATS",
    "Figure",
    "bornes",
    "figure_carte",
    "figure_creneaux",
    "figure_semblables",
    "figure_serie",
    "mark",
    "mark_action",
    "teintes",
    "write_figure",
]
