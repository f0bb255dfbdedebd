"""What both boards begin and end with: path, name, headline, form, how to read.

It must not draw charts.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import aria, definition_list, etat_mark, notice, section
from dashboards.formats import majuscule
from dashboards.pages.formulaire import form
from dashboards.phrases import constat as phrases
from dashboards.state import href_noeud
from marking_plan import MarkingPlan
from metrics.tableau import Noeud, Vue


def head(board: Board, plan: MarkingPlan) -> list[Component]:
    """From the path of territories to the form."""
    tableau = board.tableau
    return [
        _breadcrumb(board, plan),
        html.P(majuscule(plan.libelle("niveau", tableau.noeud.niveau)), className="surtitre"),
        html.H1(tableau.noeud.nom),
        html.P(phrases.constat(tableau, plan), className="constat", role="status"),
        *notice([*phrases.depart(tableau), *board.demande.avertissements]),
        form(board, plan),
    ]


def _breadcrumb(board: Board, plan: MarkingPlan) -> Component:
    vue = board.demande.vue
    liens = [html.Li(_ascendant(n, vue, plan)) for n in board.tableau.ascendants if n.nom]
    ici = aria(html.Li(board.tableau.noeud.nom), current="page")
    return aria(html.Nav(html.Ol([*liens, ici]), className="fil"), label="Fil d’Ariane")


def _ascendant(noeud: Noeud, vue: Vue, plan: MarkingPlan) -> Component:
    """A link to the board above; the name alone for whom may not open it."""
    titre = majuscule(plan.libelle("niveau", noeud.niveau))
    if not noeud.territoire:
        return html.Span(noeud.nom, title=titre)
    return html.A(noeud.nom, href=href_noeud(noeud.niveau, noeud.territoire, vue), title=titre)


def reading_notes(plan: MarkingPlan) -> Component:
    """The states a figure may be in, and where definitions are."""
    etats = definition_list([(etat_mark(etat.code, etat.libelle), etat.definition) for etat in plan.etats], "etats")
    lien = html.P(html.A("Toutes les définitions", href="/definitions"))
    return section("lecture", "Lire ces chiffres", [etats, lien])
