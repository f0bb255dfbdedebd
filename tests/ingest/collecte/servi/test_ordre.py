"""Each check comes before what costs more (trust.md C1), and no request makes the collector fail."""

import gzip
import time

import orjson
import pytest

from bench.collecte.envois import SITE, Editeur, build_batch, build_beacon, build_request, make_lines
from ingest.collecte.corps import CORPS_MAX
from tests.ingest.collecte.servi.outils import Essai, Fil

ADRESSES = {
    "/v1/evenements": "POST",
    "/v1/marquage": "POST",
    "/v1/hit.gif": "GET",
    "/hit.xiti": "GET",
    "/dnma.js": "GET",
    "/v1/balise": "GET",
    "/openapi.json": "GET",
    "/sante": "GET",
    "/metrics": "GET",
}
METHODES = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "X-" + "A" * 20)
INCONNUES = ("/", "/v1", "/v1/evenements/", "/V1/EVENEMENTS", "/../etc/passwd", "/%2e%2e/x", "/v1/%00", "//sante", "/é")
ETRANGER = Editeur("editeur", b"x" * 32)  # the vendor's code, another's secret


def entete(longueur: object, chemin: str = "/v1/evenements", **autres: str) -> bytes:
    lines = [f"POST {chemin} HTTP/1.1", "host: x", f"content-length: {longueur}"]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in autres.items()), "", ""]).encode()


@pytest.mark.parametrize("adresse", ADRESSES)
def test_other_methods_are_refused_with_405(essai: Essai, adresse: str) -> None:
    autres = [methode for methode in METHODES if methode != ADRESSES[adresse]]

    found = {essai.get(adresse, methode).statut for methode in autres}

    assert found == {405}


@pytest.mark.parametrize("adresse", INCONNUES)
def test_an_unknown_address_is_not_found(essai: Essai, adresse: str) -> None:
    assert {essai.get(adresse, methode).statut for methode in ("GET", "POST")} <= {404, 400}


@pytest.mark.parametrize(
    ("adresse", "longueur"),
    [("/v1/evenements", CORPS_MAX + 1), ("/v1/evenements", 10**18), ("/v1/marquage", 16 * 1024 + 1)],
)
def test_a_length_over_the_cap_is_refused_before_a_byte_is_read(essai: Essai, adresse: str, longueur: int) -> None:
    fil = Fil(essai.servie.port)

    fil.send(entete(longueur, adresse, origin=SITE))

    assert fil.receive().statut == 413
    fil.close()


@pytest.mark.parametrize("longueur", ["-1", "1e3", "0x10", "10, 10", "9" * 30, " "])
def test_a_length_that_is_none_is_refused(essai: Essai, longueur: str) -> None:
    fil = Fil(essai.servie.port)

    fil.send(entete(longueur) + b"{}\n" * 10)

    assert fil.receive().statut in (400, 401, 413)
    fil.close()


def test_a_body_without_a_length_is_cut_at_the_cap(essai: Essai) -> None:
    fil = Fil(essai.servie.port)
    piece = b"%x\r\n" % (1 << 20) + bytes(1 << 20) + b"\r\n"

    fil.send(b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
    for _ in range(9):
        fil.send(piece)

    assert fil.receive().statut in (413, 0)  # 0: the answer is lost when the connection closes on what was still coming
    fil.close()
    assert essai.get("/sante").statut == 200


def test_a_wrong_signature_on_a_bomb_is_refused_without_inflating_it(essai: Essai) -> None:
    bombe = gzip.compress(make_lines(0, 1) * 2000) * 400
    essai.post(make_lines(0, 1))
    debut = time.perf_counter()

    signed_by_another = essai.ask(build_batch(ETRANGER, "b", bombe, "gzip"))
    assert time.perf_counter() - debut < 5
    unsigned = essai.ask(build_request("POST", "/v1/evenements", {"content-encoding": "gzip"}, bombe))
    damaged = essai.ask(build_batch(ETRANGER, "b", b"no gzip at all", "gzip"))

    assert [recu.statut for recu in (signed_by_another, unsigned, damaged)] == [401, 401, 401]
    assert essai.post(bombe, "gzip").statut == 413


def test_an_unknown_sender_is_answered_as_a_wrong_signature(essai: Essai) -> None:
    corps = make_lines(0, 1)

    unknown = essai.ask(build_batch(Editeur("personne", essai.editeur.secret), "i", corps))
    wrong = essai.ask(build_batch(ETRANGER, "i", corps))

    assert (unknown.statut, unknown.corps) == (wrong.statut, wrong.corps)
    assert unknown.statut == 401


def test_a_type_that_is_no_event_is_refused(essai: Essai) -> None:
    requete = build_batch(essai.editeur, "t", make_lines(0, 1)).replace(b"application/x-ndjson", b"multipart/form-data")

    assert essai.ask(requete).statut == 415


@pytest.mark.parametrize(
    "origine", ["", "https://autre.exemple.fr", "null", f"{SITE}.evil.fr", SITE.upper() + "/", "x" * 5000]
)
def test_a_page_of_another_site_marks_nothing(essai: Essai, origine: str) -> None:
    requete = build_beacon(1).replace(SITE.encode(), origine.encode())

    assert essai.ask(requete).statut == 403


def test_requests_that_follow_without_waiting_are_answered_in_order(essai: Essai) -> None:
    fil = Fil(essai.servie.port)
    asked = [
        build_batch(essai.editeur, f"p{n}", make_lines(n, 1)) if n % 2 else build_request("GET", "/sante", {})
        for n in range(20)
    ]

    fil.send(b"".join(asked))
    answers = [fil.receive() for _ in asked]

    assert [recu.statut for recu in answers] == [200] * 20
    assert ["etat" in orjson.loads(recu.corps) for recu in answers] == [n % 2 == 0 for n in range(20)]
    fil.close()


@pytest.mark.parametrize(
    "octets",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40),
        b"GET /sante HTTP/9.9\r\n\r\n",
        b"GET /sante\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /sante HTTP/1.1\r\nhost: x\r\nx: " + b"y" * 200_000 + b"\r\n\r\n",
        b"GET /sante HTTP/1.1\r\nhost: x\r\n" + b"".join(b"x%d: y\r\n" % n for n in range(2000)) + b"\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n",
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n123456",
        b"GET /sante HTTP/1.1\nhost: x\n\n",
        b"GET http://autre.exemple.fr/sante HTTP/1.1\r\nhost: x\r\n\r\n",
    ],
    ids=range(12),
)
def test_bytes_that_are_no_request_make_nothing_fail(essai: Essai, octets: bytes) -> None:
    fil = Fil(essai.servie.port)
    fil.send(octets)
    fil.send(b"")

    assert fil.receive().statut < 500
    fil.close()
    assert essai.get("/sante").statut == 200
