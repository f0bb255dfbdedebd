"""How to take a block or a whole board away: links, the button that makes an image, what is printed with the figures.

It must not write a file: exports do.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import csv_link, data, hidden, section
from dashboards.exports.fichier import peut_telecharger
from dashboards.exports.licence import licence
from dashboards.exports.notice import file_stem, source_lines
from dashboards.state import FICHIER, href_classeur, href_csv, href_notice, href_vue
from dashboards.tables import Table
from marking_plan import MarkingPlan

SUFFIXE = "-graphe"  # of a chart's id, after its block's


def export_line(board: Board, table: Table, graphe: str = "") -> Component:
    """What may be made of one block: its CSV file, the image of its chart `graphe`, its licence.

    The hidden end of each name says which table, for who hears links out of context.
    """
    vue = board.tableau.vue
    droits = html.A([licence(), hidden(f"\u00a0: {table.titre}")], href=href_notice(vue), className="licence")
    image = [_image_button(board, table, graphe)] if graphe else []
    return html.Div([csv_link(table, href_csv(table.code, vue)), *image, droits], className="exports")


def _image_button(board: Board, table: Table, graphe: str) -> Component:
    tableau = board.tableau
    bouton = html.Button(["Image (PNG)", hidden(f"\u00a0: {table.titre}")], type="button", className="image")
    return data(
        bouton,
        graphe=graphe,
        nom=f"{file_stem(graphe.removesuffix(SUFFIXE), tableau.vue, tableau.publication)}.png",
        titre=f"{table.titre} – {tableau.noeud.nom}",
        periode=board.selection,
        source="\n".join(source_lines(tableau.publication)),
    )


def bloc_emporter(board: Board, plan: MarkingPlan) -> Component:
    """The whole board: spreadsheet, word on the source, paper, and the published file for analysts."""
    tableau = board.tableau
    vue = tableau.vue
    choix = [
        ("Classeur (XLSX)", href_classeur(vue), "tous les tableaux de cette page, une feuille par tableau."),
        ("Source et définitions (texte)", href_notice(vue), "d’où viennent ces chiffres, sous quelle licence."),
    ]
    if peut_telecharger():
        choix.append(("Fichier publié (DuckDB)", FICHIER, "toutes les tables publiées, pour les analystes."))
    liens = html.Ul([html.Li([html.A(nom, href=href), html.Span(f"\u00a0: {texte}")]) for nom, href, texte in choix])
    papier = html.P(
        "L’impression de cette page donne une fiche courte. Chaque bloc a aussi son fichier CSV. "
        f"Réutilisation\u00a0: {licence()}.",
        className="note",
    )
    return section("emporter", "Emporter ces chiffres", [liens, papier, _printed(board)])


def _printed(board: Board) -> Component:
    """What paper says besides the figures: what a form showed, source, licence, address."""
    tableau = board.tableau
    vue = tableau.vue
    adresse = html.Span(href_vue(vue), id="adresse-imprimee")
    source, droits = source_lines(tableau.publication)
    lignes = [html.P(f"{board.selection}. {source}"), html.P(droits), html.P(["Adresse\u00a0: ", adresse])]
    return html.Div(lignes, className="impression")
