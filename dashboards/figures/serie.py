"""The chart of the weekly series: the whole school year, last year's same weeks underneath.

It must not compute a figure, read the address or hold a label of the marking plan.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from dashboards import formats
from dashboards.figures.base import SYMBOLES_ETATS, Figure, Trace, layout, title
from dashboards.figures.traces import HORS_VUE, absents, bars, line, previous_bars, previous_line
from dashboards.palette import GRILLE, NEUTRE, OMBRE_VACANCES
from metrics.tableau import Action, Point, Rupture

SEMAINE: Final = timedelta(days=7)
MI_SEMAINE: Final = timedelta(days=3)
MIDI: Final = time(12)
HAUTEUR_SERIE: Final = 420
REPERES: Final = 6
_PETIT: Final = 5  # a scale that ends under it
_DESSUS: Final = 12  # pixels: names of what is marked stand over the names of panels
# Two panels on one axis of time, named by their vertical axis: visits above, users below.
PANNEAUX: Final = {"y": (0.44, 1.0), "y2": (0.0, 0.32)}

Formes = list[dict[str, Any]]


def figure_serie(
    serie: tuple[Point, ...], ruptures: tuple[Rupture, ...] = (), actions: tuple[Action, ...] = ()
) -> Figure:
    """Weekly visits (bars) above weekly users (line), last year's in grey underneath; holidays shaded, unsure weeks hollow,
    weeks out of the span pale, absent weeks left out; breaks and what was done for the school marked."""
    vertical = {"rangemode": "tozero", "nticks": 4, "tickformat": ",d", "gridcolor": GRILLE, "zeroline": False, "automargin": True, "fixedrange": True}  # fmt: skip
    titles = [title("Visites par semaine", PANNEAUX["y"][1]), title("Utilisateurs par semaine", PANNEAUX["y2"][1])]
    return {
        "data": [*_visits(serie), *_users(serie)],
        "layout": {
            **layout(HAUTEUR_SERIE),
            "xaxis": {**_weeks(serie), "anchor": "y2", "linecolor": GRILLE, "automargin": True, "fixedrange": True},
            "yaxis": {**vertical, **_steps(point.visites for point in serie), "domain": PANNEAUX["y"]},
            "yaxis2": {**vertical, **_steps(p.utilisateurs for p in serie), "domain": PANNEAUX["y2"], "anchor": "x"},
            "shapes": [
                *_holidays(serie),
                *(forme for rupture in ruptures for forme in _break(rupture)),
                *(forme for action in actions for forme in _lines(action.jour, "dot")),
            ],
            "annotations": [*titles, *_marks(ruptures, actions)],
        },
    }


def _is_unsure(point: Point) -> bool:
    """Weeks whose figures may still move, or miss days."""
    return point.provisoire or point.incomplete


def _visits(serie: tuple[Point, ...]) -> list[Trace]:
    traces: list[Trace] = []
    if any(p.precedent and p.precedent.visites is not None for p in serie):
        traces.append(previous_bars(serie))
    traces += [bars(nom, points) for nom, points in _by_surete(serie).items()]
    for etat, symbole in SYMBOLES_ETATS.items():
        without = [p for p in serie if p.etat == etat]
        if without:
            traces.append(absents(etat, symbole, without))
    return traces


def _users(serie: tuple[Point, ...]) -> list[Trace]:
    known = any(p.precedent and p.precedent.utilisateurs is not None for p in serie)
    return [
        *([previous_line(serie)] if known else []),
        line(serie, "dot", "tous les points", [True] * len(serie)),
        line(serie, "solid", "utilisateurs", [not _is_unsure(p) for p in serie]),
    ]


def _by_surete(serie: tuple[Point, ...]) -> dict[str, list[Point]]:
    """Weeks with figures, by how sure they are; those out of the span apart."""
    chiffres = [p for p in serie if p.visites is not None]
    sures = {
        "complete": [p for p in chiffres if not _is_unsure(p) and p.etat != "presume"],
        "incomplete": [p for p in chiffres if p.incomplete and p.etat != "presume"],
        "provisoire": [p for p in chiffres if p.provisoire and not p.incomplete and p.etat != "presume"],
        "presume": [p for p in chiffres if p.etat == "presume"],
    }
    dedans = {nom: [p for p in points if p.dans_vue] for nom, points in sures.items()}
    dehors = {f"{nom}{HORS_VUE}": [p for p in points if not p.dans_vue] for nom, points in sures.items()}
    return {nom: points for nom, points in {**dedans, **dehors}.items() if points}


def _weeks(serie: tuple[Point, ...]) -> dict[str, Any]:
    """A week goes by its Monday, under the middle of its bar: Plotly's own ticks fall on Sundays."""
    reperes = serie[:: max(1, -(-len(serie) // REPERES))]
    return {
        "range": [serie[0].debut, serie[-1].debut + SEMAINE] if serie else None,
        "tickvals": [datetime.combine(point.debut, MIDI) + MI_SEMAINE for point in reperes],
        "ticktext": [formats.jour_sans_annee(point.debut) for point in reperes],
        "tickangle": 0,
        "showgrid": False,
    }


def _holidays(serie: tuple[Point, ...]) -> Formes:
    return [
        _band(panneau, point.debut, point.debut + SEMAINE, {"width": 0})
        for point in serie
        if point.vacances
        for panneau in PANNEAUX
    ]


def _band(panneau: str, debut: date, fin: date, trait: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "rect", "x0": debut, "x1": fin, "y0": 0, "y1": 1, "xref": "x", "yref": f"{panneau} domain",
        "fillcolor": OMBRE_VACANCES, "line": trait, "layer": "below",
    }  # fmt: skip


def _break(rupture: Rupture) -> Formes:
    """A dashed line in each panel; a band when the break has an end, whose day is in it."""
    traits = _lines(rupture.debut, "dash")
    if rupture.fin is None:
        return traits
    dotted = {"width": 1, "dash": "dot", "color": NEUTRE}
    return [*traits, *(_band(panneau, rupture.debut, rupture.fin + timedelta(days=1), dotted) for panneau in PANNEAUX)]


def _lines(jour: date, dash: str) -> Formes:
    """A line at a day, in each panel."""
    return [
        {
            "type": "line", "x0": jour, "x1": jour, "y0": 0, "y1": 1, "xref": "x", "yref": f"{panneau} domain",
            "line": {"width": 2, "dash": dash, "color": NEUTRE},
        }
        for panneau in PANNEAUX
    ]  # fmt: skip


def _steps(valeurs: Iterable[int | None]) -> dict[str, int]:
    """Steps of a small scale: nobody reads half a visit."""
    return {"dtick": 1, "tick0": 0} if max((valeur or 0 for valeur in valeurs), default=0) < _PETIT else {}


def _marks(ruptures: tuple[Rupture, ...], actions: tuple[Action, ...]) -> Formes:
    """Names of what is marked, that the legend explains."""
    named = defaultdict[date, list[str]](list)  # two on one day would be written over one another
    for rang, rupture in enumerate(ruptures, start=1):
        named[rupture.debut].append(mark(rang))
    for rang, action in enumerate(actions, start=1):
        named[action.jour].append(mark_action(rang))
    return [
        {
            "text": ", ".join(noms), "x": jour, "y": 1, "yref": "y domain", "yanchor": "bottom", "yshift": _DESSUS, "showarrow": False,
            "font": {"size": 12},
        }
        for jour, noms in named.items()
    ]  # fmt: skip


def mark(rang: int) -> str:
    """Name of a break on the chart and in its legend."""
    return f"R{rang}"


def mark_action(rang: int) -> str:
    """Name of something done for the school, on the chart and in its legend."""
    return f"A{rang}"
