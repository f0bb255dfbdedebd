"""The heat map of the week.

It must not compute a figure, read the address or hold a label of the marking plan.
"""

from typing import Final

from dashboards import formats
from dashboards.figures.base import SYMBOLES_ETATS, Figure, Trace, layout
from dashboards.palette import ECHELLE, GRILLE, NEUTRE
from marking_plan.phrases import count_fr
from metrics.tableau import Creneau

HAUTEUR_CRENEAUX: Final = 290


def figure_creneaux(creneaux: tuple[Creneau, ...]) -> Figure:
    """Heat map: one row a weekday, one column an hour; an hour without visit is nearly the page's ground, a masked one has a sign."""
    visites = {(c.jour, c.heure): c.visites for c in creneaux}
    masques = [c for c in creneaux if c.visites is None]
    heures, jours = range(24), range(1, 8)
    carte = {
        "type": "heatmap",
        "x": list(heures),
        "y": [formats.JOURS[jour - 1] for jour in jours],
        "z": [[visites.get((jour, heure), 0) for heure in heures] for jour in jours],
        "customdata": [
            [count_fr(visites.get((jour, heure), 0), "visite", "visites") for heure in heures] for jour in jours
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
        "data": [carte, *([_masques(masques)] if masques else [])],
        "layout": {
            **layout(HAUTEUR_CRENEAUX),
            "xaxis": {**still, "range": [-0.5, 23.5], "tickvals": list(range(0, 24, 3)), "ticksuffix": " h"},
            "yaxis": {**still, "autorange": "reversed"},
        },
    }


def _masques(creneaux: list[Creneau]) -> Trace:
    """The sign of masked hours, as on other charts."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [c.heure for c in creneaux],
        "y": [formats.JOURS[c.jour - 1] for c in creneaux],
        "hovertemplate": "%{y}, à partir de %{x} h<br><b>secret statistique</b><extra></extra>",
        "marker": {"symbol": SYMBOLES_ETATS["secret"], "color": NEUTRE, "size": 7},
    }
