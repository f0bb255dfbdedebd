"""Links to nodes' boards wherever they are named, and to what explains a mask.

They must not choose a node, nor say more of it than its name.
"""

from collections.abc import Callable

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.state import href_noeud
from dashboards.tables import Table
from metrics.tableau import Noeud, Vue


def link_noeud(noeud: Noeud, vue: Vue, texte: str = "", titre: str = "") -> Component:
    """Its name, or `texte`, linked to its board; the name alone for whom may not open it."""
    if not noeud.territoire:
        return html.Span(noeud.nom, title=titre or None)
    return html.A(texte or noeud.nom, href=href_noeud(noeud.niveau, noeud.territoire, vue), title=titre or None)


def protection_link() -> Component:
    """Where a masked figure is explained, and what the rule costs."""
    return html.A("Pourquoi un chiffre est masqué", href="/protection")


def link_ecoles(table: Table, href: Callable[[str], str]) -> Callable[[int, str], Component]:
    """The name of each row of a table of schools, which begins with their UAI, linked to the address that this gives."""

    def row_name(rang: int, texte: str) -> Component:
        return html.A(texte, href=href(str(table.lignes[rang].cellules[0])))

    return row_name
