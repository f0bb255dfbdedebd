"""The marks of the weekly series: bars of this year, bars and line of last year, line of users, signs of absent weeks.

They must not compute a figure nor lay a chart out.
"""

from typing import Any, Final

from dashboards import formats
from dashboards.figures.base import Trace
from dashboards.palette import NEUTRE, OMBRE_PRECEDENT, TRANSPARENT, UTILISATEURS, VISITES
from marking_plan.phrases import count_fr
from metrics.tableau import Point

HEURE_MS: Final = 3600 * 1000
SEMAINE_MS: Final = 7 * 24 * HEURE_MS
LARGEUR_BARRE_MS: Final = 96 * HEURE_MS
LARGEUR_PRECEDENT_MS: Final = 152 * HEURE_MS
HORS_VUE: Final = "_hors"
MOTIFS: Final = {"incomplete": "/", "provisoire": "x", "presume": "."}

# A week's mark stands in the middle of the week, not on its Monday.
_MILIEU: Final[dict[str, Any]] = {"xperiod": SEMAINE_MS, "xperiod0": "2024-01-01", "xperiodalignment": "middle"}


def bars(nom: str, points: list[Point]) -> Trace:
    """This year's visits; `nom` says how sure they are and whether they are in the span."""
    motif = MOTIFS.get(nom.removesuffix(HORS_VUE), "")
    return {
        "type": "bar",
        "name": nom,
        "x": [p.debut for p in points],
        "y": [p.visites for p in points],
        "customdata": [_words(p) for p in points],
        "hovertemplate": "%{customdata[0]}<br><b>%{customdata[1]}</b>%{customdata[2]}<extra></extra>",
        "opacity": 0.38 if nom.endswith(HORS_VUE) else 1,
        "marker": {
            "color": TRANSPARENT if motif else VISITES,
            "line": {"color": VISITES, "width": 1.5 if motif else 0},
            "pattern": {"shape": motif, "fgcolor": VISITES, "size": 6, "solidity": 0.25},
        },
        "width": LARGEUR_BARRE_MS,
        **_MILIEU,
    }


def _words(point: Point) -> list[str]:
    before = point.precedent
    suite = ""
    if before is not None and before.visites is not None:
        suite = f"<br>{count_fr(before.visites, 'visite', 'visites')} l’an dernier ({formats.semaine(before.debut)})"
    if before is not None and before.evolution is not None:
        suite += f"<br>{formats.variation(before.evolution)} par jour d’école"
    return [formats.semaine(point.debut), count_fr(point.visites, "visite", "visites"), suite]


def previous_bars(serie: tuple[Point, ...]) -> Trace:
    """Last year's visits of the same school weeks, wider and behind."""
    known = [(p.debut, p.precedent) for p in serie if p.precedent and p.precedent.visites is not None]
    return {
        "type": "bar",
        "name": "precedent",
        "x": [debut for debut, _ in known],
        "y": [before.visites for _, before in known],
        "hoverinfo": "skip",
        "marker": {"color": OMBRE_PRECEDENT, "line": {"color": NEUTRE, "width": 1}},
        "width": LARGEUR_PRECEDENT_MS,
        **_MILIEU,
    }


def previous_line(serie: tuple[Point, ...]) -> Trace:
    """Last year's users of the same school weeks."""
    return {
        "type": "scatter",
        "name": "precedent",
        "yaxis": "y2",
        "mode": "lines",
        "x": [p.debut for p in serie],
        "y": [p.precedent.utilisateurs if p.precedent else None for p in serie],
        "hoverinfo": "skip",
        "line": {"color": NEUTRE, "width": 1.5, "dash": "dash"},
        "connectgaps": False,
        **_MILIEU,
    }


def absents(etat: str, symbole: str, points: list[Point]) -> Trace:
    """A sign on the axis for weeks without figure."""
    return {
        "type": "scatter",
        "name": etat,
        "mode": "markers",
        "x": [p.debut for p in points],
        "y": [0] * len(points),
        "customdata": [formats.semaine(p.debut) for p in points],
        "hovertemplate": "%{customdata}<br><b>pas de chiffre</b><extra></extra>",
        "marker": {"symbol": symbole, "color": NEUTRE, "size": 9, "line": {"width": 2, "color": NEUTRE}},
        "cliponaxis": False,
        **_MILIEU,
    }


def line(serie: tuple[Point, ...], trait: str, nom: str, gardes: list[bool]) -> Trace:
    """Users, week after week."""
    return {
        "type": "scatter",
        "name": nom,
        "yaxis": "y2",
        "mode": "lines+markers",
        "x": [p.debut for p in serie],
        "y": [p.utilisateurs if garde else None for p, garde in zip(serie, gardes, strict=True)],
        "customdata": [
            [formats.semaine(p.debut), count_fr(p.utilisateurs, "utilisateur", "utilisateurs")] for p in serie
        ],
        "hovertemplate": "%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
        "line": {"color": UTILISATEURS, "width": 2, "dash": trait},
        "marker": {"symbol": "circle" if trait == "solid" else "circle-open", "size": 5, "color": UTILISATEURS},
        "connectgaps": False,
        **_MILIEU,
    }
