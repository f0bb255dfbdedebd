"""What the boards' tests share: the plan, fake readers, and a look at what is served as `adresse`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from marking_plan import MarkingPlan, load_plan
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import FakeLecteur
from tests.navigateur import HAUTEUR, Visite, serve_lecteur


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
def contexte(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """Of a module, for its pages to find the program's files in the cache."""
    largeur, theme = request.param
    contexte = chromium.new_context(viewport={"width": largeur, "height": HAUTEUR}, color_scheme=theme)
    yield contexte
    contexte.close()


@pytest.fixture
def visite(contexte: BrowserContext, adresse: str) -> Iterator[Visite]:
    page = contexte.new_page()
    yield Visite(page, adresse)
    page.close()
