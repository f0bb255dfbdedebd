"""A link to a node's board, wherever one is named.

It must not choose the node, nor say more of it than its name.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.state import href_noeud
from metrics.tableau import Noeud, Vue


def link_noeud(noeud: Noeud, vue: Vue, texte: str = "", titre: str = "") -> Component:
    """Its name, or `texte`, linked to its board; the name alone for whom may not open it."""
    if not noeud.territoire:
        return html.Span(noeud.nom, title=titre or None)
    return html.A(texte or noeud.nom, href=href_noeud(noeud.niveau, noeud.territoire, vue), title=titre or None)
