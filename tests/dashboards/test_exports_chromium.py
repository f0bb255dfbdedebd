"""In a real Chromium: images by keyboard, paper that fits its pages."""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from metrics.tableau import Tableau, Vue
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.navigateur import HAUTEUR, Visite, serve_lecteur

CIRCONSCRIPTION, ECOLE = "/territoire/circonscription/0341123X", "/ecole/0342332A"
# What an image would be made of is kept, and the image not made.
SANS_IMAGE = """() => {
  const { toImage } = Plotly;
  Plotly.toImage = (figure) => { Object.assign(window, { dite: figure }); Object.assign(Plotly, { toImage }); return Promise.resolve("data:,"); };
}"""
ECOLES = 40  # of a circonscription: few have more


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
    with serve_lecteur(LecteurComplet()) as adresse:
        yield adresse


@pytest.mark.parametrize(("chemin", "pages"), [(ECOLE, 1), (CIRCONSCRIPTION, 2)])
def test_a_sheet_of_paper_fits(ouvre: Callable[[str], Visite], chemin: str, pages: int) -> None:
    sheet = ouvre(chemin).page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type /Page\b(?!s)", sheet)) == pages


def test_paper_says_when_and_where_and_hides_what_needs_a_screen(ouvre: Callable[[str], Visite]) -> None:
    visite = ouvre(ECOLE)
    page = visite.page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    dit = page.locator(".impression").inner_text().replace("\u00a0", " ")
    assert f"{visite.adresse}{ECOLE}?annee=2025-2026&periode=semaine&du=2025-09-01&au=2026-01-12" in dit
    assert "Chiffres arrêtés le" in dit
    assert [s for s in ("nav", "form", ".exports", "details") if page.locator(s).first.is_visible()] == []
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    largeur = page.locator("#serie-graphe .main-svg").first.evaluate("s => s.getBoundingClientRect().width")
    assert largeur <= page.viewport_size["width"]  # type: ignore[index]


def test_paper_says_why_schools_are_listed_and_not_only_how_many(ouvre: Callable[[str], Visite]) -> None:
    page = ouvre(CIRCONSCRIPTION).page
    page.emulate_media(media="print")

    assert "12\u00a0visites par jour d’école, contre 41" in page.locator("#accompagner").inner_text()
    assert not page.locator("#accompagner .causes").is_visible()


def test_charts_below_the_screen_wait_but_paper_has_them(visite: Visite) -> None:
    page = visite.page
    page.add_init_script("window.requestIdleCallback = () => 0")  # a browser that never has time
    page.goto(visite.adresse + CIRCONSCRIPTION)
    page.locator(".main-svg").first.wait_for()
    late = page.locator("[data-figure]:not(:has(.main-svg))")
    assert late.count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert late.count() == 0


@pytest.mark.parametrize("bloc", ["serie", "creneaux", "carte"])
def test_a_chart_becomes_an_image_by_keyboard(ouvre: Callable[[str], Visite], tmp_path: Path, bloc: str) -> None:
    page = ouvre(CIRCONSCRIPTION).page
    page.locator(f"#{bloc} button.image").focus()
    with page.expect_download() as telechargement:
        page.keyboard.press("Enter")
    image = tmp_path / "image.png"
    telechargement.value.save_as(image)

    nom = f"{bloc}_circonscription_0341123X_2025-09-01_2026-01-12_publication-7.png"
    assert telechargement.value.suggested_filename == nom
    assert image.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", image.read_bytes()[16:20])[0] == 2200


def test_an_image_has_the_legend_of_the_page(ouvre: Callable[[str], Visite]) -> None:
    page = ouvre(ECOLE).page
    page.evaluate(SANS_IMAGE)
    page.locator("#serie button.image").click()
    dits = page.evaluate("dite.data.filter((trace) => trace.showlegend).map((trace) => trace.name)")

    assert {"Visites", "Chiffres provisoires", "non reçu", "Vacances scolaires"} <= set(dits)
    assert sorted(dits) == sorted(page.locator("#serie .legende li").all_inner_texts())


def test_an_image_runs_over_no_edge_and_says_when_its_data_are_made_up(ouvre: Callable[[str], Visite]) -> None:
    page = ouvre(CIRCONSCRIPTION).page
    page.evaluate(SANS_IMAGE)
    page.locator("#serie button.image").click()
    lignes = page.evaluate("dite.layout.annotations.at(-1).text").split("<br>")

    assert max(len(ligne) for ligne in lignes) <= 175
    assert "Données simulées" in " ".join(lignes)


def test_dates_under_a_chart_do_not_touch_on_a_phone(ouvre: Callable[[str], Visite]) -> None:
    page = ouvre(CIRCONSCRIPTION).page
    dates = page.locator("#serie .xtick text").all()
    cadres = [cadre for date in dates if (cadre := date.bounding_box())]

    assert len(cadres) > 2
    assert all(left["x"] + left["width"] < right["x"] for left, right in pairwise(cadres))


def test_an_address_with_an_anchor_opens_there_and_going_back_too(visite: Visite) -> None:
    visite.open("/territoire/circonscription/0341123X?tri=-visites#enfants")
    top = "document.getElementById('enfants').getBoundingClientRect().top"
    assert abs(visite.page.evaluate(top)) < HAUTEUR / 4

    visite.page.evaluate("window.scrollTo(0, 1500)")
    visite.page.goto(f"{visite.adresse}/aide")
    visite.page.go_back()
    visite.page.locator("main h1").wait_for()

    visite.page.wait_for_function("Math.abs(window.scrollY - 1500) < 2")
