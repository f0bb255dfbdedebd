"""The collector's addresses: read a request within bounds, in the order of trust.md C1, and answer once its events are on the disk.

It must not judge or write an event. Nothing that was received is shown in an answer or a log.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ingest.collecte import traces
from ingest.collecte.corps import CORPS_MAX, Corps, read_body
from ingest.collecte.expediteurs import Expediteur
from ingest.collecte.groupe import Verdict
from ingest.collecte.patience import RECEPTION_S
from ingest.collecte.reception import Reception
from ingest.collecte.signatures import check_signature
from ingest.errors import CorpsRefuse, EnvoiRefuse, SignatureRefusee
from marking_plan.semaines import today

EXPEDITEUR: Final = "dnma-expediteur"
ENVOYEUR: Final = "dnma.envoyeur"  # in the scope of a request: the declared sender that it names
_LARGE, _COMPRESSED_LARGE = 256 * 1024, 16 * 1024  # bodies from there on are read beside the event loop
_TYPES = ("application/x-ndjson", "application/json", "application/octet-stream", "text/plain", "")
_JSON = "application/json"
_OPENAPI = files("ingest.collecte") / "assets" / "openapi.json"
Handler = Callable[[Request], Awaitable[Response]]


def evenements(reception: Reception) -> Handler:
    """`POST /v1/evenements`: a vendor's signed batch."""

    async def handle(request: Request) -> Response:
        _check_type(request)
        declared = reception.registre.expediteurs.get(request.headers.get(EXPEDITEUR, ""))
        request.scope[ENVOYEUR] = declared.code if declared else None
        octets = await receive(request, reception, CORPS_MAX)
        try:
            declared = _check_sender(request, declared, octets)
            corps = await _read(request, reception, octets)
            with reception.holding(corps.octets):
                verdict = await reception.take(declared, corps)
        finally:
            reception.release(len(octets))
        return answer_json(200, _describe(verdict))

    return handle


def _check_type(request: Request) -> None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _TYPES:
        raise CorpsRefuse(415, "Type de contenu inconnu. Envoyez « application/x-ndjson » ou « application/json ».")


def _check_sender(request: Request, declared: Expediteur | None, octets: bytes) -> Expediteur:
    """Who signed these bytes. The refusal is the same whether the sender is unknown or its signature wrong."""
    if EXPEDITEUR not in request.headers:
        raise SignatureRefusee(f"En-tête {EXPEDITEUR} attendu : le nom d'expéditeur qui vous a été remis.")
    check_signature(request.headers, octets, declared.secrets_of(today()) if declared else [], datetime.now(UTC))
    assert declared is not None, "no secret signs for an unknown sender"
    return declared


async def _read(request: Request, reception: Reception, octets: bytes) -> Corps:
    """The body read; a large one beside the event loop, one at a time: inflating takes many times what was received."""
    encodage = request.headers.get("content-encoding", "").strip().lower()
    if len(octets) <= (_COMPRESSED_LARGE if encodage else _LARGE):
        return read_body(octets, encodage)
    return await asyncio.get_running_loop().run_in_executor(reception.lecteur, read_body, octets, encodage)


async def receive(request: Request, reception: Reception, limite: int) -> bytes:
    """The body as it came, counted as held: the caller releases it. Raises CorpsRefuse, FilePleine."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > limite:
        raise CorpsRefuse(413, f"Le corps dépasse {limite} octets. Envoyez moins d'événements à la fois.")
    pieces: list[bytes] = []
    octets, more = 0, True
    try:
        with reception.patience:
            while more:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                piece, more = message.get("body", b""), message.get("more_body", False)
                reception.hold(len(piece))
                octets += len(piece)
                if octets > limite:
                    raise CorpsRefuse(413, f"Le corps dépasse {limite} octets. Envoyez moins d'événements à la fois.")
                pieces.append(piece)
    except BaseException as error:
        reception.release(octets)
        if isinstance(error, TimeoutError):
            raise CorpsRefuse(408, f"Le corps n'est pas arrivé en {RECEPTION_S:.0f} s. Recommencez.") from error
        raise
    return b"".join(pieces)


def _describe(verdict: Verdict) -> dict[str, object]:
    refuses = [{"index": index, "motif": motif} for index, motif in verdict.refuses]
    recus = verdict.acceptes + verdict.doublons + len(refuses)
    return {"recus": recus, "acceptes": verdict.acceptes, "doublons": verdict.doublons, "refuses": refuses}


def openapi(_reception: Reception) -> Handler:
    """`GET /openapi.json`: what this collector answers to."""

    async def handle(_request: Request) -> Response:
        return Response(_OPENAPI.read_bytes(), media_type=_JSON)

    return handle


def sante(reception: Reception) -> Handler:
    """`GET /sante`: whether events are accepted."""

    async def handle(_request: Request) -> Response:
        defaut = reception.defaut
        return answer_json(503 if defaut else 200, {"etat": "arret" if defaut else "marche", "cause": defaut})

    return handle


def metrics(reception: Reception) -> Handler:
    """`GET /metrics`, for Prometheus."""

    async def handle(_request: Request) -> Response:
        return Response(reception.mesures.render(), media_type="text/plain; version=0.0.4")

    return handle


def answer_json(statut: int, content: object, headers: dict[str, str] | None = None) -> Response:
    """An answer of JSON."""
    return Response(orjson.dumps(content), statut, headers, _JSON)


def refuse_request(_request: Request, error: Exception) -> Response:
    """The answer to a request that can't be accepted."""
    if isinstance(error, EnvoiRefuse):
        headers = {"retry-after": str(error.reprise_s)} if error.reprise_s else None
        return answer_json(error.statut, {"erreur": error.message}, headers)
    statut = error.status_code if isinstance(error, HTTPException) else 400
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    return answer_json(statut, {"erreur": _PHRASES.get(statut, "Demande refusée.")}, headers)


_PHRASES = {
    400: "La demande s'est interrompue. Recommencez.",
    404: "Adresse inconnue. Les adresses du collecteur sont décrites par /openapi.json.",
    405: "Méthode refusée à cette adresse (voir /openapi.json).",
}


class Observed:
    """A handler as Starlette's routes call them, measured and told of in the log."""

    def __init__(self, route: str, reception: Reception, handler: Handler) -> None:
        self._route, self._reception, self._handler = route, reception, handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        debut, message, request = time.perf_counter(), None, Request(scope, receive, send)
        try:
            response = await self._handler(request)
        except (EnvoiRefuse, ClientDisconnect) as error:
            response = refuse_request(request, error)
            message = error.message if isinstance(error, EnvoiRefuse) else None
        duree_s = time.perf_counter() - debut
        self._reception.mesures.observe(self._route, response.status_code, duree_s)
        if response.status_code >= 400:
            traces.tell_refusal(self._route, response.status_code, duree_s, scope.get(ENVOYEUR), message)
        await response(scope, receive, send)
