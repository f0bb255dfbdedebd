"""In a real Chromium, under the content policy as it is sent: pages draw, complain of nothing, and weigh little."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.navigateur import Visite

FILTRE_MAX = 60_000
PREMIERE_MAX = 1_700_000
SANS_GRAPHIQUE_MAX = 300_000


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    contexte = chromium.new_context()  # nothing in its cache
    yield contexte.new_page()
    contexte.close()


def weigh(page: Page) -> list[float]:
    """Bytes of each answer that the page gets from now on, as they come."""
    octets = list[float]()
    reseau = page.context.new_cdp_session(page)
    reseau.send("Network.enable")
    reseau.on("Network.loadingFinished", lambda fin: octets.append(fin["encodedDataLength"]))
    return octets


def test_pages_draw_under_the_policy_and_a_filter_change_is_light(page: Page, adresse: str) -> None:
    visite, octets = Visite(page, adresse), weigh(page)
    for chemin in ("/ecole/0342332A", "/", "/definitions"):
        visite.open(chemin)
    octets.clear()
    visite.open("/?profil=eleve")
    page.locator(".main-svg").first.wait_for()

    assert visite.plaintes == []
    assert sum(octets) <= FILTRE_MAX


def test_a_first_visit_stays_within_its_budget(page: Page, adresse: str) -> None:
    octets = weigh(page)
    Visite(page, adresse).open("/")
    page.locator(".main-svg").first.wait_for()

    assert 1_000_000 < sum(octets) <= PREMIERE_MAX  # Plotly alone is over a million


def test_a_page_without_a_chart_asks_for_nothing_that_draws(page: Page, adresse: str) -> None:
    octets = weigh(page)
    Visite(page, adresse).open("/definitions")

    assert 100_000 < sum(octets) <= SANS_GRAPHIQUE_MAX
