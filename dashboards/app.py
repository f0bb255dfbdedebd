"""The boards' web application: shell of the page, one callback, the routes of exports.

It must not know what a page shows, nor where figures come from.
"""

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc
from dash.development.base_component import Component
from flask import Response, request

from dashboards.acces.configuration import Configuration
from dashboards.acces.garde import Garde, current_session
from dashboards.acces.routes import add_public_routes
from dashboards.acces.session import describe_session
from dashboards.acces.statique import ASSETS
from dashboards.apparence import Apparence, add_theme_route
from dashboards.balises import html, to_dash
from dashboards.components import aria, search_form
from dashboards.exports import add_export_routes
from dashboards.pages.page import SITE
from dashboards.rappel import answer_directly
from dashboards.render import render_page, render_source
from dashboards.source import Lecteur
from dashboards.state import parse_route
from marking_plan import MarkingPlan, load_plan

# The entry of Dash says « Loading… »: the only words of English a reader would meet.
ENTREE = '<div id="react-entry-point"><p class="attente">Chargement…</p></div>'
# Asked for by `assets/dessin.js`, on pages with charts alone; kept for good by browsers, under its version.
PLOTLY = f"/_dash-component-suites/plotly/package_data/plotly.min.js?m={version('plotly')}"
COQUILLE = """<!DOCTYPE html>
<html lang="fr" data-plotly="PLOTLY">
<head>{%metas%}<title>{%title%}</title><link rel="icon" type="image/svg+xml" href="{icone}">{%css%}</head>
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
CIBLES = (("contenu", "children"), ("bandeau", "children"), ("pied", "children"), ("titre", "data"))
# What Dash sends to every page for nothing here: what browsers of before 2017 lack, which slows the others, and a table of its own.
SUPERFLUS = re.compile(r'<script src="[^"]*/(?:polyfill@|dash_table/)[^"]*"></script>\n')
SET_TITLE = "function(titre) { if (titre) { document.title = titre; } }"


class _Application(Dash):
    """Dash, in French from its first word, and without the scripts that no page uses."""

    def interpolate_index(self, **kwargs: Any) -> Any:  # type: ignore[override]
        own = {"app_entry": ENTREE, "scripts": SUPERFLUS.sub("", kwargs["scripts"])}
        return super().interpolate_index(**{**kwargs, **own})  # type: ignore[no-untyped-call]


def create_app(lecteur: Lecteur, configuration: Configuration | None = None, donnees: Path | None = None) -> Dash:
    """Application that shows what `lecteur` reads, to whom the configuration lets in; serve its `.server` (WSGI).

    Without a configuration only this machine is answered. `donnees` is where accesses are traced.
    """
    plan, reglages = load_plan(), configuration or Configuration()
    apparence = reglages.apparence.build()
    app = _Application(
        __name__,
        title=SITE,
        update_title="",
        assets_folder=str(ASSETS),
        index_string=_write_index(apparence),
        meta_tags=METAS,
    )
    app.layout = to_dash(_shell(apparence))
    garde = Garde(lecteur, reglages, donnees)
    garde.install(app)
    add_theme_route(app.server, apparence)
    app.server.after_request(_mark_unknown_page)
    _add_page_callback(app, garde.lecteur, plan)
    add_export_routes(app.server, garde.lecteur, plan)
    add_public_routes(app, lecteur, garde, plan)
    garde.seal(app)
    return app


def _add_page_callback(app: Dash, lecteur: Lecteur, plan: MarkingPlan) -> None:
    @app.callback(
        *(Output(*cible) for cible in CIBLES),
        Input("adresse", "pathname"),
        Input("adresse", "search"),
    )
    def show_page(
        pathname: str | None, search: str | None
    ) -> tuple[list[Component], list[Component], list[Component], str]:
        page = render_page(lecteur, plan, pathname, search)
        bandeau, pied = render_source(lecteur)
        return page.contenu, bandeau, [*pied, html.P(describe_session(current_session()))], page.titre

    answer_directly(app, CIBLES, show_page)
    app.clientside_callback(SET_TITLE, Input("titre", "data"))  # type: ignore[no-untyped-call]


def _mark_unknown_page(reponse: Response) -> Response:
    """Dash answers 200 to any address: one that names no page is a 404, with its French page."""
    if request.endpoint == "/<path:path>" and parse_route(request.path) is None and reponse.status_code == 200:
        reponse.status_code = 404
    return reponse


def _write_index(apparence: Apparence) -> str:
    feuilles = "".join(f'<link rel="stylesheet" href="{feuille}">' for feuille in apparence.feuilles)
    return (
        COQUILLE.replace("PLOTLY", PLOTLY)
        .replace("{icone}", apparence.icone)
        .replace("{%css%}", f"{{%css%}}{feuilles}")
    )


def _shell(apparence: Apparence) -> Component:
    liens = [
        html.A("Accueil", href="/"),
        html.A("Qualité", href="/qualite"),
        html.A("Protection", href="/protection"),
        html.A("Définitions", href="/definitions"),
        html.A("Aide", href="/aide"),
    ]
    marque = html.P(html.A(SITE, href="/"), className="site")
    menu = aria(html.Nav(liens, className="menu"), label="Menu principal")
    entete = html.Header(
        [
            html.Div(
                [
                    *apparence.marque,
                    marque,
                    menu,
                    search_form("recherche-entete", "Chercher une école ou un territoire"),
                ],
                className="barre",
            ),
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
            html.Footer([html.Div(id="pied"), *apparence.pied]),
        ]
    )
