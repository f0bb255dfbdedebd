"""The heat map of the week.

It must not compute a figure, read the address or hold a label of the marking plan.
"""

from typing import Final

from dashboards import formats
from dashboards.figures.base import Figure, layout
from dashboards.palette import ECHELLE, GRILLE
from metrics.tableau import Creneau

HAUTEUR_CRENEAUX: Final = 290


def figure_creneaux(creneaux: tuple[Creneau, ...]) -> Figure:
    """Heat map: one row a weekday, one column an hour; an hour without visit is nearly the page's ground."""
    visites = {(c.jour, c.heure): c.visites for c in creneaux}
    heures, jours = range(24), range(1, 8)
    carte = {
        "type": "heatmap",
        "x": list(heures),
        "y": [formats.JOURS[jour - 1] for jour in jours],
        "z": [[visites.get((jour, heure), 0) for heure in heures] for jour in jours],
        "customdata": [
            [formats.accord(visites.get((jour, heure), 0), "visite", "visites") for heure in heures] for jour in jours
        ],
        "hovertemplate": "%{y}, à partir de %{x} h<br><b>%{customdata}</b><extra></extra>",
        "colorscale": ECHELLE,
        "zmin": 0,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    still = {
        "fixedrange": True,
        "automargin": True,
        "linecolor": GRILLE,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
    return {
        "data": [carte],
        "layout": {
            **layout(HAUTEUR_CRENEAUX),
            "xaxis": {**still, "tickvals": list(range(0, 24, 3)), "ticksuffix": " h"},
            "yaxis": {**still, "autorange": "reversed"},
        },
    }
