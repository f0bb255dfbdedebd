"""The series, week after week: first block of a board.

It must not compute: rows come from `tables`, sentences from `phrases`.
"""

from dash.development.base_component import Component

from dashboards import figures, formats, tables
from dashboards.balises import html
from dashboards.blocs.base import charted
from dashboards.board import Board
from dashboards.components import etat_mark, section
from dashboards.phrases import serie as phrases
from dashboards.phrases.accompagnement import name_action
from marking_plan import MarkingPlan
from metrics.tableau import Point


def bloc_serie(board: Board, plan: MarkingPlan) -> Component:
    """Weekly visits and users, beside last year's."""
    tableau = board.tableau
    figure = figures.figure_serie(tableau.serie, tableau.ruptures, tableau.actions)
    note = html.P(phrases.BRUTES, className="legende-echelle")
    legende = [note, _legende_serie(board, plan), *_legende_ruptures(board, plan), *_legende_actions(board)]
    contenu = [charted(board, tables.serie(tableau, plan), phrases.resume_serie(tableau), figure, legende)]
    return section("serie", "Semaine après semaine", contenu)


def _legende_serie(board: Board, plan: MarkingPlan) -> Component:
    serie = board.tableau.serie
    signes = [(nom, plan.indicateur(nom).libelle) for nom in ("visites", "utilisateurs")]
    signes += [(code, texte) for code, texte, shown in _marks(serie) if shown]
    presents = {point.etat for point in serie} - {"valeur"}
    etats = [html.Li(etat_mark(e.code, e.libelle)) for e in plan.etats if e.code in presents]
    return html.Ul(
        [
            *(html.Li([html.Span(className=f"signe signe-{code}"), libelle]) for code, libelle in signes),
            *etats,
        ],
        className="legende",
    )


def _marks(serie: tuple[Point, ...]) -> tuple[tuple[str, str, bool], ...]:
    """Signs of the chart and whether it has them."""
    return (
        (
            "precedent",
            "Même semaine d’école, l’an dernier",
            any(p.precedent and p.precedent.visites is not None for p in serie),
        ),
        ("hors", "Hors de la période choisie", any(not p.dans_vue for p in serie)),
        ("vacances", "Vacances scolaires", any(p.vacances for p in serie)),
        ("incomplete", "Semaine incomplète", any(p.incomplete for p in serie)),
        ("provisoire", "Chiffres provisoires", any(p.provisoire and not p.incomplete for p in serie)),
    )


def _legende_ruptures(board: Board, plan: MarkingPlan) -> list[Component]:
    """What breaks the series: marks of the chart, with their dates, places and reasons."""
    lignes = [
        html.Li(
            [
                html.Strong(f"{figures.mark(rang)} – {rupture.titre}"),
                f" ({phrases.situate_rupture(rupture, plan)})\u00a0: {rupture.explication}",
            ]
        )
        for rang, rupture in enumerate(board.tableau.ruptures, start=1)
    ]
    return [html.Ul(lignes, className="ruptures")] if lignes else []


def _legende_actions(board: Board) -> list[Component]:
    """What was done for the school, by the marks of the chart."""
    lignes = [
        html.Li(
            [html.Strong(f"{figures.mark_action(rang)} – {name_action(action)}"), f" ({formats.jour(action.jour)})"]
        )
        for rang, action in enumerate(board.tableau.actions, start=1)
    ]
    return [html.Ul(lignes, className="ruptures")] if lignes else []
