"""From an address to a page: routing, and the French answer to whatever goes wrong.

It must not know how the server or the browser work.
"""

from dash import html
from dash.development.base_component import Component

from dashboards.board import read_board
from dashboards.pages.definitions import page_definitions
from dashboards.pages.ecole import page_ecole
from dashboards.pages.erreur import page_introuvable, page_refus
from dashboards.pages.page import Page, demo_banner, foot
from dashboards.pages.recherche import page_recherche
from dashboards.pages.territoire import page_territoire
from dashboards.source import Lecteur
from dashboards.state import ACCUEIL, DEFINITIONS, NOEUD, RECHERCHE, Route, parse_champs, parse_route
from marking_plan import MarkingPlan
from metrics.errors import MetricsUserError, TerritoireInconnu


def render_page(lecteur: Lecteur, plan: MarkingPlan, pathname: str | None, search: str | None) -> Page:
    """Page of an address; never raises for a reader's mistake."""
    route, champs = parse_route(pathname), parse_champs(search)
    try:
        return page_introuvable() if route is None else _render(lecteur, plan, route, champs)
    except TerritoireInconnu as erreur:
        return page_refus("Territoire introuvable", str(erreur))
    except MetricsUserError as erreur:
        return page_refus("Chiffres indisponibles", str(erreur))


def _render(lecteur: Lecteur, plan: MarkingPlan, route: Route, champs: dict[str, str]) -> Page:
    if route.page == RECHERCHE:
        texte = champs.get("q", "")
        return page_recherche(texte, lecteur.search_ecoles(texte) if texte else ())
    if route.page == DEFINITIONS:
        return page_definitions(plan)
    if route.page == ACCUEIL:
        racine = lecteur.racine()
        route = Route(NOEUD, racine.niveau, racine.territoire)
    board = read_board(lecteur, plan, route, champs)
    return page_ecole(board, plan) if route.niveau == "uai" else page_territoire(board, plan)


def render_source(lecteur: Lecteur) -> tuple[list[Component], list[Component]]:
    """Banner and foot: which publication is in force, on every page, those without figures too."""
    try:
        publication = lecteur.publication()
    except MetricsUserError as erreur:
        return [], [html.P(str(erreur))]
    return demo_banner(publication), foot(publication)
