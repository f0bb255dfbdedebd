"""In a real Chromium, under the content policy as it is sent: pages draw, complain of nothing, and weigh little."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright
from werkzeug.serving import make_server

from bench.browser import FLAGS
from dashboards.app import create_app
from tests.dashboards.fake_lecteur import FakeLecteur

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
FILTRE_MAX = 60_000
PREMIERE_MAX = 1_700_000


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    serveur = make_server("127.0.0.1", 0, create_app(FakeLecteur()).server, threaded=True)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


@pytest.fixture(scope="module")
def contexte() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield navigateur.new_context()
        navigateur.close()


def test_pages_draw_under_the_policy_and_a_filter_change_is_light(contexte: BrowserContext, adresse: str) -> None:
    page = contexte.new_page()
    plaintes: list[str] = []
    ailleurs: list[str] = []
    transferts: list[float] = []
    page.on("console", lambda message: plaintes.append(message.text))
    page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
    page.on("request", lambda r: None if r.url.startswith((adresse, "data:", "blob:")) else ailleurs.append(r.url))
    reseau = contexte.new_cdp_session(page)
    reseau.send("Network.enable")
    reseau.on("Network.loadingFinished", lambda fin: transferts.append(fin["encodedDataLength"]))

    for chemin in ("/ecole/0342332A", "/", "/definitions"):
        page.goto(f"{adresse}{chemin}")
        page.locator("main h1").wait_for()
        expect(page.locator(".dash-graph:not(:has(.main-svg))")).to_have_count(0, timeout=20_000)
    transferts.clear()
    page.goto(f"{adresse}/?profil=eleve")
    page.locator(".main-svg").first.wait_for()
    page.wait_for_load_state("networkidle")

    assert (plaintes, ailleurs) == ([], [])
    assert sum(transferts) <= FILTRE_MAX


def test_a_first_visit_stays_within_its_budget(contexte: BrowserContext, adresse: str) -> None:
    navigateur = contexte.browser
    assert navigateur is not None
    neuf = navigateur.new_context()  # nothing in its cache
    page, transferts = neuf.new_page(), list[float]()
    reseau = neuf.new_cdp_session(page)
    reseau.send("Network.enable")
    reseau.on("Network.loadingFinished", lambda fin: transferts.append(fin["encodedDataLength"]))
    page.goto(f"{adresse}/")
    expect(page.locator(".dash-graph:not(:has(.main-svg))")).to_have_count(0, timeout=20_000)
    page.locator(".main-svg").first.wait_for()
    page.wait_for_load_state("networkidle")
    neuf.close()

    assert 1_000_000 < sum(transferts) <= PREMIERE_MAX  # Plotly alone is over a million
