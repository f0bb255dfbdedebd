"""Every route is behind the guard, every answer bears its headers, and no body brings the server down."""

import gzip
import json
import os
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from dashboards.acces.corps import REFUS
from dashboards.acces.session import Session
from metrics.errors import PublicationAbsente
from metrics.tableau import Publication, Tableau, Vue
from tests.dashboards.acces import RAPPEL, SECRET, Porteur, body_of, configure, proxied, serve
from tests.dashboards.corps_tires import draw_body
from tests.dashboards.fake_lecteur import FakeLecteur

CORPS = int(os.environ.get("DNMA_CORPS", "1000"))
PUBLIQUES = {
    "/sante", "/metriques", "/accessibilite", "/donnees-personnelles", "/mentions-legales", "/ecoconception",
    "/assets/<path:filename>", "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "/dsfr/<path:nom>",
}  # fmt: skip


@pytest.fixture
def client(lecteur: FakeLecteur) -> FlaskClient:
    return serve(lecteur, None)


def path_of(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "x", rule.rule)


def test_every_route_but_the_public_ones_needs_a_session(tmp_path: Path) -> None:
    client = serve(FakeLecteur(), configure(tmp_path))
    person = Porteur(client)
    asked = {r.rule: person.post(path_of(r), json={}) if "POST" in (r.methods or ()) else person.get(path_of(r)) for r in client.application.url_map.iter_rules()}  # fmt: skip

    assert {rule: a.status_code for rule, a in asked.items() if rule not in PUBLIQUES and a.status_code != 401} == {}
    assert asked.keys() > PUBLIQUES
    assert asked["/metriques"].status_code == 403


@pytest.mark.parametrize("path", ["/accessibilite", "/mentions-legales", "/donnees-personnelles", "/ecoconception"])
def test_a_legal_page_is_a_plain_document_for_who_has_no_session(tmp_path: Path, path: str) -> None:
    answer = Porteur(serve(FakeLecteur(), configure(tmp_path))).get(path)

    assert answer.status_code == 200
    assert '<html lang="fr">' in answer.get_data(as_text=True)
    assert "<script" not in answer.get_data(as_text=True)


def test_a_legal_page_is_an_ordinary_one_for_who_has_a_session(client: FlaskClient) -> None:
    assert "react-entry-point" in client.get("/accessibilite").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/csv/serie?niveau=region&territoire=76", "/nulle/part", "/sante", RAPPEL])
def test_every_answer_bears_the_security_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Server"] == ""
    assert "Strict-Transport-Security" not in answer.headers


def test_hsts_is_sent_behind_https_alone(tmp_path: Path) -> None:
    client = serve(FakeLecteur(), configure(tmp_path, extra="[serveur]\nhttps = true"))

    assert client.get("/sante").headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_inline_scripts_of_the_page_are_those_that_the_policy_names(client: FlaskClient) -> None:
    answer = client.get("/")

    inline = re.findall(r"<script(?![^>]*src)[^>]*>", answer.get_data(as_text=True))
    executable = [tag for tag in inline if "application/json" not in tag]
    assert len(executable) <= answer.headers["Content-Security-Policy"].count("'sha256-")


