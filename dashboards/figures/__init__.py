"""Charts: pure functions from the Tableau's records to Plotly figures.

They must not compute a figure, read the address or hold a label of the marking plan.
"""

from dashboards.figures.base import CONFIG
from dashboards.figures.creneaux import figure_creneaux
from dashboards.figures.serie import SYMBOLES_ETATS, est_incertain, figure_serie

__all__ = ["CONFIG", "SYMBOLES_ETATS", "est_incertain", "figure_creneaux", "figure_serie"]
