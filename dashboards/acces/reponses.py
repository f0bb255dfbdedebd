"""Answers that need no session: refusals, as whole pages or as text.

It must not tell what exists.
"""

from dash.development.base_component import Component
from flask import Response, request

from dashboards.acces.errors import AccesRefuse
from dashboards.acces.statique import render_document
from dashboards.apparence import current_look
from dashboards.balises import html
from dashboards.pages.erreur import RETOUR
from dashboards.pages.page import SITE


def answer(texte: str | bytes, status: int, mimetype: str = "text/html") -> Response:
    """A French text and its status."""
    return Response(texte, status=status, content_type=f"{mimetype}; charset=utf-8")


def refuse(refus: AccesRefuse) -> Response:
    """The page of a refusal; its bare sentence for what is no page."""
    if request.method == "GET" and request.accept_mimetypes.accept_html:
        contenu: list[Component] = [html.H1(refus.titre), html.P(str(refus), className="constat")]
        if refus.status == 404:  # elsewhere the first page would be refused too
            contenu.append(html.P(html.A(RETOUR, href="/"), className="retour"))
        return answer(render_document(f"{refus.titre} – {SITE}", contenu, current_look()), refus.status)
    return answer(str(refus), refus.status, "text/plain")
