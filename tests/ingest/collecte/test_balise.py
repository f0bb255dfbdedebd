"""The tag in a real browser: what it sends, and all that it must not do to a page."""

import gzip
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ingest.collecte.balise import balise, integrite

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "vendeur.md").read_text("utf-8")
[SNIPPET] = re.findall(r"<script src=.*?</script>", GUIDE, re.DOTALL)
[LINK] = re.findall(r'<a href="[^"]*" data-dnma-clic.*?</a>', GUIDE)
DECLARED = {"uai": "0342332A", "profil": "ELEVE", "visiteur": "3f9c", "service": "CAHIER_TEXTES", "plateforme": "ONE"}
MAX_OCTETS = 3 * 1024
ATTENTE_MS = 10_000


class Site(ThreadingHTTPServer):
    """Serves pages by path, and keeps what is posted to it: headers and bodies."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.adresse = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def events(self) -> list[dict[str, object]]:
        return [json.loads(body) for _, _, body in self.posted]


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        kind, content = self.server.pages.get(self.path, ("text/html", b"<!doctype html><title>ailleurs</title>"))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Set-Cookie", "suivi=1; Path=/")
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.posted.append((self.path, headers, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are silent."""


@pytest.fixture
def collecteur() -> Iterator[Site]:
    site = Site()
    site.pages["/dnma.js"] = ("text/javascript", balise())
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture
def ent() -> Iterator[Site]:
    site = Site()
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture
def contexte(chromium: Browser) -> Iterator[BrowserContext]:
    contexte = chromium.new_context()
    yield contexte
    contexte.close()


@pytest.fixture
def page(contexte: BrowserContext) -> Page:
    return contexte.new_page()


def show(page: Page, ent: Site, collecteur: Site, corps: str = "", /, **attributes: str | None) -> None:
    """Open a page of the ENT with the tag of the guide, some of its attributes changed or (None) left out."""
    tag = SNIPPET.replace("https://collecte.exemple.fr", collecteur.adresse)
    for name, value in attributes.items():
        tag = re.sub(rf' data-{name}="[^"]*"', "", tag)
        tag = tag if value is None else tag.replace(" data-plateforme", f' data-{name}="{value}" data-plateforme')
    ent.pages["/page"] = ("text/html", f"<!doctype html><title>ENT</title>{tag}{corps}".encode())
    page.goto(f"{ent.adresse}/page", wait_until="load")


def wait_events(page: Page, collecteur: Site, count: int) -> list[dict[str, object]]:
    """Events received, once there are as many as expected, and no more after a while."""
    for _ in range(ATTENTE_MS // 50):
        if len(collecteur.posted) >= count:
            break
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)
    return collecteur.events


def test_the_tag_is_small_and_of_a_syntax_that_old_tablets_read() -> None:
    newer = re.findall(r"\?\.|\?\?|\.\.\.|catch \{|\bimport\(|#\w+ ?[=(]|\d_\d|\*\*=", balise().decode("ascii"))

    assert len(gzip.compress(balise(), 9)) <= MAX_OCTETS
    assert newer == []


def test_the_properties_of_the_page_are_sent_as_declared_and_nothing_else(
    page: Page, ent: Site, collecteur: Site
) -> None:
    show(page, ent, collecteur, nom="Martin", page="3", outil="")

    assert wait_events(page, collecteur, 1) == [DECLARED]
    [(path, headers, _)] = collecteur.posted
    assert (path, headers["content-type"], headers["origin"]) == (
        "/v1/marquage",
        "text/plain;charset=UTF-8",
        ent.adresse,
    )
    assert "HeadlessChrome" in headers["user-agent"]


def test_nothing_says_where_in_the_ent_the_page_is(page: Page, ent: Site, collecteur: Site) -> None:
    show(page, ent, collecteur)
    wait_events(page, collecteur, 1)

    [(_, headers, _)] = collecteur.posted
    assert headers.get("referer") == f"{ent.adresse}/"


