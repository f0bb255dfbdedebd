"""What text pages are made of: titled parts of paragraphs and lists, and what waits for the operator.

It must not know a page.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import definition_list, section
from dashboards.pages.page import SITE, Page

A_COMPLETER = "à compléter par l’exploitant"


def text_page(titre: str, intro: str, parties: Sequence[Component], surtitre: str = "") -> Page:
    """A page of text: its name, one sentence, its parts."""
    tete = [html.P(surtitre, className="surtitre")] if surtitre else []
    return Page(f"{titre} – {SITE}", [*tete, html.H1(titre), html.P(intro, className="constat"), *parties])


def part(identifiant: str, titre: str, *contenu: Component | str) -> Component:
    """A titled part; a bare text is a paragraph."""
    return section(identifiant, titre, [html.P(c) if isinstance(c, str) else c for c in contenu])


def bullets(*lignes: Component | str | list[Component | str]) -> Component:
    """A plain list."""
    return html.Ul([html.Li(ligne) for ligne in lignes], className="puces")


def told(texte: str) -> Component:
    """What the operator wrote, or a mark that it is still to be written."""
    return html.Span(texte) if texte else html.Mark(A_COMPLETER)


def facts(lignes: Sequence[tuple[str, str]]) -> Component:
    """Names and what the operator says of them."""
    return definition_list((nom, told(texte)) for nom, texte in lignes)
