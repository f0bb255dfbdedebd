"""The look of a State site: design system files of an optional package, served from here, and what its header and foot must say.

It must not change what a page says, nor be in force unless the operator declares a State site: the mark is reserved to them.
"""

from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from dash.development.base_component import Component
from flask import Flask, Response, abort, current_app, send_file

from dashboards.balises import html

DSFR = "/dsfr/"
_LOOK = "dnma-apparence"  # under which a server keeps its look, for answers made outside of Dash
_PAQUET = "dsfr"  # of django-dsfr: static files only, its Python is never imported
_LOGO = "component/logo/logo.main.min.css"
_ICONE = "favicon/favicon.svg"
_GRAISSES = ("Regular", "Regular_Italic", "Medium", "Bold")
_DU_PAQUET = frozenset({_LOGO, _ICONE, *(f"fonts/Marianne-{graisse}.woff2" for graisse in _GRAISSES)})
_FEUILLE = "etat.css"
_SITES_DE_REFERENCE = ("info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr")


@dataclass(frozen=True, slots=True)
class Apparence:
    """What a theme adds to the shell of the pages: style sheets after the project's own, icon, mark, and links of the foot."""

    feuilles: tuple[str, ...] = ()
    icone: str = "/assets/icone.svg"
    marque: tuple[Component, ...] = ()
    pied: tuple[Component, ...] = ()


def has_dsfr() -> bool:
    """Whether the extra `dsfr` is installed."""
    return find_spec(_PAQUET) is not None


def dress_as_state(intitule: tuple[str, ...]) -> Apparence:
    """Look of a State site whose mark bears these lines: « Région académique », « Occitanie »."""
    return Apparence(
        feuilles=(f"{DSFR}{_LOGO}", f"{DSFR}{_FEUILLE}"),
        icone=f"{DSFR}{_ICONE}",
        marque=(html.P(_on_lines(intitule), className="fr-logo"),),
        pied=(_reference_sites(),),
    )


def add_theme_route(server: Flask, apparence: Apparence) -> None:
    """Puts the theme's own files on the server, a closed list; nothing when the theme isn't in force. The server keeps its look."""
    server.extensions[_LOOK] = apparence
    fichiers = _list_files() if apparence.feuilles else {}

    def show_file(nom: str) -> Response:
        return send_file(fichiers[nom]) if nom in fichiers else abort(404)

    server.add_url_rule(f"{DSFR}<path:nom>", "theme", show_file)


def current_look() -> Apparence:
    """Look of the pages of the server that answers; an error outside a request."""
    return cast("Apparence", current_app.extensions[_LOOK])


def _list_files() -> dict[str, Path]:
    dist = Path(str(resources.files(_PAQUET))) / "static" / "dsfr" / "dist"
    return {**{nom: dist / nom for nom in _DU_PAQUET}, _FEUILLE: Path(__file__).parent / "etat" / _FEUILLE}


def _on_lines(lignes: tuple[str, ...]) -> list[Component | str]:
    children: list[Component | str] = [lignes[0]]
    for ligne in lignes[1:]:
        children += [html.Br(), ligne]
    return children


def _reference_sites() -> Component:
    liens = [html.Li(html.A(site, href=f"https://{site}")) for site in _SITES_DE_REFERENCE]
    return html.Ul(liens, className="sites-de-reference")