def test_files_named_by_their_content_are_kept_and_the_others_asked_again(client: FlaskClient) -> None:
    named = client.get("/assets/board.css?m=1", buffered=True)
    unnamed = client.get("/_dash-component-suites/plotly/package_data/plotly.min.js")

    assert "immutable" in named.headers["Cache-Control"]
    assert unnamed.headers["Cache-Control"] == "public, no-cache"
    again = client.get(
        "/_dash-component-suites/plotly/package_data/plotly.min.js", headers={"If-None-Match": unnamed.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_answers_are_compressed_for_who_accepts_it(client: FlaskClient) -> None:
    plain = client.post(RAPPEL, json=body_of("/"))
    small = client.post(RAPPEL, json=body_of("/"), headers={"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(small.data)) == plain.json
    assert len(small.data) < 60_000


@pytest.mark.parametrize("path", ["/assets/board.css", "/_dash-component-suites/plotly/package_data/plotly.min.js"])
def test_who_reads_brotli_gets_the_same_file_smaller(client: FlaskClient, path: str) -> None:
    plain = client.get(path, buffered=True)
    gzipped = client.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    small = client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"}, buffered=True)

    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == gzip.decompress(gzipped.data) == plain.data
    assert len(small.data) < len(gzipped.data)


def test_a_file_asked_under_names_made_up_is_compressed_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    compressed: list[bytes] = []

    def compress(data: bytes, quality: int) -> bytes:
        compressed.append(data)
        return b""

    monkeypatch.setattr(brotli, "compress", compress)
    for made_up in ("v1m1", "v1m2", "v2m1"):
        path = f"/_dash-component-suites/dash/dash-renderer/build/dash_renderer.{made_up}.min.js"
        assert client.get(path, headers={"Accept-Encoding": "br"}, buffered=True).status_code == 200

    assert len(compressed) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_post_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(RAPPEL, json=body_of("/"), headers=headers).status_code == 403


def test_a_post_from_our_pages_is_answered(client: FlaskClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

    assert client.post(RAPPEL, json=body_of("/"), headers=headers).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_post_that_is_no_json_is_refused(client: FlaskClient, kind: str) -> None:
    assert client.post(RAPPEL, data=json.dumps(body_of("/")), content_type=kind).status_code == 415


@pytest.mark.parametrize("hote", ["ailleurs.example", "127.0.0.1.ailleurs.example", "10.0.0.4:8050", ""])
def test_local_access_answers_to_its_own_names_alone(client: FlaskClient, hote: str) -> None:
    assert client.get("/", headers={"Host": hote}).status_code == 403


@pytest.mark.parametrize("adresse", ["10.0.0.4", "", "::ffff:10.0.0.4"])
def test_local_access_answers_to_this_machine_alone(client: FlaskClient, adresse: str) -> None:
    assert client.get("/", environ_overrides={"REMOTE_ADDR": adresse}).status_code == 403


def test_local_access_refuses_a_relay(client: FlaskClient) -> None:
    assert client.get("/", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 403


def test_each_page_says_under_which_access_it_is_read(tmp_path: Path) -> None:
    local = serve(FakeLecteur(), None).post(RAPPEL, json=body_of("/")).get_data(as_text=True)
    person = Porteur(serve(FakeLecteur(), configure(tmp_path, "mdupont;;;pilote;tout;;;")), proxied("mdupont"))

    assert "Acc\\u00e8s local" in local or "Accès local" in local
    assert "mdupont" in person.page("/").get_data(as_text=True)


def test_no_body_ends_in_a_server_error(client: FlaskClient) -> None:
    fautes = [rang for rang in range(CORPS) if not is_answered(client, draw_body(rang))]

    assert fautes == []


def is_answered(client: FlaskClient, body: bytes) -> bool:
    """Whether a body gets a page or a refusal, and no word of the program."""
    answer = client.post(RAPPEL, data=body, content_type="application/json")
    return answer.status_code in (200, 400) and b"Traceback" not in answer.get_data()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[" * 60_000,
        b'{"output": 1}',
        b"\xff\xfe",
        json.dumps(body_of("\ud800")).encode(),
        b'{"output":"..a...b.."}',
    ],
    ids=["empty", "deep", "number", "not utf-8", "half a character", "other callback"],
)
def test_a_malformed_body_is_refused_in_french(client: FlaskClient, sent: bytes) -> None:
    answer = client.post(RAPPEL, data=sent, content_type="application/json")

    assert (answer.status_code, answer.get_data(as_text=True)) == (400, REFUS)


def test_a_body_that_is_too_long_is_refused(client: FlaskClient) -> None:
    assert client.post(RAPPEL, data=b" " * 70_000, content_type="application/json").status_code == 413


class LecteurCasse(FakeLecteur):
    def read_tableau(self, vue: Vue) -> Tableau:
        raise RuntimeError("0342332A secret")

    def publication(self) -> Publication:
        raise PublicationAbsente("Rien n’est encore publié.")


def test_a_bug_ends_in_french_with_a_number_and_nothing_of_the_program() -> None:
    answer = serve(LecteurCasse(), None).post(RAPPEL, json=body_of("/"))

    assert answer.status_code == 500
    assert answer.headers["X-Demande"] in answer.get_data(as_text=True)
    assert "secret" not in answer.get_data(as_text=True)


def test_health_says_which_publication_is_served(client: FlaskClient) -> None:
    assert client.get("/sante").json["publication"] == 7  # type: ignore[index]
    assert serve(LecteurCasse(), None).get("/sante").status_code == 503


def test_counters_name_routes_and_nobody(client: FlaskClient) -> None:
    client.post(RAPPEL, json=body_of("/ecole/0342332A"))

    text = client.get("/metriques").get_data(as_text=True)

    assert 'dnma_requetes_total{reponse="2xx",route="rappel"} 1' in text
    assert "0342332A" not in text


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/csv/serie", "csv"),
        ("/csv/qualite/refus", "csv"),
        ("/xlsx", "classeur"),
        ("/lisez-moi", "notice"),
        ("/fichier", "publication"),
        ("/", "accueil"),
        ("/protection", "protection"),
        ("/donnees-personnelles", "donnees-personnelles"),
        ("/ecole/0342332A", "noeud"),
        ("/territoire/region/76", "noeud"),
        ("/nulle/part", "inconnue"),
        ("/fichiers", "inconnue"),
        ("/_dash-layout", "programme"),
        ("/assets/board.css", "fichier"),
    ],
)
def test_counters_tell_pages_and_exports_apart(client: FlaskClient, path: str, route: str) -> None:
    client.get(path, buffered=True)

    text = client.get("/metriques").get_data(as_text=True)

    assert [line for line in text.splitlines() if line.startswith("dnma_requetes_total") and f'route="{route}"' in line]
    assert len([line for line in text.splitlines() if line.startswith("dnma_requetes_total")]) == 1


def test_counters_ask_for_a_token_behind_a_proxy(tmp_path: Path) -> None:
    (tmp_path / "jeton").write_text(SECRET, "utf-8")
    (tmp_path / "jeton").chmod(0o600)
    person = Porteur(serve(FakeLecteur(), configure(tmp_path, extra='[serveur]\njeton_mesures = "jeton"')))

    assert person.get("/metriques", headers={"Authorization": "Bearer faux"}).status_code == 403
    assert person.get("/metriques", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 200


def test_an_export_is_traced_or_not_sent(tmp_path: Path) -> None:
    client = serve(FakeLecteur(), None, tmp_path)
    path = "/csv/profils?niveau=region&territoire=76"
    sent = client.get(path)
    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text("utf-8").splitlines()]

    assert sent.status_code == 200
    assert [line["commande"] for line in lines] == ["tableaux connexion", "tableaux export"]
    assert lines[1]["demande"]["territoire"] == "76"
    assert lines[1]["lignes"] == sent.data.count(b"\n") - 1
    (tmp_path / "audit.jsonl").unlink()
    (tmp_path / "audit.jsonl").mkdir()
    assert client.get(path).status_code == 503


def test_who_could_not_be_traced_stays_out_until_it_can(tmp_path: Path) -> None:
    client = serve(FakeLecteur(), None, tmp_path)
    (tmp_path / "audit.jsonl").mkdir()
    refused = [client.get("/qualite").status_code, client.get("/qualite").status_code]
    (tmp_path / "audit.jsonl").rmdir()

    assert refused == [500, 500]
    assert client.get("/qualite").status_code == 200
    assert b"tableaux connexion" in (tmp_path / "audit.jsonl").read_bytes()


def test_who_reads_everything_may_take_the_file() -> None:
    from dashboards.acces.roles import Role
    from metrics.tableau import TOUT, Portee

    assert Session("a", (Role.ANALYSTE,), TOUT).peut_telecharger
    assert Session("a", (Role.ANALYSTE,), Portee(None)).peut_telecharger
    assert not Session("a", (Role.ANALYSTE,), Portee(frozenset({("region", "76")}))).peut_telecharger
    assert not Session("a", (Role.CONSEILLER,), TOUT).peut_telecharger
