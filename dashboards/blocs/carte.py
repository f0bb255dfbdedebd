"""The children of a node on a map, whose twin is the table above it.

It must not compute: places and classes come ready in the board.
"""

from dash.development.base_component import Component

from dashboards import figures, tables
from dashboards.balises import html
from dashboards.blocs.base import drawing
from dashboards.blocs.emporter import SUFFIXE, export_line
from dashboards.board import Board
from dashboards.components import etat_mark, section
from dashboards.phrases import carte as phrases
from dashboards.tables import Table
from marking_plan import MarkingPlan
from metrics.tableau import Carte

GRAPHE = f"carte{SUFFIXE}"
LIEUX_MAX = 1_000  # more points would hide one another, and weigh more than the rest of the page


def bloc_carte(board: Board, carte: Carte, plan: MarkingPlan) -> Component:
    """The map, its sentence, its legend in figures, and what couldn't be placed; too many places are told, not drawn."""
    if len(carte.lieux) > LIEUX_MAX:
        return section("carte", "Où", [html.P(phrases.trop_de_lieux(carte, plan), className="vide")])
    resume = phrases.resume_carte(carte, plan)
    dessin = drawing(GRAPHE, figures.figure_carte(carte), resume)
    note = html.P(phrases.note_carte(carte), className="note")
    jumeau = html.P(html.A("Les mêmes chiffres en tableau", href="#enfants"), className="note")
    nommee = Table("enfants", tables.titre_enfants(carte.niveau, plan), (), ())  # its rows are in the block above
    emporter = export_line(board, nommee, GRAPHE)
    figure = html.Figure([html.Figcaption(resume), dessin, _legende(carte, plan), note, jumeau, emporter])
    return section("carte", "Où", [figure])


def _legende(carte: Carte, plan: MarkingPlan) -> Component:
    classes = [
        html.Li([html.Span(className=f"signe signe-classe-{teinte}"), figures.bornes(classe)])
        for teinte, classe in zip(figures.teintes(carte), carte.classes, strict=True)
    ]
    presents = {lieu.etat for lieu in carte.lieux if lieu.classe is None}
    etats = [html.Li(etat_mark(e.code, e.libelle)) for e in plan.etats if e.code in presents]
    unite = html.Li("Visites\u00a0:", className="unite")
    return html.Ul([unite, *classes, *etats], className="legende legende-carte")
