"""The boards' web application: shell of the page, one callback, the CSV route.

It must not know what a page shows, nor where figures come from.
"""

from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from dashboards.components import aria, search_form
from dashboards.csv_route import add_csv_route
from dashboards.pages.page import SITE
from dashboards.render import render_page, render_source
from dashboards.source import Lecteur
from dashboards.state import parse_route
from marking_plan import load_plan

ASSETS = Path(__file__).parent / "assets"
# The entry of Dash says « Loading… »: the only words of English a reader would meet.
ENTREE = '<div id="react-entry-point"><p class="attente">Chargement…</p></div>'
COQUILLE = """<!DOCTYPE html>
<html lang="fr">
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
<body>
<a class="evitement" href="#contenu">Aller au contenu</a>
<noscript><p class="attente">Ces pages ont besoin de JavaScript. Les fichiers CSV se lisent sans lui.</p></noscript>
{%app_entry%}
<footer hidden>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""
METAS = [
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "color-scheme", "content": "light dark"},
]
SET_TITLE = "function(titre) { if (titre) { document.title = titre; } }"


class _Application(Dash):
    """Dash, in French from its first word."""

    def interpolate_index(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return super().interpolate_index(**{**kwargs, "app_entry": ENTREE})  # type: ignore[no-untyped-call]


def create_app(lecteur: Lecteur) -> Dash:
    """Application that shows what `lecteur` reads; serve its `.server` (WSGI)."""
    plan = load_plan()
    app = _Application(
        __name__,
        title=SITE,
        update_title="",
        assets_folder=str(ASSETS),
        index_string=COQUILLE,
        meta_tags=METAS,
    )
    app.layout = _shell()

    @app.callback(
        Output("contenu", "children"),
        Output("bandeau", "children"),
        Output("pied", "children"),
        Output("titre", "data"),
        Input("adresse", "pathname"),
        Input("adresse", "search"),
    )
    def show_page(pathname: str, search: str) -> tuple[list[Component], list[Component], list[Component], str]:
        page = render_page(lecteur, plan, pathname, search)
        bandeau, pied = render_source(lecteur)
        return page.contenu, bandeau, pied, page.titre

    app.clientside_callback(SET_TITLE, Input("titre", "data"))  # type: ignore[no-untyped-call]
    add_csv_route(app.server, lecteur, plan)
    app.server.after_request(_mark_unknown_page)
    return app


def _mark_unknown_page(reponse: Response) -> Response:
    """Dash answers 200 to any address: one that names no page is a 404, with its French page."""
    if request.endpoint == "/<path:path>" and parse_route(request.path) is None and reponse.status_code == 200:
        reponse.status_code = 404
    return reponse


def _shell() -> Component:
    liens = [html.A("Accueil", href="/"), html.A("Définitions", href="/definitions")]
    marque = html.P(html.A(SITE, href="/"), className="site")
    menu = aria(html.Nav(liens, className="menu"), label="Menu principal")
    entete = html.Header(
        [
            html.Div([marque, menu, search_form("recherche-entete", "Chercher une école")], className="barre"),
            html.Div(id="bandeau"),
        ]
    )
    attente = html.P("Chargement…", className="attente")
    return html.Div(
        [
            dcc.Location(id="adresse", refresh=False),
            dcc.Store(id="titre"),
            entete,
            html.Main(attente, id="contenu", tabIndex="-1"),
            html.Footer(id="pied"),
        ]
    )
