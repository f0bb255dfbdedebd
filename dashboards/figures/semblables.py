"""The box of a school beside similar ones: the middle half of the others, their median, and the school's mark.

It must not compute a figure, and draws no whisker: the smallest and the largest would each be one school's.
"""

from typing import Any, Final

from dashboards.figures.base import Figure, Trace, layout, title
from dashboards.palette import NEUTRE, UTILISATEURS, VISITES
from dashboards.tables import Table, display, genre_comparaison
from metrics.tableau import Comparaison

HAUTEUR_LIGNE: Final = 130
ECART: Final = 0.34  # between two rows, of the drawing's height
ANCRES: Final = {"sous": "top right", "au_dessus": "top left"}  # a mark at an end keeps its words inside the drawing


def figure_semblables(comparaisons: tuple[Comparaison, ...], table: Table) -> Figure:
    """One row an indicator that has quartiles, each on its own scale; titles are those of the table's columns."""
    paires = [
        (c, colonne.titre) for c, colonne in zip(comparaisons, table.colonnes[1:], strict=True) if c.mediane is not None
    ]
    traces: list[Trace] = []
    axes: dict[str, Any] = {}
    for rang, (comparaison, _) in enumerate(paires):
        marks = [_box(comparaison), _labels(comparaison), *_mark(comparaison)]
        traces += [{**mark, "xaxis": f"x{_suffixe(rang)}", "yaxis": f"y{_suffixe(rang)}"} for mark in marks]
        axes |= _axes(rang, _domain(rang, len(paires)))
    titres = [title(titre, _domain(rang, len(paires))[1]) for rang, (_, titre) in enumerate(paires)]
    return {"data": traces, "layout": {**layout(len(paires) * HAUTEUR_LIGNE), **axes, "annotations": titres}}


def _suffixe(rang: int) -> str:
    """How Plotly names the axes of a row: the first has no number."""
    return "" if rang == 0 else str(rang + 1)


def _domain(rang: int, rangs: int) -> tuple[float, float]:
    """Where a row lies in the drawing, from the top down."""
    hauteur = (1 - ECART * (rangs - 1)) / rangs
    haut = 1 - rang * (hauteur + ECART)
    return max(0, haut - hauteur), haut


def _axes(rang: int, domain: tuple[float, float]) -> dict[str, Any]:
    suffixe = _suffixe(rang)
    bare = {"showgrid": False, "zeroline": False, "showticklabels": False, "showline": False, "fixedrange": True}
    vertical = {"visible": False, "range": [-1.1, 1.2], "fixedrange": True, "domain": domain, "anchor": f"x{suffixe}"}
    return {f"xaxis{suffixe}": {**bare, "anchor": f"y{suffixe}"}, f"yaxis{suffixe}": vertical}


def _box(comparaison: Comparaison) -> Trace:
    bas, haut = [comparaison.premier_quartile], [comparaison.troisieme_quartile]
    return {
        "type": "box", "name": "semblables", "orientation": "h", "y": [0], "q1": bas, "median": [comparaison.mediane],
        "q3": haut, "lowerfence": bas, "upperfence": haut, "width": 0.7, "fillcolor": "rgba(42, 120, 168, 0.25)",
        "line": {"color": VISITES, "width": 2}, "hoverinfo": "skip",
    }  # fmt: skip


def _labels(comparaison: Comparaison) -> Trace:
    valeurs = [comparaison.premier_quartile, comparaison.mediane, comparaison.troisieme_quartile]
    genre = genre_comparaison(comparaison)
    return {
        "type": "scatter", "name": "quartiles", "mode": "text", "x": valeurs, "y": [-0.4] * 3,
        "text": [display(valeur, genre) for valeur in valeurs], "textposition": "bottom center",
        "textfont": {"color": NEUTRE, "size": 12}, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _mark(comparaison: Comparaison) -> list[Trace]:
    """The school's own mark, if it has a figure."""
    if comparaison.valeur is None:
        return []
    texte = f"cette école\u00a0: {display(comparaison.valeur, genre_comparaison(comparaison))}"
    marque = {
        "type": "scatter", "name": "ecole", "mode": "markers+text", "x": [comparaison.valeur] * 2, "y": [0, 0.5],
        "text": ["", texte], "textposition": ANCRES.get(comparaison.position or "", "top center"),
        "textfont": {"color": UTILISATEURS, "size": 12}, "cliponaxis": False, "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": [13, 0], "color": UTILISATEURS, "opacity": 1},
    }  # fmt: skip
    return [marque]
