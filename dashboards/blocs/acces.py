"""Peaks and the suggested access of a school or a commune; a commune's months, and where its convention is.

They must not compute: rows come from `tables`, sentences from `phrases`.
"""

from dash.development.base_component import Component

from dashboards import tables
from dashboards.balises import html
from dashboards.blocs.emporter import export_line
from dashboards.board import Board
from dashboards.components import data_table, section
from dashboards.liens import link_ecoles
from dashboards.phrases import acces as phrases
from dashboards.state import href_noeud
from dashboards.tables import Table
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Acces

CONVENTION = (
    "La liste des payeurs, leurs écoles et le coût de la convention ne sont pas dans ces pages\u202f: la région académique "
    "les tient et les donne sur demande. "
)


def bloc_acces(board: Board, acces: Acces, plan: MarkingPlan) -> Component:
    """How many people at once, and how wide the line should be."""
    pics, debit = tables.pics(board.tableau, plan), tables.acces(board.tableau, plan)
    lues = [
        *([] if board.tableau.totaux_seuls else [html.P(phrases.describe_pic(acces))]),
        html.P(phrases.describe_debit(acces.debit, plan), className="resume"),
    ]
    calcul = [data_table(debit), export_line(board, debit)] if debit.lignes else []
    formule = [html.P(phrases.explain_debit(acces.debit), className="note")] if acces.debit else []
    semaines = [_folded(board, "Les pics, semaine par semaine", pics)] if pics.lignes else []
    contenu = [*lues, *_ecoles(board, plan), *calcul, *formule, *semaines]
    return section("acces", "Ensemble, au même moment", contenu)


def _ecoles(board: Board, plan: MarkingPlan) -> list[Component]:
    """What the line of each school of a commune should carry."""
    table = tables.acces_ecoles(board.tableau, plan)
    if not table.lignes:
        return []
    return [
        html.P(phrases.UNE_LIGNE),
        data_table(table, tete=1, row_name=link_ecoles(table, lambda uai: href_noeud("uai", uai, board.demande.vue))),
        export_line(board, table),
        html.H3("Toute la commune sur une seule ligne"),
    ]


def bloc_mois(board: Board, plan: MarkingPlan) -> Component:
    """Monthly totals of the school year."""
    table = tables.mois(board.tableau, plan)
    if not table.lignes:
        return section("mois", "Mois par mois", [html.P("Aucun mois n’est publié ici.", className="vide")])
    resume = (
        f"{count_fr(len(table.lignes), 'mois publié', 'mois publiés')} de l’année scolaire. D’un mois à l’autre, les "
        "utilisateurs sont souvent les mêmes\u202f: ils ne s’additionnent pas."
    )
    return section("mois", "Mois par mois", [html.P(resume), data_table(table), export_line(board, table)])


def bloc_convention(board: Board) -> Component:
    """How many schools the convention enrols here, and where its list and cost are."""
    inscrites = board.tableau.synthese.inscrites
    ecoles = f"La convention compte ici {count_fr(inscrites, 'école inscrite', 'écoles inscrites')}."
    return section(
        "convention",
        "La convention",
        [html.P(ecoles), html.P([CONVENTION, html.A("À qui la faire", href="/mentions-legales"), "."])],
    )


def _folded(board: Board, titre: str, table: Table) -> Component:
    return html.Details([html.Summary(titre), data_table(table), export_line(board, table)])
