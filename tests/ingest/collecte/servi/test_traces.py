"""The log holds one JSON object a line, and nothing that was sent (trust.md C11)."""

import orjson
import pytest

from bench.collecte.envois import SITE, build_batch, build_request, make_lines
from tests.ingest.collecte.servi.outils import Essai, Fil

MARQUE = "INJECTE"
INJECTIONS = [
    f'{MARQUE}\r\n{{"evenement":"{MARQUE}"}}',
    f"{MARQUE}\x1b[31m\x1b]0;x\x07",
    f"{MARQUE}%0d%0a%1b[2J",
    f"${{jndi:ldap://{MARQUE}}}",
    f"{MARQUE}\u202e\u2028\u0085",
    f"' OR 1=1; -- {MARQUE}",
    f"<script>{MARQUE}</script>",
    f"{MARQUE}{{0.__class__}} %s %n",
    MARQUE * 1000,
]
CHAMPS = {"evenement", "instant", "requete", "route", "statut", "duree_ms", "expediteur", "message"}


def requests_with(essai: Essai, texte: str) -> list[bytes]:
    """Requests that bear a text everywhere one can be borne, refused and accepted."""
    brut = texte.encode()
    corps = orjson.dumps({"uai": texte, "visiteur": texte, "instant": texte})
    names = (
        "user-agent",
        "referer",
        "origin",
        "cookie",
        "x-request-id",
        "x-forwarded-for",
        "dnma-expediteur",
        "content-type",
    )
    heads = [
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n%s: %s\r\n\r\n{}" % (n.encode(), brut)
        for n in names
    ]
    signed = build_batch(essai.editeur, "journal", corps)
    return [
        *heads,
        signed,
        signed.replace(b"webhook-id: journal", b"webhook-id: " + brut),
        build_request("POST", "/v1/marquage", {"origin": SITE}, corps),
        build_request("POST", "/v1/marquage", {"origin": SITE}, corps + brut),
        b"GET /%s HTTP/1.1\r\nhost: x\r\n\r\n" % brut,
        b"GET /v1/hit.gif?uai=%s HTTP/1.1\r\nhost: x\r\n\r\n" % brut,
        b"%s / HTTP/1.1\r\nhost: x\r\n\r\n" % brut,
        build_batch(essai.editeur, "journal", brut, "gzip"),
        brut,
    ]


@pytest.mark.parametrize("texte", INJECTIONS, ids=range(len(INJECTIONS)))
def test_no_text_that_was_sent_is_in_the_log(essai: Essai, texte: str) -> None:
    for requete in requests_with(essai, texte):
        fil = Fil(essai.servie.port)
        fil.send(requete + b"\r\n\r\n")
        assert fil.receive().statut < 500
        fil.close()

    assert MARQUE not in essai.servie.traces


def test_each_line_of_the_log_is_one_json_object_of_known_fields(essai: Essai) -> None:
    essai.ask(build_batch(essai.editeur, "i", b"no gzip", "gzip"))
    essai.ask(build_request("POST", "/v1/evenements", {"dnma-expediteur": "inconnu"}, make_lines(0, 1)))

    read = [orjson.loads(ligne) for ligne in essai.servie.traces.splitlines()]

    assert len(read) > 1
    assert set().union(*(set(ligne) for ligne in read)) <= CHAMPS
    assert {ligne["expediteur"] for ligne in read if "expediteur" in ligne} <= {
        None,
        "editeur",
        "ent",
        "presse",
        "tournant",
        "hier",
        "demain",
    }
    assert all(len(ligne["requete"]) == 16 for ligne in read if ligne["evenement"] == "refus")


def test_nobody_is_shown_in_what_is_measured(essai: Essai) -> None:
    mesures = essai.get("/metrics").corps.decode()

    assert "dnma_collecte_reponses_total" in mesures
    assert not any(word in mesures for word in (MARQUE, "0342332A", "127.0.0.1", "Mozilla"))
