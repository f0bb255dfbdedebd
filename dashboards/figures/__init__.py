"""Charts: pure functions from the Tableau's records to records that Plotly draws.

They must not compute a figure, read the address or hold a label of the marking plan.
"""

from dashboards.figures.base import CONFIG, Figure
from dashboards.figures.carte import SIGNES_SANS_CLASSE, bornes, figure_carte, teintes
from dashboards.figures.creneaux import figure_creneaux
from dashboards.figures.semblables import figure_semblables
from dashboards.figures.serie import SYMBOLES_ETATS, est_incertain, figure_serie, mark

__all__ = [
    "CONFIG",
    "SIGNES_SANS_CLASSE",
    "SYMBOLES_ETATS",
    "Figure",
    "bornes",
    "est_incertain",
    "figure_carte",
    "figure_creneaux",
    "figure_semblables",
    "figure_serie",
    "mark",
    "teintes",
]
