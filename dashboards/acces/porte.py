"""From a request to its session, or to the refusal that answers it: default deny.

It must not know routes: the guard says which ones need a session.
"""

import threading
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address
from pathlib import Path

from flask import Request

from dashboards.acces.configuration import LOCAL, Configuration
from dashboards.acces.entetes import Entetes, Mandataire
from dashboards.acces.errors import AccesRefuse
from dashboards.acces.habilitations import Droits, Habilitation, grant, load_habilitations
from dashboards.acces.session import LOCALE, Session
from metrics.tableau import Portee

# Where the gateway leaves headers as they came: WSGI's own names mix dashes and underscores up.
BRUTS = "dnma.entetes"
_LOCAUX = ("127.0.0.1", "localhost", "[::1]")
_RELAIS = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


class Porte:
    """Gives each request its session. `is_empty` tells whether a scope opens nothing that is published."""

    def __init__(self, configuration: Configuration, is_empty: Callable[[Portee], bool]) -> None:
        self._configuration = configuration
        self._is_empty = is_empty
        local = configuration.acces.mode == LOCAL
        self.mandataire = None if local else Mandataire(configuration)
        self._table = None if configuration.acces.habilitations is None else Table(configuration.acces.habilitations)
        if self._table and not local:
            self._table.read()  # a table that can't be read stops the start, not the first request

    def open(self, request: Request, jour: date) -> Session:
        """Session of a request. Raises AccesRefuse, or ConfigurationInvalide when the table was broken meanwhile."""
        if self.mandataire is None:
            return open_locally(request)
        entetes: Entetes = request.environ.get(BRUTS, ())
        identite = self.mandataire.identify(request.remote_addr or "", entetes)
        if identite is None:
            raise AccesRefuse(
                401,
                "Identification nécessaire",
                "Ces pages s’ouvrent depuis le portail de votre académie. Passez par lui, puis recommencez.",
            )
        acces, dpd = self._configuration.acces, self._configuration.dpd
        habilitations = self._table.read() if self._table else ()
        droits = grant(habilitations, identite, dpd, jour, acces.responsabilites)
        self._check(droits)
        return Session(identite.sujet, droits.roles, droits.portee)

    def _check(self, droits: Droits) -> None:
        if droits.suspendus and (not droits.roles or self._is_empty(droits.portee)):
            raise AccesRefuse(
                403,
                "Accès pas encore ouvert",
                "Ces pages ne sont pas encore ouvertes aux collectivités ni aux directions d’école : "
                "elles le seront par une décision datée du délégué à la protection des données.",
            )
        if not droits.roles:
            raise AccesRefuse(
                403,
                "Pas d’habilitation",
                "Vous êtes identifié, mais aucune habilitation en cours ne vous ouvre ces pages. "
                "Demandez-la au pilote du projet ENT de votre académie.",
            )


class Table:
    """The table of rights, read again when its file changes: a right withdrawn is withdrawn at the next request."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._lines: tuple[Habilitation, ...] = ()

    def read(self) -> tuple[Habilitation, ...]:
        """Its lines as the file stands. Raises ConfigurationInvalide: nobody enters on a table that can't be read."""
        with self._lock:
            try:
                stat = self._path.stat()
                seen = (stat.st_mtime_ns, stat.st_size)
            except OSError:
                seen = None
            if seen is None or seen != self._seen:
                self._lines, self._seen = load_habilitations(self._path), seen
            return self._lines


def open_locally(request: Request) -> Session:
    """Only this machine, by its own names: a page elsewhere that points its name here, or a proxy, gets nothing."""
    try:
        near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    hote = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if not near or hote not in _LOCAUX or any(nom in request.headers for nom in _RELAIS):
        raise AccesRefuse(
            403, "Accès local seulement", "Ce serveur ne répond qu’à la machine où il tourne, sans intermédiaire."
        )
    return LOCALE
