"""Pages for what can't be shown: no such page, no such territory, nothing published.

They must not show a traceback, nor the address back as markup.
"""

from dashboards.balises import html
from dashboards.components import search_form
from dashboards.pages.page import SITE, Page

RETOUR = "Revenir à l’accueil"


def page_introuvable() -> Page:
    """No page at this address."""
    return _page("Page introuvable", "Il n’y a pas de page à cette adresse. Elle a peut-être été mal recopiée.")


def page_refus(titre: str, phrase: str) -> Page:
    """A known address that has no answer, and why."""
    return _page(titre, phrase)


def _page(titre: str, phrase: str) -> Page:
    contenu = [
        html.H1(titre),
        html.P(phrase),
        search_form("recherche-page", "Nouvelle recherche"),
        html.P(html.A(RETOUR, href="/")),
    ]
    return Page(f"{titre} – {SITE}", contenu)
