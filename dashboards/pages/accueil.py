"""First page of a person who looks after several territories, or none that is published: the list of them.

It must not choose them: the reader gives those of the person.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import search_form
from dashboards.formats import majuscule
from dashboards.pages.page import SITE, Page
from dashboards.state import href_noeud
from marking_plan import MarkingPlan
from metrics.tableau import Noeud

AUCUN = (
    "Aucun des territoires de votre habilitation n’est dans la publication en vigueur\u202f: une école y entre à son "
    "ouverture, une circonscription avec sa première école. Si cela vous surprend, signalez-le à l’exploitant."
)


def page_accueil(noeuds: tuple[Noeud, ...], plan: MarkingPlan) -> Page:
    """One link a territory, from the largest down, and the search."""
    titre = "Vos territoires"
    liste = html.Ul([_lien(noeud, plan) for noeud in noeuds], className="resultats") if noeuds else html.P(AUCUN)
    contenu: list[Component] = [
        html.H1(titre),
        liste,
        search_form("recherche-page", "Chercher dans vos écoles et vos territoires"),
    ]
    return Page(f"{titre} – {SITE}", contenu)


def _lien(noeud: Noeud, plan: MarkingPlan) -> Component:
    niveau = majuscule(plan.libelle("niveau", noeud.niveau))
    lien = html.A(noeud.nom, href=href_noeud(noeud.niveau, noeud.territoire))
    return html.Li([lien, html.Span(niveau, className="lieu")])
