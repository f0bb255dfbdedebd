"""What browsers ask of the collector: the tag's script, its beacons, and the images of tags of 2012.

It must not judge an event. A browser is told nothing of what became of its own, unless it asks.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ingest.blocks import LINE_MAX
from ingest.collecte.application import ENVOYEUR, Handler, answer_json, receive
from ingest.collecte.balise import NOM, balise, integrite
from ingest.collecte.corps import Corps, Morceau
from ingest.collecte.expediteurs import Site
from ingest.collecte.groupe import Verdict
from ingest.collecte.marquage import from_beacon, from_hit, from_query
from ingest.collecte.reception import Reception
from ingest.errors import OrigineRefusee

PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
_IMAGE = {"cache-control": "no-store", "cross-origin-resource-policy": "cross-origin"}
_SCRIPT = {
    "access-control-allow-origin": "*",  # without it a browser can't check the script's integrity
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=3600",
    "x-content-type-options": "nosniff",
}
_ACCEPTE = Response(status_code=204)  # the same for all: nothing is added to an answer once it is made
ToLine = Callable[[str, str, datetime], bytes]


def marquage(reception: Reception) -> Handler:
    """`POST /v1/marquage`: one event of the tag."""

    async def handle(request: Request) -> Response:
        site = find_site(reception, request.headers.get("origin", ""))
        corps = await receive(request, reception, LINE_MAX)
        try:
            verdict = await _take(reception, request, site, from_beacon(corps, _agent(request), datetime.now(UTC)))
        finally:
            reception.release(len(corps))
        if "application/json" not in request.headers.get("accept", ""):
            return _ACCEPTE
        return answer_json(200, _describe(verdict))

    return handle


def hit_gif(reception: Reception) -> Handler:
    """`GET /v1/hit.gif`: the properties of the tag as a query string, for pages without scripts."""
    return _image(reception, from_query)


def hit_xiti(reception: Reception) -> Handler:
    """`GET /hit.xiti`: the tag of 2012, whose host name alone changes."""
    return _image(reception, lambda query, agent, now: from_hit(query, agent, now, reception.ecoles_xiti))


def _image(reception: Reception, to_line: ToLine) -> Handler:
    async def handle(request: Request) -> Response:
        site = find_site(reception, _referent(request))
        await _take(reception, request, site, to_line(request.url.query, _agent(request), datetime.now(UTC)))
        return Response(PIXEL, 200, _IMAGE, "image/gif")

    return handle


def dnma_js(_reception: Reception) -> Handler:
    """`GET /dnma.js`: the tag."""

    async def handle(_request: Request) -> Response:
        return Response(balise(), 200, _SCRIPT, "text/javascript")

    return handle


def extrait(_reception: Reception) -> Handler:
    """`GET /v1/balise`: what a vendor pastes in its pages, with the digest by which a browser checks the script."""

    async def handle(request: Request) -> Response:
        element = (
            f'<script src="{_public_address(request)}{NOM}" defer crossorigin="anonymous"\n  integrity="{integrite()}"\n'
            '  data-uai="" data-profil="" data-visiteur="" data-service=""></script>\n'
        )
        return PlainTextResponse(element, headers={"x-content-type-options": "nosniff"})

    return handle


def _public_address(request: Request) -> str:
    """Where this request came to: a proxy that speaks TLS for the collector says so."""
    secured = request.headers.get("x-forwarded-proto") == "https"
    return str(request.base_url.replace(scheme="https") if secured else request.base_url)


async def _take(reception: Reception, request: Request, site: Site, ligne: bytes) -> Verdict:
    request.scope[ENVOYEUR] = site.code
    return await reception.take(site, Corps(1, iter([Morceau(ligne, 1)]), len(ligne)))


def find_site(reception: Reception, origine: str) -> Site:
    """The tagged site that an origin belongs to. Raises OrigineRefusee."""
    site = reception.registre.origines.get(origine) if origine else reception.registre.sans_referent
    if site is None:
        raise OrigineRefusee("Ce site n'est pas déclaré auprès du collecteur. Faites ajouter son origine.")
    return site


def _referent(request: Request) -> str:
    """Origin of the page that asks for an image; nothing else of its address is looked at."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "?"
    return f"{page.scheme}://{page.netloc}" if page.netloc else ""


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _describe(verdict: Verdict) -> dict[str, object]:
    return {"accepte": False, "motif": verdict.refuses[0][1]} if verdict.refuses else {"accepte": True}
