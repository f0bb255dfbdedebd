"""From an address to a page: routing, and the French answer to whatever goes wrong.

It must not know how the server or the browser work.
"""

from collections.abc import Callable, Mapping

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.board import read_board
from dashboards.pages.accessibilite import page_accessibilite
from dashboards.pages.accueil import page_accueil
from dashboards.pages.aide import page_aide
from dashboards.pages.collectivite import page_collectivite
from dashboards.pages.definitions import page_definitions
from dashboards.pages.ecole import page_ecole
from dashboards.pages.erreur import page_introuvable, page_refus
from dashboards.pages.legales import page_donnees_personnelles, page_ecoconception, page_mentions
from dashboards.pages.page import Page, demo_banner, foot, foot_menu
from dashboards.pages.protection import page_protection
from dashboards.pages.qualite import page_qualite
from dashboards.pages.recherche import page_recherche
from dashboards.pages.territoire import page_territoire
from dashboards.source import Lecteur
from dashboards.state import (
    ACCESSIBILITE,
    ACCUEIL,
    AIDE,
    DEFINITIONS,
    DONNEES_PERSONNELLES,
    ECOCONCEPTION,
    MENTIONS_LEGALES,
    NOEUD,
    PROTECTION,
    QUALITE,
    RECHERCHE,
    Route,
    parse_champs,
    parse_route,
)
from marking_plan import MarkingPlan
from marking_plan.accessibilite import current_audit
from marking_plan.conservation import load_regles
from marking_plan.exploitant import current_exploitant
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
        return page_recherche(texte, lecteur.search(texte) if texte else (), plan)
    if route.page in (QUALITE, PROTECTION):
        return _render_publication(lecteur, plan, route, champs)
    if route.page in _TEXTES:
        return _TEXTES[route.page](lecteur, plan)
    if route.page == ACCUEIL:
        noeuds = lecteur.accueil()
        if len(noeuds) != 1:
            return page_accueil(noeuds, plan)
        route = Route(NOEUD, noeuds[0].niveau, noeuds[0].territoire)
    board = read_board(lecteur, plan, route, champs)
    if board.tableau.totaux_seuls:
        return page_collectivite(board, plan)
    return page_ecole(board, plan) if route.niveau == "uai" else page_territoire(board, plan)


def _render_publication(lecteur: Lecteur, plan: MarkingPlan, route: Route, champs: dict[str, str]) -> Page:
    """Pages about the whole publication or a région, for a school year."""
    annee = champs.get("annee")
    if route.page == QUALITE:
        return page_qualite(lecteur.read_qualite(annee, champs.get("region")), plan, annee)
    return page_protection(lecteur.read_protection(annee), plan, current_exploitant(), annee)


def _render_aide(lecteur: Lecteur, plan: MarkingPlan) -> Page:
    """Help is there before any figure is."""
    try:
        return page_aide(plan, lecteur.read_lisez_moi())
    except MetricsUserError:
        return page_aide(plan, ())


# Pages of text, which hold no figure.
_TEXTES: Mapping[str, Callable[[Lecteur, MarkingPlan], Page]] = {
    DEFINITIONS: lambda _, plan: page_definitions(plan),
    AIDE: _render_aide,
    ACCESSIBILITE: lambda _, __: page_accessibilite(current_audit(), current_exploitant()),
    DONNEES_PERSONNELLES: lambda _, __: page_donnees_personnelles(current_exploitant(), load_regles()),
    MENTIONS_LEGALES: lambda _, __: page_mentions(current_exploitant()),
    ECOCONCEPTION: lambda _, __: page_ecoconception(),
}


def render_source(lecteur: Lecteur) -> tuple[list[Component], list[Component]]:
    """Banner and foot: which publication is in force, on every page, those without figures too."""
    try:
        publication = lecteur.publication()
    except MetricsUserError as erreur:
        return [], [html.P(str(erreur)), foot_menu()]
    return demo_banner(publication), foot(publication)
