"""Result of a search: territories, then schools, each with what tells it from its homonyms.

It must not search: the reader does.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import search_form
from dashboards.formats import majuscule
from dashboards.pages.page import SITE, Page
from dashboards.state import href_noeud
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Trouvaille

MONTREES = 20  # of each kind, which the reader gives at most


def page_recherche(texte: str, trouvailles: tuple[Trouvaille, ...], plan: MarkingPlan) -> Page:
    """What answers, each with a link to its board."""
    titre = f"Recherche de «\u00a0{texte}\u00a0»" if texte else "Chercher une école ou un territoire"
    territoires = [t for t in trouvailles if t.noeud.niveau != "uai"]
    ecoles = [t for t in trouvailles if t.noeud.niveau == "uai"]
    contenu: list[Component] = [
        html.H1(titre),
        search_form("recherche-page", "Nouvelle recherche", texte),
        html.P(_bilan(texte, len(territoires), len(ecoles)), role="status"),
        *_liste("Territoires", territoires, plan),
        *_liste("Écoles", ecoles, plan),
    ]
    return Page(f"{titre} – {SITE}", contenu)


def _bilan(texte: str, territoires: int, ecoles: int) -> str:
    if not texte:
        return "Tapez le nom d’une école, d’une commune, d’une circonscription ou d’un regroupement, ou un UAI."
    if not territoires + ecoles:
        return (
            "Aucune école et aucun territoire ne répondent. Essayez un seul mot du nom, la commune, ou l’UAI (sept "
            "chiffres et une lettre)."
        )
    comptes = (
        (territoires, count_fr(territoires, "territoire trouvé", "territoires trouvés")),
        (ecoles, count_fr(ecoles, "école trouvée", "écoles trouvées")),
    )
    trop = max(territoires, ecoles) >= MONTREES
    suite = f" {MONTREES} au plus de chaque sorte sont montrés\u202f; précisez la demande au besoin." if trop else ""
    return f"{', '.join(texte for compte, texte in comptes if compte)}.{suite}"


def _liste(titre: str, trouvailles: list[Trouvaille], plan: MarkingPlan) -> list[Component]:
    if not trouvailles:
        return []
    return [html.H2(titre), html.Ul([_resultat(t, plan) for t in trouvailles], className="resultats")]


def _resultat(trouvaille: Trouvaille, plan: MarkingPlan) -> Component:
    noeud, lieu = trouvaille.noeud, trouvaille.lieu
    lien = html.A(noeud.nom, href=href_noeud(noeud.niveau, noeud.territoire))
    if noeud.niveau == "uai":
        place = [html.Span(lieu, className="lieu")] if lieu else []
        return html.Li([lien, *place, html.Span(noeud.territoire, className="code")])
    niveau = majuscule(plan.libelle("niveau", noeud.niveau))
    return html.Li([lien, html.Span(f"{niveau}, {lieu}" if lieu else niveau, className="lieu")])