def test_no_cookie_goes_out_and_nothing_is_kept_in_the_browser(
    contexte: BrowserContext, page: Page, ent: Site, collecteur: Site
) -> None:
    contexte.add_cookies([{"name": "session", "value": "s", "url": ent.adresse}])  # cookies don't tell ports apart
    show(page, ent, collecteur)
    wait_events(page, collecteur, 1)

    assert "session=s" in dict(ent.asked)["/page"]["Cookie"]
    assert "Cookie" not in dict(collecteur.asked)["/dnma.js"]
    assert "cookie" not in collecteur.posted[0][1]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert {cookie.get("name") for cookie in contexte.cookies()} == {"session", "suivi"}  # the ENT's own pages set both


def test_one_name_is_added_to_the_page(page: Page, ent: Site, collecteur: Site) -> None:
    page.goto(f"{ent.adresse}/nue")
    before = page.evaluate("Object.getOwnPropertyNames(window)")
    show(page, ent, collecteur)

    assert page.evaluate("Object.getOwnPropertyNames(window)") == [*before, "dnma"]
    assert page.evaluate("Object.keys(dnma)") == ["page"]


def test_nobody_but_the_collector_is_asked(contexte: BrowserContext, page: Page, ent: Site, collecteur: Site) -> None:
    asked: list[str] = []
    contexte.on("request", lambda request: asked.append(request.url))
    show(page, ent, collecteur)
    wait_events(page, collecteur, 1)

    assert asked == [f"{ent.adresse}/page", f"{collecteur.adresse}/dnma.js", f"{collecteur.adresse}/v1/marquage"]


def test_names_of_2021_are_understood(page: Page, ent: Site, collecteur: Site) -> None:
    show(page, ent, collecteur, service=None, visiteur=None, SERVICE="NOTES", ID_PERSO="42", TYPE="NATIF")

    [event] = wait_events(page, collecteur, 1)
    assert (event["service"], event["visiteur"], event["type"]) == ("NOTES", "42", "NATIF")


@pytest.mark.parametrize("visiteur", [None, ""])
def test_a_public_page_sends_nothing(page: Page, ent: Site, collecteur: Site, visiteur: str | None) -> None:
    show(page, ent, collecteur, LINK, visiteur=visiteur)
    page.evaluate("dnma.page({service: 'NOTES'})")
    page.click("a", button="middle")

    assert wait_events(page, collecteur, 0) == []


@pytest.mark.parametrize(
    ("said", "opposed"), [("true", True), ("True", True), ("", True), ("false", False), ("0", False)]
)
def test_an_opposition_is_counted_without_the_visitor(
    page: Page, ent: Site, collecteur: Site, said: str, opposed: bool
) -> None:
    show(page, ent, collecteur, opposition=said)

    [event] = wait_events(page, collecteur, 1)
    assert ("visiteur" in event, event.get("opposition")) == ((False, True) if opposed else (True, None))


@pytest.mark.parametrize("button", ["left", "middle"])
def test_a_click_on_a_marked_link_is_an_event_of_its_own_and_the_link_is_followed(
    contexte: BrowserContext, page: Page, ent: Site, collecteur: Site, button: str
) -> None:
    link = LINK.replace("https://outil.exemple.org", ent.adresse).replace("Vidéos", "<span>Vid</span>")
    show(page, ent, collecteur, link, type="NATIF")
    page.evaluate("document.querySelector('a').addEventListener('click', (event) => event.stopPropagation())")
    if button == "left":
        page.click("a span")
        page.wait_for_url(f"{ent.adresse}/")
    else:
        with contexte.expect_page() as opened:
            page.click("a span", button="middle")
        opened.value.wait_for_url(f"{ent.adresse}/")

    click = {**DECLARED, "service": "RESSOURCE_MULTIMEDIA", "outil": "MON_OUTIL", "type": "TIERS"}
    assert wait_events(page, collecteur, 2) == [{**DECLARED, "type": "NATIF"}, click]


def test_other_links_and_the_menu_of_a_marked_one_send_nothing(page: Page, ent: Site, collecteur: Site) -> None:
    show(page, ent, collecteur, f'{LINK}<a id="autre" href="#la">là</a>')
    page.click("a[data-dnma-clic]", button="right")
    page.click("#autre")

    assert len(wait_events(page, collecteur, 1)) == 1


