"""Result of a search for a school.

It must not search: the reader does.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import search_form
from dashboards.formats import accord
from dashboards.pages.page import SITE, Page
from dashboards.state import href_noeud
from metrics.tableau import Noeud


def page_recherche(texte: str, ecoles: tuple[Noeud, ...]) -> Page:
    """Schools that answer, each with a link to its board."""
    titre = f"Écoles pour «\u00a0{texte}\u00a0»" if texte else "Chercher une école"
    contenu: list[Component] = [
        html.H1(titre),
        search_form("recherche-page", "Nouvelle recherche", texte),
        html.P(_bilan(texte, ecoles), role="status"),
    ]
    if ecoles:
        contenu.append(html.Ul([_resultat(ecole) for ecole in ecoles], className="resultats"))
    return Page(f"{titre} – {SITE}", contenu)


def _bilan(texte: str, ecoles: tuple[Noeud, ...]) -> str:
    if not texte:
        return "Tapez le nom d’une école, sa commune ou son UAI."
    if not ecoles:
        return "Aucune école ne répond. Essayez un seul mot de son nom, sa commune, ou son UAI (sept chiffres et une lettre)."
    suite = " Vingt au plus sont montrées\u202f; précisez la demande au besoin." if len(ecoles) >= 20 else ""
    return f"{accord(len(ecoles), 'école trouvée', 'écoles trouvées')}.{suite}"


def _resultat(ecole: Noeud) -> Component:
    lien = html.A(ecole.nom, href=href_noeud(ecole.niveau, ecole.territoire))
    return html.Li([lien, html.Span(ecole.territoire, className="code")])
