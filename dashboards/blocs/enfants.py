"""The children of a node, each with a link to its own board.

It must not compute: rows come from `tables`.
"""

from dash import html
from dash.development.base_component import Component

from dashboards import tables, tri
from dashboards.blocs.base import csv_link, section
from dashboards.board import Board
from dashboards.components import aria, data_table
from dashboards.spark import sparkline
from dashboards.state import href_noeud, href_tri
from dashboards.tables import Colonne
from marking_plan import MarkingPlan


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

    table = tables.enfants(board.tableau, plan)
    tendance = (
        "Visites par semaine",
        lambda rang: sparkline(enfants[rang].nom, enfants[rang].visites_semaines),
    )
    html_table = data_table(table, tete=1, heading=heading, row_name=row_name, tri=order, extra=tendance)
    return section("enfants", table.titre, [html_table, csv_link(board, table)])
