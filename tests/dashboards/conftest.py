"""What the boards' tests share: the plan, fake readers, and a look at what is served as `adresse`."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from marking_plan import MarkingPlan, load_plan
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import FakeLecteur
from tests.navigateur import Visite, open_contexte, serve_lecteur


@pytest.fixture
def plan() -> MarkingPlan:
    return load_plan()


@pytest.fixture
def lecteur() -> FakeLecteur:
    return FakeLecteur()


@pytest.fixture(scope="session")
def adresse() -> Iterator[str]:
    """Where boards with every block are served."""
    with serve_lecteur(LecteurEcoles()) as adresse:
        yield adresse


@pytest.fixture(scope="module", params=[(1280, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def contexte(request: pytest.FixtureRequest, chromium: Browser, adresse: str) -> Iterator[BrowserContext]:
    """Of a module, for its pages to find the program's files in the cache."""
    with open_contexte(chromium, adresse, *request.param) as contexte:
        yield contexte


@pytest.fixture
def visite(contexte: BrowserContext, adresse: str) -> Iterator[Visite]:
    page = contexte.new_page()
    yield Visite(page, adresse)
    page.close()


@pytest.fixture(scope="module")
def deja_ouvertes(contexte: BrowserContext) -> Iterator[dict[str, Visite]]:
    """Pages of a module by path: to draw a board takes seconds."""
    pages: dict[str, Visite] = {}
    yield pages
    for visite in pages.values():
        visite.page.close()


@pytest.fixture
def ouvre(
    contexte: BrowserContext, adresse: str, deja_ouvertes: dict[str, Visite]
) -> Iterator[Callable[[str], Visite]]:
    """Opens a page that tests of a module share: for those that leave it as it was, but for paper, put away here."""

    def ouvre(chemin: str) -> Visite:
        if chemin not in deja_ouvertes:
            visite = Visite(contexte.new_page(), adresse)
            visite.open(chemin)
            deja_ouvertes[chemin] = visite
        return deja_ouvertes[chemin]

    yield ouvre
    for visite in deja_ouvertes.values():
        visite.page.emulate_media(media="screen")
