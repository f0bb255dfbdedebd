"""Every kind of page, on a laptop and on a phone, by day and by night, in a real Chromium (defect 20 of the ministry's page).

A page is opened once a width, everything in it unfolded, and seen in one theme then the other: charts and text follow the
style sheet, so that nothing is asked or drawn again.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from dashboards.state import PAGES_SIMPLES
from tests.navigateur import Theme, Visite, open_contexte

NULLE_PART = "/nulle/part"
BOARDS = (  # the région's is the first page
    "/territoire/academie/11", "/territoire/departement/034",
    "/territoire/circonscription/0341123X", "/territoire/commune/34194", "/ecole/0342332A",
)  # fmt: skip
PRINTED = ("/protection", "/qualite", "/aide", "/definitions", "/donnees-personnelles", "/mentions-legales")
PAGES = (*BOARDS, *(f"/{nom}" for nom in PAGES_SIMPLES), "/recherche?q=ecole", NULLE_PART)


@pytest.fixture(scope="module", params=[1280, 390])
def ecran(request: pytest.FixtureRequest, chromium: Browser, adresse: str) -> Iterator[BrowserContext]:
    with open_contexte(chromium, adresse, request.param) as contexte:
        yield contexte


@pytest.fixture(scope="module", params=PAGES)
def vue(request: pytest.FixtureRequest, ecran: BrowserContext, adresse: str) -> Iterator[Visite]:
    """The page, as one sees it with everything open."""
    visite = Visite(ecran.new_page(), adresse)
    visite.open(request.param)
    visite.unfold()
    yield visite
    visite.page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_defect_20_a_page_has_no_accessibility_violation(vue: Visite, theme: Theme) -> None:
    vue.page.emulate_media(color_scheme=theme)

    assert vue.violations() == []


@pytest.mark.parametrize("vue", PRINTED, indirect=True)
def test_a_page_that_is_no_board_is_printed_whole(vue: Visite) -> None:
    sections = vue.page.locator("main > section")
    vue.page.emulate_media(media="print")
    printed = [section.is_visible() for section in sections.all()]
    vue.page.emulate_media(media="screen")

    assert len(printed) > 1
    assert all(printed)


def test_defect_20_a_page_is_no_wider_than_its_screen(vue: Visite) -> None:
    assert not vue.overflows()


def test_defect_20_a_page_complains_of_nothing_and_asks_nobody_else(vue: Visite) -> None:
    status = "Failed to load resource: the server responded with a status of 404 (NOT FOUND)"

    assert vue.plaintes == ([status] if vue.page.url.endswith(NULLE_PART) else [])
