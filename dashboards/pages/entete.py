"""What both boards begin and end with: path, name, headline, form, how to read.

It must not draw charts.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import aria, definition_list, etat_mark, notice, section
from dashboards.formats import majuscule
from dashboards.liens import link_noeud, protection_link
from dashboards.pages.formulaire import form
from dashboards.phrases import constat as phrases
from dashboards.phrases.jour import describe_jour, explain_jour
from marking_plan import MarkingPlan
from marking_plan.semaines import today
from metrics.tableau import Tableau


def head(board: Board, plan: MarkingPlan) -> list[Component]:
    """From the path of territories to the form."""
    tableau = board.tableau
    return [
        _breadcrumb(board, plan),
        html.P(majuscule(plan.libelle("niveau", tableau.noeud.niveau)), className="surtitre"),
        html.H1(tableau.noeud.nom),
        html.P(phrases.constat(tableau, plan), className="constat", role="status"),
        *_jour(tableau),
        *notice([*phrases.depart(tableau), *board.demande.avertissements]),
        form(board, plan),
    ]


def _jour(tableau: Tableau) -> list[Component]:
    """The running day, where it is told."""
    if tableau.jour is None:
        return []
    chiffre = html.Strong(describe_jour(tableau.jour, today()))
    return [html.P([chiffre, " ", explain_jour(tableau.jour)], className="note", id="jour-en-cours")]


def _breadcrumb(board: Board, plan: MarkingPlan) -> Component:
    vue = board.demande.vue
    liens = [
        html.Li(link_noeud(n, vue, titre=majuscule(plan.libelle("niveau", n.niveau))))
        for n in board.tableau.ascendants
        if n.nom
    ]
    ici = aria(html.Li(board.tableau.noeud.nom), current="page")
    return aria(html.Nav(html.Ol([*liens, ici]), className="fil"), label="Fil d’Ariane")


def reading_notes(plan: MarkingPlan) -> Component:
    """The states a figure may be in, and where definitions are."""
    etats = definition_list([(etat_mark(etat.code, etat.libelle), etat.definition) for etat in plan.etats], "etats")
    liens = html.P([html.A("Toutes les définitions", href="/definitions"), " · ", protection_link()])
    return section("lecture", "Lire ces chiffres", [etats, liens])
