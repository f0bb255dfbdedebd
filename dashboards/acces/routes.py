"""Routes that need no session: health, counters, legal pages.

They must not show a figure of a territory.
"""

import hmac
from datetime import UTC, datetime

import orjson
from dash import Dash
from flask import Response, request

from dashboards.acces.configuration import LOCAL, read_secret
from dashboards.acces.errors import AccesRefuse, ConfigurationInvalide
from dashboards.acces.garde import MESURES, PAGES_LEGALES, SANTE, Garde
from dashboards.acces.porte import open_locally
from dashboards.acces.reponses import answer, refuse
from dashboards.acces.statique import render_document
from dashboards.apparence import current_look
from dashboards.render import render_page
from dashboards.source import Lecteur
from marking_plan import MarkingPlan
from marking_plan.semaines import today
from metrics.errors import MetricsUserError
from metrics.tableau import RIEN


def add_public_routes(app: Dash, lecteur: Lecteur, garde: Garde, plan: MarkingPlan) -> None:
    """Puts `/sante`, `/metriques` and the legal pages on the server: plain documents for who has no session."""
    serveur = garde.configuration.serveur
    jeton = read_secret(serveur.jeton_mesures) if serveur.jeton_mesures else None

    def show_legal() -> Response | str:
        try:
            garde.porte.open(request, today())
        except (AccesRefuse, ConfigurationInvalide):
            page = render_page(lecteur.restrict(RIEN, lambda _niveau, _code: None), plan, request.path, "")
            return answer(render_document(page.titre, page.contenu, current_look()), 200)
        return str(app.index())  # type: ignore[no-untyped-call]

    app.server.add_url_rule(SANTE, "sante", lambda: _show_health(lecteur))
    app.server.add_url_rule(MESURES, "metriques", lambda: _show_counters(lecteur, garde, jeton))
    for path in PAGES_LEGALES:
        app.server.add_url_rule(path, path, show_legal)


def _show_health(lecteur: Lecteur) -> Response:
    try:
        publication = lecteur.publication()
    except MetricsUserError as erreur:
        return _json({"erreur": str(erreur)}, 503)
    age = datetime.now(UTC) - publication.instant
    return _json({"publication": publication.numero, "age_s": int(age.total_seconds())}, 200)


def _show_counters(lecteur: Lecteur, garde: Garde, jeton: str | None) -> Response:
    try:
        _check_reader(garde, jeton)
    except AccesRefuse as refus:
        return refuse(refus)
    mandataire = garde.porte.mandataire
    try:
        numero = lecteur.publication().numero
    except MetricsUserError:
        numero = None
    ignores = mandataire.compteurs if mandataire else {}
    return answer(garde.mesures.render(lecteur.compteurs(), ignores, numero), 200, "text/plain")


def _check_reader(garde: Garde, jeton: str | None) -> None:
    """Who may read the counters: this machine in local access; elsewhere who holds the token. Raises AccesRefuse."""
    if jeton is None and garde.configuration.acces.mode == LOCAL:
        open_locally(request)
        return
    donne = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if jeton is None or not hmac.compare_digest(donne.encode(), jeton.encode()):
        raise AccesRefuse(403, "Demande refusée", "Les compteurs demandent le jeton que l’exploitant a configuré.")


def _json(content: dict[str, object], status: int) -> Response:
    return Response(orjson.dumps(content), status=status, content_type="application/json")
