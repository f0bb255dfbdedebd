"""The guard of the web server: each request gets a session or a refusal before any route, and its headers after.

It must not know a page's content, nor answer with figures itself.
"""

import logging
import secrets
import time
from pathlib import Path
from typing import cast

from dash import Dash
from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response as AnyResponse

from dashboards.acces.compression import Compression
from dashboards.acces.configuration import Configuration
from dashboards.acces.corps import CORPS_MAX, REFUS, read_inputs
from dashboards.acces.errors import AccesRefuse, ConfigurationInvalide
from dashboards.acces.journal import Journal
from dashboards.acces.mesures import Mesures
from dashboards.acces.porte import Porte
from dashboards.acces.reponses import answer, refuse
from dashboards.acces.roles import ACCUEILS
from dashboards.acces.securite import A_REVOIR, IMMUABLE, JAMAIS, build_csp, is_foreign, protect
from dashboards.acces.session import Session
from dashboards.apparence import DSFR
from dashboards.source import Lecteur
from dashboards.state import parse_route
from marking_plan.semaines import today
from metrics.errors import MetricsUserError
from metrics.tableau import Portee

RAPPEL = "/_dash-update-component"
_FICHIERS = ("/_dash-component-suites/", "/assets/", DSFR)
_EXPORTS = {"csv": "csv", "xlsx": "classeur", "lisez-moi": "notice", "fichier": "publication"}
# Without a session: health, counters (which ask for a token), the program's own files, and what the law wants public.
SANTE, MESURES = "/sante", "/metriques"
PAGES_LEGALES = ("/accessibilite", "/donnees-personnelles", "/mentions-legales", "/ecoconception")
_LOG = logging.getLogger("dnma.tableaux")


def current_session() -> Session:
    """Session of the request being answered; an error outside one."""
    return cast("Session", g.session_acces)


def checked_inputs() -> list[str | None]:
    """What the callback being answered was asked with; an error where no body was checked."""
    return cast("list[str | None]", g.entrees)


