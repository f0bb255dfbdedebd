"""Both boards in a real Chromium: no error, no request elsewhere, no accessibility violation, same numbers everywhere."""

import csv
import io
import shutil
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bench.browser import FLAGS
from dashboards.app import create_app
from tests.dashboards.fake_lecteur import FakeLecteur

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BOARDS = ("/territoire/circonscription/0341123X", "/ecole/0342332A")
AUTRES = ("/", "/recherche?q=ecole", "/definitions", "/nulle/part")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    serveur = make_server("127.0.0.1", 0, create_app(FakeLecteur()).server, threaded=True)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield navigateur
        navigateur.close()


class Visite:
    """A page that keeps what it complained of and whom it asked."""

    def __init__(self, page: Page, adresse: str) -> None:
        self.page, self.adresse = page, adresse
        self.plaintes: list[str] = []
        self.ailleurs: list[str] = []
        page.on("console", lambda m: self.plaintes.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda erreur: self.plaintes.append(str(erreur)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((adresse, "data:", "blob:")) else self.ailleurs.append(r.url),
        )

    def open(self, chemin: str) -> None:
        """Goes there and waits until everything is drawn."""
        self.page.goto(f"{self.adresse}{chemin}")
        self.page.wait_for_selector("main h1")
        self.page.wait_for_function(
            "[...document.querySelectorAll('.dash-graph')].every(g => g.querySelector('.main-svg'))"
        )
        self.page.wait_for_load_state("networkidle")


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def visite(request: pytest.FixtureRequest, chromium: Browser, adresse: str) -> Iterator[Visite]:
    largeur, theme = request.param
    contexte = chromium.new_context(
        viewport={"width": largeur, "height": 900}, color_scheme=theme, bypass_csp=True
    )  # wait_for_function evaluates text; test_acces_chromium keeps the policy
    yield Visite(contexte.new_page(), adresse)
    contexte.close()


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_board_draws_without_error_or_foreign_request(visite: Visite, chemin: str) -> None:
    visite.open(chemin)
    assert visite.plaintes == []
    assert visite.ailleurs == []
    assert visite.page.evaluate("document.documentElement.scrollWidth") <= visite.page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("chemin", BOARDS + AUTRES)
def test_a_page_has_no_accessibility_violation(visite: Visite, chemin: str) -> None:
    visite.open(chemin)
    for details in visite.page.query_selector_all("details:not([open]) > summary"):
        details.click()
    violations = Axe().run(visite.page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_choice_makes_an_address_and_the_back_button_undoes_it(visite: Visite, chemin: str) -> None:
    visite.open(chemin)
    visite.page.select_option("#champ-profil", "eleve")
    visite.page.select_option("#champ-du", "2025-10-06")
    visite.page.click(".filtres button")
    visite.page.wait_for_function("location.search.includes('profil=eleve')")
    visite.page.wait_for_selector("main h1")
    assert visite.page.eval_on_selector("#champ-profil", "s => s.value") == "eleve"
    assert "6\u00a0octobre 2025" in visite.page.title() or visite.page.wait_for_function(
        "document.title.includes('octobre 2025')"
    )
    visite.page.go_back()
    visite.page.wait_for_function("location.search === ''")
    visite.page.wait_for_selector("main h1")
    assert visite.page.eval_on_selector("#champ-profil", "s => s.value") == "tous"


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_table_and_its_csv_hold_the_same_numbers(visite: Visite, chemin: str) -> None:
    visite.open(chemin)
    lien = visite.page.get_attribute("#serie a.csv", "href")
    texte = visite.page.request.get(f"{visite.adresse}{lien}").body().decode("utf-8-sig")
    attendus = [ligne[1:3] for ligne in csv.reader(io.StringIO(texte), delimiter=";")][1:]
    lus = visite.page.eval_on_selector_all(
        "#serie tbody tr",
        "lignes => lignes.map(l => [...l.querySelectorAll('td')].slice(0, 2).map(c => c.textContent))",
    )
    assert [[cellule.replace("\u202f", "").replace("–", "") for cellule in ligne] for ligne in lus] == attendus


def test_the_search_form_leads_to_a_school(visite: Visite) -> None:
    visite.open("/")
    visite.page.fill("#recherche-entete", "arc en ciel")
    visite.page.press("#recherche-entete", "Enter")
    visite.page.wait_for_selector(".resultats a")
    visite.page.click(".resultats a")
    visite.page.wait_for_selector(".fiche")
    assert visite.page.url.endswith("/ecole/0342332A")
