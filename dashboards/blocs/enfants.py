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
from dashboards.formats import nombre
from dashboards.phrases import enfants as phrases
from dashboards.phrases.noms import libelle_profil
from dashboards.spark import sparkline
from dashboards.state import href_noeud, href_tri, href_vue
from dashboards.tables import Colonne, Table
from marking_plan import MarkingPlan

TENDANCE = "Six dernières semaines d’école"
MONTRES = 200  # rows on the page; the file holds them all
AUCUN = "Aucun territoire de ce niveau n’a de chiffre ici sur la période."


def bloc_enfants(board: Board, plan: MarkingPlan) -> Component:
    """One row a child, and links to the other levels that the node may be shown at."""
    table = tables.enfants(board.tableau, plan, MONTRES)
    niveaux = _niveaux(board, plan)
    if not table.lignes:
        return section("enfants", table.titre, [*niveaux, html.P(AUCUN, className="vide")])
    tendance = [html.P(phrases.describe_tendance(board.tableau, plan), className="legende-echelle")]
    dessins = [] if board.tableau.totaux_seuls else tendance
    suite = [*_grouped(board, plan), *_rest(board), *_scope(board), export_line(board, table)]
    contenu = [*niveaux, *dessins, _drawn(board, table, plan), *suite]
    return section("enfants", table.titre, contenu)


def _niveaux(board: Board, plan: MarkingPlan) -> list[Component]:
    """Communes and regroupements are reached from here; nothing where there is but one level."""
    vue, niveaux = board.demande.vue, board.tableau.offre.niveaux
    if len(niveaux) < 2:
        return []
    pluriels = {niveau: tables.titre_enfants(niveau, plan) for niveau in niveaux}
    courant = vue.detail or niveaux[0]
    liens = [
        aria(html.Li(pluriels[niveau]), current="true")
        if niveau == courant
        else html.Li(html.A(pluriels[niveau], href=f"{href_vue(replace(vue, detail=niveau))}#enfants"))
        for niveau in niveaux
    ]
    return [aria(html.Nav(html.Ul(liens), className="niveaux"), label="Détail du territoire")]


def _drawn(board: Board, table: Table, plan: MarkingPlan) -> Component:
    """Each name leads to the child's own board; headings are links that sort."""
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

    extra = None if board.tableau.totaux_seuls else (TENDANCE, trend)
    return data_table(table, tete=1, heading=heading, row_name=row_name, tri=order, extra=extra)


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


def _rest(board: Board) -> list[Component]:
    """How many rows the page leaves to the file."""
    total = len(board.tableau.enfants)
    if total <= MONTRES:
        return []
    phrase = (
        f"Les {MONTRES} premières lignes sur {nombre(total)} sont montrées, dans l’ordre choisi. Le fichier CSV les a toutes\u202f; "
        "une école se trouve aussi par son nom, en haut de la page."
    )
    return [html.P(phrase, className="note")]


def _scope(board: Board) -> list[Component]:
    """Children show every visit, whichever service the board is about."""
    if not board.demande.vue.service:
        return []
    return [html.P("Ce tableau compte les visites de tous les services.", className="note")]
