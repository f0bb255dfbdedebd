"""A row's weekly visits as a tiny drawing that is part of the page: no script, no request.

It must not scale numbers itself: the drawing's own coordinates are weeks and visits.
"""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html

from dashboards.formats import accord, nombre
from dashboards.palette import VISITES


def sparkline(nom: str, visites: Sequence[int | None]) -> html.Img:
    """One bar a week; a week without figure is a gap."""
    return html.Img(src=f"data:image/svg+xml,{quote(_svg(visites))}", alt=_alt(nom, visites), className="tendance")


def _svg(visites: Sequence[int | None]) -> str:
    sommet = max((v for v in visites if v is not None), default=0) or 1
    barres = "".join(
        f'<rect x="{rang}" width=".75" height="{valeur}"/>' for rang, valeur in enumerate(visites) if valeur
    )
    # Flipped, so that a bar's height is its visits and grows upwards.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -{sommet} {len(visites) or 1} {sommet}" '
        f'preserveAspectRatio="none"><g transform="scale(1,-1)" fill="{VISITES}">{barres}</g></svg>'
    )


def _alt(nom: str, visites: Sequence[int | None]) -> str:
    connues = [v for v in visites if v is not None]
    if not connues:
        return f"{nom}\u00a0: aucune semaine publiée"
    sommet = accord(max(connues), "visite", "visites")
    return f"{nom}\u00a0: {nombre(connues[0])} la première semaine, {nombre(connues[-1])} la dernière, au plus {sommet}"