def test_a_single_page_application_marks_its_screens(page: Page, ent: Site, collecteur: Site) -> None:
    show(page, ent, collecteur, LINK, visiteur="", outil="ZIMBRA")
    page.evaluate("dnma.page({VISITEUR: 'v2', SERVICE: 'NOTES', outil: null})")
    page.evaluate("dnma.page({visiteur: 'v2', service: 'ABSENCES', nom: 'Martin'})")
    page.evaluate("document.querySelector('a').addEventListener('auxclick', (event) => event.preventDefault())")
    page.click("a", button="middle")

    events = wait_events(page, collecteur, 3)
    assert [(e["visiteur"], e["service"]) for e in events] == [
        ("v2", "NOTES"),
        ("v2", "ABSENCES"),
        ("v2", "RESSOURCE_MULTIMEDIA"),
    ]
    assert not any("nom" in event for event in events)


def test_a_page_shown_again_from_history_counts_and_one_prepared_ahead_waits(
    page: Page, ent: Site, collecteur: Site
) -> None:
    page.add_init_script("Object.defineProperty(document, 'prerendering', { value: true })")
    show(page, ent, collecteur)
    assert wait_events(page, collecteur, 0) == []

    page.evaluate("document.dispatchEvent(new Event('prerenderingchange'))")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert wait_events(page, collecteur, 2) == [DECLARED, DECLARED]


def test_a_tag_that_is_there_twice_counts_once(page: Page, ent: Site, collecteur: Site) -> None:
    show(page, ent, collecteur, SNIPPET.replace("https://collecte.exemple.fr", collecteur.adresse))

    assert len(wait_events(page, collecteur, 1)) == 1


def test_a_browser_without_lasting_fetch_sends_a_beacon(page: Page, ent: Site, collecteur: Site) -> None:
    page.add_init_script("delete Request.prototype.keepalive")
    show(page, ent, collecteur)

    assert wait_events(page, collecteur, 1) == [DECLARED]
    assert collecteur.posted[0][1]["content-type"] == "text/plain;charset=UTF-8"


def test_a_request_outlives_the_page_that_made_it(page: Page, ent: Site, collecteur: Site) -> None:
    page.add_init_script(
        "window.demandes = []; const vrai = fetch; window.fetch = (a, o) => { demandes.push(o.keepalive); return vrai(a, o); }"
    )
    show(page, ent, collecteur)

    assert page.evaluate("demandes") == [True]


def test_a_file_that_was_changed_does_not_run(page: Page, ent: Site, collecteur: Site) -> None:
    collecteur.pages["/dnma.js"] = ("text/javascript", balise() + b"\n")
    show(page, ent, collecteur)

    assert integrite() in SNIPPET
    assert page.evaluate("typeof dnma") == "undefined"
    assert wait_events(page, collecteur, 0) == []


@pytest.mark.parametrize("tag_arrives", [True, False])
def test_a_collector_that_is_down_is_not_noticed(
    contexte: BrowserContext, page: Page, ent: Site, collecteur: Site, tag_arrives: bool
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"erreur : {error}"))
    contexte.route(f"{collecteur.adresse}/v1/**", lambda route: route.abort("connectionrefused"))
    if not tag_arrives:
        contexte.route(f"{collecteur.adresse}/dnma.js", lambda route: route.abort("connectionrefused"))
    link = LINK.replace("https://outil.exemple.org", ent.adresse)

    show(
        page,
        ent,
        collecteur,
        f"{link}<script>addEventListener('unhandledrejection', (e) => console.log('rejet'))</script>",
    )
    page.evaluate("if (window.dnma && dnma.page) dnma.page({ service: 'NOTES' })")
    page.evaluate("if (window.dnma && dnma.page) dnma.page({ get service() { throw new Error('vif'); } })")
    page.click("a")
    page.wait_for_url(f"{ent.adresse}/")
    page.wait_for_timeout(300)

    assert [text for text in said if not re.fullmatch(r"Failed to load resource: net::ERR_\w+", text)] == []
    assert collecteur.posted == []