class Garde:
    """Everything between the network and the routes. `lecteur` is the only reader that routes are given."""

    def __init__(self, lecteur: Lecteur, configuration: Configuration, donnees: Path | None) -> None:
        self._tout = lecteur
        self.configuration = configuration
        self.porte = Porte(configuration, self._is_empty)
        self.journal = Journal(donnees)
        self.mesures = Mesures()
        self._compression = Compression()
        self._csp = build_csp([])
        self.lecteur = cast("Lecteur", LocalProxy(self._restricted))

    def install(self, app: Dash) -> None:
        """Puts the guard around all routes of an application; before any other hook, so that its own comes last."""
        server = cast("Flask", app.server)
        server.config["MAX_CONTENT_LENGTH"] = CORPS_MAX
        server.config["PROPAGATE_EXCEPTIONS"] = False
        self._app = app
        server.before_request(self._enter)
        server.after_request(self._leave)
        server.register_error_handler(Exception, self._fail)

    def seal(self, app: Dash) -> None:
        """Once every callback is defined: the inline scripts that the pages may hold are known."""
        self._csp = build_csp([str(digest) for digest in app.csp_hashes()])

    def _enter(self) -> AnyResponse | None:
        g.debut, g.demande = time.perf_counter(), secrets.token_hex(8)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            if is_foreign(request, self.configuration.serveur.adresse_publique):
                return refuse(AccesRefuse(403, "Demande refusée", "Cette demande vient d’un autre site."))
            if not request.is_json:
                return refuse(AccesRefuse(415, "Demande refusée", "Seules les demandes en JSON sont lues."))
        if _is_public(request.path):
            return None
        try:
            g.session_acces = self.porte.open(request, today())
        except AccesRefuse as refus:
            return refuse(refus)
        except ConfigurationInvalide as error:
            _LOG.error("%s", error)
            return refuse(
                AccesRefuse(503, "Service arrêté", "Les habilitations ne peuvent pas être lues. Prévenez l’exploitant.")
            )
        self.journal.enter(g.session_acces)
        return self._steer()

    def _steer(self) -> AnyResponse | None:
        """A callback's body is checked, and a role that doesn't begin by a board is led to its page."""
        if request.path == RAPPEL and request.method == "POST":
            g.entrees = read_inputs(request.get_data(), self._app.callback_map)
            return answer(REFUS, 400, "text/plain") if g.entrees is None else None
        target = ACCUEILS.get(current_session().roles[0])
        return redirect(target) if request.path == "/" and target else None

    def _leave(self, response: Response) -> Response:
        fichier = request.path.startswith(_FICHIERS) and response.status_code == 200
        session = g.get("session_acces")
        if session and response.status_code == 200 and "attachment" in response.headers.get("Content-Disposition", ""):
            try:
                self.journal.export(session, request, response)
            except OSError as error:
                _LOG.error("%s : export sans trace refusé (%s)", g.demande, error.strerror)
                response = answer(
                    "L’export ne peut pas être tracé : il n’est pas remis. Prévenez l’exploitant.", 503, "text/plain"
                )
        if fichier:
            response.direct_passthrough = False
            response.add_etag()
            response.make_conditional(request)
        self._compression.shrink(request, response, fichier)
        garde = (IMMUABLE if _is_versioned() else A_REVOIR) if fichier else JAMAIS
        protect(response, self._csp, self.configuration.serveur.https, garde)
        if "demande" in g:
            response.headers["X-Demande"] = g.demande
            self.mesures.observe(_route(request.path), response.status_code, time.perf_counter() - g.debut)
        return response

    def _fail(self, error: Exception) -> AnyResponse:
        """Whatever goes wrong ends in French, without a trace of the program; the log has it under the request's number."""
        if isinstance(error, HTTPException) and error.code is not None and error.code < 500:
            return refuse(AccesRefuse(error.code, "Demande refusée", REFUS))
        if request.path.startswith(_FICHIERS):  # Dash raises for a file that isn't the program's
            return refuse(AccesRefuse(404, "Fichier introuvable", "Il n’y a pas de fichier à cette adresse."))
        numero = g.get("demande", "")
        current_app.logger.error("Demande %s : %s", numero, type(error).__name__, exc_info=error)
        phrase = f"Une erreur est survenue. Recommencez ; si elle revient, donnez à l’exploitant le numéro {numero}."
        return refuse(AccesRefuse(500, "Erreur", phrase))

    def _restricted(self) -> Lecteur:
        """The reader of the person who asks, one a request. Fails outside a request, and without a session: default deny."""
        session = current_session()
        if "lecteur" not in g:
            g.lecteur = self._tout.restrict(
                session.portee, lambda niveau, code: self.journal.refuse(session, niveau, code)
            )
        return cast("Lecteur", g.lecteur)

    def _is_empty(self, portee: Portee) -> bool:
        try:
            return not self._tout.restrict(portee, lambda _niveau, _code: None).accueil()
        except MetricsUserError:
            return False


def _is_public(path: str) -> bool:
    return path in (SANTE, MESURES, *PAGES_LEGALES) or path.startswith(_FICHIERS)


def _is_versioned() -> bool:
    """Whether the address of a file changes with its content: Dash writes `?m=` or `.v` into it."""
    return "m" in request.args or ".v" in request.path


def _route(path: str) -> str:
    """Kind of route, for counters: never an address, nor a word of it that a person could choose."""
    if path.startswith(_FICHIERS):
        return "fichier"
    known = {RAPPEL: "rappel", SANTE: "sante", MESURES: "metriques"}
    if path in known:
        return known[path]
    if path.startswith("/_dash-"):
        return "programme"
    export, page = _EXPORTS.get(path.split("/")[1]), parse_route(path)
    return export or (page.page if page else "inconnue")
