"""In a real Chromium: images by keyboard, paper that fits its pages, a map that asks nothing of anybody."""

import re
import shutil
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bench.browser import FLAGS
from dashboards.app import create_app
from metrics.tableau import Tableau, Vue
from tests.dashboards.fake_ecoles import LecteurEcoles

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CIRCONSCRIPTION, ECOLE = "/territoire/circonscription/0341123X", "/ecole/0342332A"
ECOLES = 40  # of a circonscription: few have more
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


class LecteurComplet(LecteurEcoles):
    """Every block there may be, and as many schools as a circonscription has."""

    def read_tableau(self, vue: Vue) -> Tableau:
        tableau = super().read_tableau(vue)
        if vue.niveau != "circonscription":
            return tableau
        modele = tableau.enfants[0]
        ecoles = tuple(
            replace(modele, territoire=f"034{rang:04}A", nom=f"{modele.nom} {rang}") for rang in range(ECOLES)
        )
        return replace(tableau, enfants=ecoles)


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    serveur = make_server("127.0.0.1", 0, create_app(LecteurComplet()).server, threaded=True)
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
    contexte = chromium.new_context(viewport={"width": largeur, "height": 900}, color_scheme=theme)
    yield contexte.new_page()
    contexte.close()


def _open(page: Page, adresse: str) -> None:
    page.goto(adresse)
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    for graphe in page.locator(".dash-graph").all():  # not wait_for_function: the page's security policy forbids eval
        graphe.locator(".main-svg").first.wait_for()


@pytest.mark.parametrize(("chemin", "pages"), [(ECOLE, 1), (CIRCONSCRIPTION, 2)])
def test_a_sheet_of_paper_fits(page: Page, adresse: str, chemin: str, pages: int) -> None:
    _open(page, adresse + chemin)

    assert len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True))) == pages


def test_paper_says_when_and_where_and_hides_what_needs_a_screen(page: Page, adresse: str) -> None:
    _open(page, adresse + ECOLE)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    dit = page.locator(".impression").inner_text().replace("\u00a0", " ")
    assert f"{adresse}{ECOLE}" in dit
    assert "Chiffres arrêtés le" in dit
    assert [s for s in ("nav", "form", ".exports", "details") if page.locator(s).first.is_visible()] == []
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    largeur = page.locator("#serie-graphe .main-svg").first.evaluate("s => s.getBoundingClientRect().width")
    assert largeur <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("bloc", ["serie", "creneaux", "carte"])
def test_a_chart_becomes_an_image_by_keyboard(page: Page, adresse: str, tmp_path: Path, bloc: str) -> None:
    _open(page, adresse + CIRCONSCRIPTION)
    page.locator(f"#{bloc} button.image").focus()
    with page.expect_download() as telechargement:
        page.keyboard.press("Enter")
    image = tmp_path / "image.png"
    telechargement.value.save_as(image)

    nom = f"{bloc}_circonscription_0341123X_2025-09-01_2026-01-12_publication-7.png"
    assert telechargement.value.suggested_filename == nom
    assert image.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", image.read_bytes()[16:20])[0] == 2200


def test_an_image_has_the_legend_of_the_page(page: Page, adresse: str) -> None:
    _open(page, adresse + ECOLE)
    page.evaluate("Plotly.toImage = (figure) => { window.dite = figure; return Promise.resolve('data:,') }")
    page.locator("#serie button.image").click()
    dits = page.evaluate("dite.data.filter((trace) => trace.showlegend).map((trace) => trace.name)")

    assert {"Visites", "Chiffres provisoires", "non reçu", "Vacances scolaires"} <= set(dits)
    assert sorted(dits) == sorted(page.locator("#serie .legende li").all_inner_texts())


def test_the_map_and_the_exports_are_quiet_and_accessible(page: Page, adresse: str) -> None:
    plaintes: list[str] = []
    ailleurs: list[str] = []
    page.on("console", lambda m: plaintes.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
    page.on("request", lambda r: None if r.url.startswith((adresse, "data:", "blob:")) else ailleurs.append(r.url))
    for chemin in ("/territoire/region/76", "/territoire/academie/11", CIRCONSCRIPTION):
        _open(page, adresse + chemin)
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    assert (plaintes, ailleurs) == ([], [])
