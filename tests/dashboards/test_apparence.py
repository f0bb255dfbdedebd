"""A State site's look is off unless declared, comes from this server alone, and keeps pages accessible."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from dashboards.acces.configuration import Configuration, load_configuration
from dashboards.acces.errors import ConfigurationInvalide
from dashboards.app import create_app
from tests.dashboards.fake_lecteur import FakeLecteur
from tests.navigateur import HAUTEUR, Visite, serve_lecteur

DECLARE = '[apparence]\ntheme = "dsfr"\nsite_de_l_etat = 2026-09-01\nintitule = ["Région académique", "Occitanie"]\n'


@pytest.fixture(scope="module")
def reglages(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    path = tmp_path_factory.mktemp("etat") / "dnma.toml"
    path.write_text(DECLARE, "utf-8")
    return load_configuration(path)


@pytest.fixture(scope="module")
def site(reglages: Configuration) -> Iterator[str]:
    with serve_lecteur(FakeLecteur(), reglages) as adresse:
        yield adresse


@pytest.fixture(scope="module", params=[1280, 390])
def vue(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Visite]:
    """A board of the State's site: opened once a width, for its style sheet makes it light or dark."""
    visite = Visite(chromium.new_page(viewport={"width": request.param, "height": HAUTEUR}), site)
    visite.open("/territoire/circonscription/0341123X")
    yield visite
    visite.page.close()


def test_pages_are_neutral_unless_a_state_site_is_declared() -> None:
    client = create_app(FakeLecteur()).server.test_client()

    assert "dsfr" not in client.get("/").get_data(as_text=True)
    assert client.get("/dsfr/etat.css").status_code == 404


@pytest.mark.parametrize("left", ["site_de_l_etat", "intitule"])
def test_the_states_look_asks_for_a_declaration(tmp_path: Path, left: str) -> None:
    path = tmp_path / "dnma.toml"
    path.write_text("\n".join(line for line in DECLARE.splitlines() if not line.startswith(left)), "utf-8")

    with pytest.raises(ConfigurationInvalide, match=left):
        load_configuration(path)


@pytest.mark.parametrize(
    "nom", ["dsfr.module.min.js", "../__init__.py", "%2e%2e/etat.css", "fonts/Marianne-Light.woff"]
)
def test_no_other_file_of_the_package_is_served(reglages: Configuration, nom: str) -> None:
    client = create_app(FakeLecteur(), reglages).server.test_client()

    with client.get("/dsfr/etat.css") as served, client.get(f"/dsfr/{nom}") as refused:
        assert (served.status_code, refused.status_code) == (200, 404)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_state_site_is_quiet_and_accessible(vue: Visite, theme: Literal["light", "dark"]) -> None:
    vue.page.emulate_media(color_scheme=theme)

    assert "OCCITANIE" in vue.page.locator("header .fr-logo").inner_text()
    assert vue.page.evaluate("document.fonts.check('1rem Marianne')")
    assert (vue.violations(), vue.plaintes, vue.overflows()) == ([], [], False)


def test_paper_is_light_in_the_states_dark_theme_too(vue: Visite) -> None:
    vue.page.emulate_media(media="print", color_scheme="dark")

    colours = vue.page.evaluate(
        "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    vue.page.emulate_media(media="screen")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize(
    "chemin", ["/csv/inconnu?niveau=region&territoire=76", "/assets/absent.css", "/mentions-legales"]
)
def test_a_refused_page_has_the_look_of_the_others(reglages: Configuration, chemin: str) -> None:
    client = create_app(FakeLecteur(), reglages).server.test_client()

    page = client.get(chemin, headers={"Accept": "text/html"}, environ_base={"REMOTE_ADDR": "192.0.2.1"}).get_data(
        as_text=True
    )

    assert [
        mot for mot in ("/dsfr/etat.css", "fr-logo", "Région académique", "/mentions-legales") if mot not in page
    ] == []


@pytest.mark.parametrize(("largeur", "theme"), [(1280, "light"), (390, "dark")])
def test_a_refused_page_of_a_state_site_is_quiet_and_accessible(
    chromium: Browser, site: str, largeur: int, theme: str
) -> None:
    page = chromium.new_page(viewport={"width": largeur, "height": HAUTEUR}, color_scheme=theme)  # type: ignore[arg-type]
    visite = Visite(page, site)
    page.goto(f"{site}/csv/inconnu")

    assert page.locator("h1").inner_text() == "Fichier indisponible"
    assert page.evaluate("document.fonts.check('1rem Marianne')")
    assert (visite.violations(), visite.overflows()) == ([], False)
    page.close()


def test_a_program_that_asks_for_no_page_is_refused_in_one_sentence(reglages: Configuration) -> None:
    refus = create_app(FakeLecteur(), reglages).server.test_client().get("/csv/inconnu")

    assert (refus.status_code, refus.mimetype) == (404, "text/plain")
