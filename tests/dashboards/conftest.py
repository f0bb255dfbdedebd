"""What the boards' tests share: the plan, a fake reader, and a look at what a module serves as `adresse`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from marking_plan import MarkingPlan, load_plan
from tests.dashboards.fake_lecteur import FakeLecteur
from tests.navigateur import HAUTEUR, Visite


@pytest.fixture
def plan() -> MarkingPlan:
    return load_plan()


@pytest.fixture
def lecteur() -> FakeLecteur:
    return FakeLecteur()


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def visite(request: pytest.FixtureRequest, chromium: Browser, adresse: str) -> Iterator[Visite]:
    largeur, theme = request.param
    contexte = chromium.new_context(viewport={"width": largeur, "height": HAUTEUR}, color_scheme=theme)
    yield Visite(contexte.new_page(), adresse)
    contexte.close()
