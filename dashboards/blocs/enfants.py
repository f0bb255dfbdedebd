"""The children of a node, each with a link to its own board.

It must not compute: rows come from `tables`.
"""

from dataclasses import replace

from dash.development.base_component import Component

from dashboards import tables, tri
from dashboards.balises import html
from dashboards.blocs.emporter import export_line
from dashboards.board import Board
from dashboards.components import aria, data_table, section
from dashboards.phrases.noms import libelle_profil
from dashboards.spark import SIGNES, sparkline
from dashboards.state import href_noeud, href_tri, href_vue
from dashboards.tables import Colonne
from marking_plan import MarkingPlan

TENDANCE = "Six dernières semaines d’école"


def bloc_enfants(board: Board, plan: MarkingPlan) -> Component:
    """One row a child, each with a link to its own board; headings are links that sort."""
    enfants, vue = board.tableau.enfants, board.demande.vue
    cle, descendant = tri.parse_tri(board.demande.tri)

    def heading(colonne: Colonne) -> Component | str:
        if not colonne.tri:
            return colonne.titre
        lien = html.A(colonne.titre, href=href_tri(vue, tri.next_tri(colonne.tri, board.demande.tri)))
        return aria(lien, label=f"{colonne.titre}\u00a0: trier")

    def row_name(rang: int, texte: str) -> Component:
        return html.A(texte, href=href_noeud(enfants[rang].niveau, enfants[rang].territoire, vue))

    def order(colonne: Colonne) -> str | None:
        return ("descending" if descendant else "ascending") if colonne.tri == cle else None

    def trend(rang: int) -> Component:
        enfant = enfants[rang]
        return sparkline(enfant.nom, enfant.visites_semaines, enfant.etats_semaines, plan)

    table = tables.enfants(board.tableau, plan)
    html_table = data_table(table, tete=1, heading=heading, row_name=row_name, tri=order, extra=(TENDANCE, trend))
    return section(
        "enfants",
        table.titre,
        [html_table, *_grouped(board, plan), *_legend(board, plan), *_scope(board), export_line(board, table)],
    )


def _grouped(board: Board, plan: MarkingPlan) -> list[Component]:
    """Where children count the profil asked for in a larger group, which one, with a link to it."""
    vue = board.demande.vue
    groupes = sorted({enfant.groupe for enfant in board.tableau.enfants} - {""})
    return [
        html.P(
            [
                f"Faute d’un effectif suffisant, «\u00a0{libelle_profil(plan, vue.profil)}\u00a0» ne se lit pas à part dans tous ces "
                f"territoires\u202f; «\u00a0{libelle_profil(plan, groupe)}\u00a0» le compte\u00a0: ",
                html.A("voir ce profil", href=href_vue(replace(vue, profil=groupe, service=""))),
                ".",
            ],
            className="note",
        )
        for groupe in groupes
    ]


def _legend(board: Board, plan: MarkingPlan) -> list[Component]:
    """The signs that the drawings of this table hold, in words."""
    presents = {etat for enfant in board.tableau.enfants for etat in enfant.etats_semaines}
    signes = [f"{SIGNES[etat.code]} {etat.libelle}" for etat in plan.etats if etat.code in presents & SIGNES.keys()]
    if not signes:
        return []
    return [html.P(f"Dans les dessins\u00a0: {', '.join(signes)}.", className="legende-echelle")]


def _scope(board: Board) -> list[Component]:
    """Children show every visit, whichever service the board is about."""
    if not board.demande.vue.service:
        return []
    return [html.P("Ce tableau compte les visites de tous les services.", className="note")]
