"""A page as a whole HTML document, without Dash: for who has no session, refusals and legal pages.

It must not know what a page says; forms and charts, which need the program, are left out.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from dash.development.base_component import Component

from dashboards.apparence import Apparence
from dashboards.balises import Balise, html
from dashboards.pages.page import SITE, legal_menu

ASSETS = Path(__file__).parents[1] / "assets"
_ATTRIBUTS = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
}
_SIMPLES = {"id", "href", "title", "role", "scope", "lang", "start", "open"}
_VIDES = {"br", "hr", "img"}


def render_document(titre: str, contenu: list[Component], apparence: Apparence) -> str:
    """The document: same style sheets, look and landmarks as the boards, no script. Its links are open to everybody."""
    feuilles = [*(f"/assets/{path.name}" for path in sorted(ASSETS.glob("*.css"))), *apparence.feuilles]
    styles = "".join(f'<link rel="stylesheet" href="{feuille}">' for feuille in feuilles)
    barre = html.Div([*apparence.marque, html.P(SITE, className="site")], className="barre")
    corps = [
        html.Header(barre),
        html.Main(contenu, id="contenu"),
        html.Footer([legal_menu(), *apparence.pied]),
    ]
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<title>{escape(titre)}</title><link rel="icon" type="image/svg+xml" href="{apparence.icone}">{styles}</head>'
        f"<body>{''.join(_render(corps))}</body></html>"
    )


def _render(node: object) -> Iterator[str]:
    if isinstance(node, list | tuple):
        for child in node:
            yield from _render(child)
    elif isinstance(node, Balise):
        yield from _render_element(node)
    elif node is not None and not isinstance(node, Component):
        yield escape(str(node))


def _render_element(element: Balise) -> Iterator[str]:
    name, props = element._type.lower(), element.props
    if name in ("form", "script", "iframe", "object", "embed"):
        return
    attributes = "".join(_attribute(key, value) for key, value in props.items())
    yield f"<{name}{attributes}>"
    if name not in _VIDES:
        yield from _render(props.get("children"))
        yield f"</{name}>"


def _attribute(key: str, value: object) -> str:
    name = _ATTRIBUTS.get(key, key)
    if value is None or value is False or (name == key and key not in _SIMPLES and not key.startswith("aria-")):
        return ""
    return f' {name}="{escape(str(value))}"'
