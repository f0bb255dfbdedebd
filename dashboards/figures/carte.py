"""The map of a node's children: contours where they are known, else points over the ground they lie on.

It must not compute a figure, read the address or hold a label of the marking plan. Drawn as plain lines: no tile, no request.
"""

from typing import Final

from dashboards import formats
from dashboards.figures.base import SYMBOLES_ETATS, Figure, Trace, layout
from dashboards.palette import CLASSES, NEUTRE, TEINTES, TRANSPARENT
from marking_plan.phrases import count_fr
from metrics.tableau import Carte, Classe, Contour, Lieu

HAUTEUR_CARTE: Final = 380
_TAILLE: Final = 14
_PRESUME: Final = "circle-open"


def figure_carte(carte: Carte) -> Figure:
    """One shape or point a place, coloured by its class; a sign tells why a place has no figure."""
    couleurs = [CLASSES[teinte] for teinte in teintes(carte)]
    traces = [_ground(carte.fond)] if carte.fond else []
    traces += [
        _shape(lieu, lieu.contour, TRANSPARENT if lieu.classe is None else couleurs[lieu.classe])
        for lieu in carte.lieux
        if lieu.contour
    ]
    for rang, (classe, couleur) in enumerate(zip(carte.classes, couleurs, strict=True)):
        traces.append(_points(classe, couleur, [p for p in carte.lieux if p.classe == rang and not p.contour]))
    for etat in sorted({lieu.etat for lieu in carte.lieux if lieu.classe is None}):
        traces.append(_signs(etat, [p for p in carte.lieux if p.classe is None and p.etat == etat]))
    axe = {"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": carte.etirement}
    axes = {"xaxis": {"visible": False, "fixedrange": True}, "yaxis": axe}
    # The legend is that of an image, for the page has its own.
    legende = {"legend": {"title": {"text": "Visites"}}}
    return {"data": traces, "layout": {**layout(HAUTEUR_CARTE), **axes, **legende}}


def teintes(carte: Carte) -> tuple[int, ...]:
    """Rank in the palette of each class: the legend shows the same."""
    return TEINTES[len(carte.classes)] if carte.classes else ()


def _ground(contour: Contour) -> Trace:
    line = {"color": NEUTRE, "width": 1}
    return {
        "type": "scatter", "x": contour.longitudes, "y": contour.latitudes, "name": "fond", "mode": "lines", "line": line, "hoverinfo": "skip",
        "showlegend": False,
    }  # fmt: skip


def _shape(lieu: Lieu, contour: Contour, couleur: str) -> Trace:
    return {
        "type": "scatter",
        "x": contour.longitudes,
        "y": contour.latitudes,
        "name": lieu.territoire,
        "mode": "lines",
        "fill": "toself",
        "fillcolor": couleur,
        "line": {"color": NEUTRE, "width": 1},
        "hoveron": "fills",
        "showlegend": False,
        "text": _hover(lieu),
        "hoverinfo": "text",
    }


def _points(classe: Classe, couleur: str, lieux: list[Lieu]) -> Trace:
    """Points of a class, which also stand for it in the legend of an image."""
    return _markers(
        bornes(classe), lieux, {"symbol": "circle", "color": couleur, "line": {"color": NEUTRE, "width": 1.2}}
    )


def bornes(classe: Classe) -> str:
    """A class in figures: « 12 à 340 »."""
    if classe.minimum == classe.maximum:
        return formats.nombre(classe.minimum)
    return f"{formats.nombre(classe.minimum)} à {formats.nombre(classe.maximum)}"


def _signs(etat: str, lieux: list[Lieu]) -> Trace:
    symbole = SYMBOLES_ETATS.get(etat, _PRESUME)
    return _markers(etat, lieux, {"symbol": symbole, "color": NEUTRE, "line": {"color": NEUTRE, "width": 2}})


def _markers(nom: str, lieux: list[Lieu], marque: dict[str, object]) -> Trace:
    # A trace without a point has no place in a legend: one that lies nowhere stands for it.
    points: list[tuple[float | None, float | None]] = [(p.longitude, p.latitude) for p in lieux] or [(None, None)]
    return {
        "type": "scatter",
        "name": nom,
        "mode": "markers",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "text": [_hover(lieu) for lieu in lieux],
        "customdata": [[lieu.territoire, lieu.visites] for lieu in lieux],
        "hoverinfo": "text",
        "marker": {"size": _TAILLE, **marque},
        "cliponaxis": False,
        "showlegend": True,
    }


def _hover(lieu: Lieu) -> str:
    chiffre = "pas de chiffre" if lieu.visites is None else count_fr(lieu.visites, "visite", "visites")
    return f"{lieu.nom}<br><b>{chiffre}</b>"
