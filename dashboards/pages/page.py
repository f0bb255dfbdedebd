"""What every page has in common: a title, a content, and the foot that says which figures these are.

It must not know one page from another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import aria
from dashboards.liens import protection_link
from dashboards.phrases.publication import policy_line, source_line
from marking_plan.accessibilite import current_audit
from metrics.tableau import Publication

SITE = "Fréquentation des ENT"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the application puts it on the screen."""

    titre: str
    contenu: list[Component]


def foot(publication: Publication) -> list[Component]:
    """The page's foot."""
    regle = html.P([policy_line(publication), " ", protection_link()])
    return [html.P(source_line(publication)), regle, foot_menu()]


def foot_menu() -> Component:
    """Links that every page ends with, among them the mention that the law asks for."""
    liens = (
        ("Qualité des données", "/qualite"),
        ("Protection", "/protection"),
        ("Définitions", "/definitions"),
        ("Aide", "/aide"),
    )
    return _menu((*liens, *_legal_links()))


def legal_menu() -> Component:
    """Those that are open to everybody."""
    return _menu(_legal_links())


def _legal_links() -> tuple[tuple[str, str], ...]:
    return (
        (f"Accessibilité\u00a0: {current_audit().etat}", "/accessibilite"),
        ("Données personnelles", "/donnees-personnelles"),
        ("Mentions légales", "/mentions-legales"),
        ("Écoconception", "/ecoconception"),
    )


def _menu(liens: Sequence[tuple[str, str]]) -> Component:
    liste = html.Ul([html.Li(html.A(texte, href=adresse)) for texte, adresse in liens])
    return aria(html.Nav(liste, className="menu-pied"), label="Pied de page")


def demo_banner(publication: Publication) -> list[Component]:
    """Said on every page when the data are made up."""
    if not publication.simulee:
        return []
    suite = " Aucune de ces visites n’a eu lieu\u202f; les noms d’écoles ne servent qu’à l’exemple."
    return [html.P([html.Strong("Données simulées."), suite])]
