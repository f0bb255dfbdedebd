"""Boards of schools and communes in a real Chromium: no complaint, no request elsewhere, no accessibility violation."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bench.browser import FLAGS
from dashboards.app import create_app
from tests.dashboards.fake_ecoles import LecteurEcoles

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BOARDS = (
    "/territoire/region/76",
    "/territoire/circonscription/0341123X",
    "/territoire/commune/34194",
    "/ecole/0342332A",
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    serveur = make_server("127.0.0.1", 0, create_app(LecteurEcoles()).server, threaded=True)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield navigateur
        navigateur.close()


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    largeur, theme = request.param
    contexte = chromium.new_context(
        viewport={"width": largeur, "height": 900}, color_scheme=theme, bypass_csp=True
    )  # wait_for_function evaluates text; test_acces_chromium keeps the policy
    yield contexte.new_page()
    contexte.close()


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_board_of_schools_is_clean(page: Page, adresse: str, chemin: str) -> None:
    plaintes: list[str] = []
    ailleurs: list[str] = []
    page.on("console", lambda m: plaintes.append(m.text) if m.type in ("error", "warning") else None)
    page.on("request", lambda r: None if r.url.startswith((adresse, "data:", "blob:")) else ailleurs.append(r.url))
    page.goto(f"{adresse}{chemin}")
    page.wait_for_selector("main h1")
    page.wait_for_function("[...document.querySelectorAll('.dash-graph')].every(g => g.querySelector('.main-svg'))")
    for details in page.query_selector_all("details:not([open]) > summary"):
        details.click()

    violations = Axe().run(page).response["violations"]

    assert (plaintes, ailleurs) == ([], [])
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
