"""The series, week after week: first block of a board.

It must not compute: rows come from `tables`, sentences from `sentences`.
"""

from dash import html
from dash.development.base_component import Component

from dashboards import figures, sentences, tables
from dashboards.blocs.base import charted, graph, section
from dashboards.board import Board
from dashboards.components import etat_mark
from marking_plan import MarkingPlan


def bloc_serie(board: Board, plan: MarkingPlan) -> Component:
    """Weekly visits and users."""
    serie = board.tableau.serie
    graphe = graph("serie-graphe", figures.figure_serie(serie))
    legende = [_legende_serie(board, plan)]
    table = tables.serie(board.tableau, plan)
    return section(
        "serie",
        "Semaine après semaine",
        [charted(board, table, sentences.resume_serie(board.tableau), graphe, legende)],
    )


def _legende_serie(board: Board, plan: MarkingPlan) -> Component:
    serie = board.tableau.serie
    signes = [(nom, plan.indicateur(nom).libelle) for nom in ("visites", "utilisateurs")]
    if any(point.vacances for point in serie):
        signes.append(("vacances", "Vacances scolaires"))
    if any(figures.est_incertain(point) for point in serie):
        signes.append(("incertaine", "Semaine incomplète ou provisoire"))
    presents = {point.etat for point in serie} - {"valeur"}
    etats = [html.Li(etat_mark(e.code, e.libelle)) for e in plan.etats if e.code in presents]
    return html.Ul(
        [
            *(html.Li([html.Span(className=f"signe signe-{code}"), libelle]) for code, libelle in signes),
            *etats,
        ],
        className="legende",
    )
