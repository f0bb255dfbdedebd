"""The chart of the weekly series.

It must not compute a figure, read the address or hold a label of the marking plan.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards import formats
from dashboards.figures.base import dress
from dashboards.palette import GRILLE, NEUTRE, OMBRE_VACANCES, TRANSPARENT, UTILISATEURS, VISITES
from metrics.tableau import Point

SEMAINE: Final = timedelta(days=7)

MI_SEMAINE: Final = timedelta(days=3)

MIDI: Final = time(12)

SEMAINE_MS: Final = 7 * 24 * 3600 * 1000

LARGEUR_BARRE_MS: Final = 132 * 3600 * 1000

SYMBOLES_ETATS: Final = {"secret": "diamond-open", "non_recu": "x-thin-open", "non_ouverte": "line-ew-open"}

HAUTEUR_SERIE: Final = 400


def figure_serie(serie: tuple[Point, ...]) -> go.Figure:
    """Weekly visits (bars) above weekly users (line); holidays shaded, unsure weeks hollow, absent weeks left out."""
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.62, 0.38], vertical_spacing=0.12,
        subplot_titles=("Visites", "Utilisateurs"),
    )  # fmt: skip
    for nom, points in _by_surete(serie).items():
        figure.add_trace(_bars(nom, points), row=1, col=1)
    for etat in SYMBOLES_ETATS:
        absents = [p for p in serie if p.etat == etat]
        if absents:
            figure.add_trace(_absents(etat, absents), row=1, col=1)
    figure.add_trace(_line(serie, "dot", "tous les points", [True] * len(serie)), row=2, col=1)
    figure.add_trace(_line(serie, "solid", "utilisateurs", [not est_incertain(p) for p in serie]), row=2, col=1)
    # After the traces: Plotly shades no empty panel.
    for point in serie:
        if point.vacances:
            _shade(figure, point.debut)
    if serie:
        figure.update_xaxes(range=[serie[0].debut, serie[-1].debut + SEMAINE])
    figure.update_annotations(x=0, xanchor="left", font_size=13)
    # A week goes by its Monday, under the middle of its bar: Plotly's own ticks fall on Sundays.
    reperes = serie[:: max(1, len(serie) // 4)]
    figure.update_xaxes(
        tickvals=[datetime.combine(point.debut, MIDI) + MI_SEMAINE for point in reperes],
        ticktext=[formats.jour_sans_annee(point.debut) for point in reperes],
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(rangemode="tozero", nticks=4, tickformat=",d", gridcolor=GRILLE)
    return dress(figure, HAUTEUR_SERIE)


def est_incertain(point: Point) -> bool:
    """Weeks whose figures may still move, or miss days."""
    return point.provisoire or point.incomplete


def _by_surete(serie: tuple[Point, ...]) -> dict[str, list[Point]]:
    chiffres = [p for p in serie if p.visites is not None]
    return {
        "complete": [p for p in chiffres if not est_incertain(p) and p.etat != "presume"],
        "incertaine": [p for p in chiffres if est_incertain(p) and p.etat != "presume"],
        "presume": [p for p in chiffres if p.etat == "presume"],
    }


def _bars(nom: str, points: list[Point]) -> go.Bar:
    motif = {"incertaine": "/", "presume": "."}.get(nom, "")
    return go.Bar(
        name=nom,
        x=[p.debut for p in points],
        y=[p.visites for p in points],
        customdata=[[formats.semaine(p.debut), formats.accord(p.visites, "visite", "visites")] for p in points],
        hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
        marker={
            "color": TRANSPARENT if motif else VISITES,
            "line": {"color": VISITES, "width": 1.5 if motif else 0},
            "pattern": {"shape": motif, "fgcolor": VISITES, "size": 6, "solidity": 0.25},
        },
        width=LARGEUR_BARRE_MS,
        xperiod=SEMAINE_MS,
        xperiod0="2024-01-01",
        xperiodalignment="middle",
    )


def _absents(etat: str, points: list[Point]) -> go.Scatter:
    return go.Scatter(
        name=etat,
        mode="markers",
        x=[p.debut for p in points],
        y=[0] * len(points),
        customdata=[formats.semaine(p.debut) for p in points],
        hovertemplate="%{customdata}<br><b>pas de chiffre</b><extra></extra>",
        marker={
            "symbol": SYMBOLES_ETATS[etat],
            "color": NEUTRE,
            "size": 9,
            "line": {"width": 2, "color": NEUTRE},
        },
        cliponaxis=False,
        xperiod=SEMAINE_MS,
        xperiod0="2024-01-01",
        xperiodalignment="middle",
    )


def _line(serie: tuple[Point, ...], trait: str, nom: str, gardes: list[bool]) -> go.Scatter:
    sur = trait == "solid"
    return go.Scatter(
        name=nom,
        mode="lines+markers",
        x=[p.debut for p in serie],
        y=[p.utilisateurs if garde else None for p, garde in zip(serie, gardes, strict=True)],
        customdata=[
            [formats.semaine(p.debut), formats.accord(p.utilisateurs, "utilisateur", "utilisateurs")] for p in serie
        ],
        hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
        line={"color": UTILISATEURS, "width": 2, "dash": trait},
        marker={"symbol": "circle" if sur else "circle-open", "size": 6, "color": UTILISATEURS},
        connectgaps=False,
        xperiod=SEMAINE_MS,
        xperiod0="2024-01-01",
        xperiodalignment="middle",
    )


def _shade(figure: go.Figure, lundi: date) -> None:
    figure.add_vrect(
        x0=lundi, x1=lundi + SEMAINE, fillcolor=OMBRE_VACANCES, line_width=0, layer="below", row="all", col=1
    )
