"""Boards of schools and communes in a real Chromium: no complaint, no request elsewhere, no accessibility violation."""

from collections.abc import Iterator

import pytest

from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.navigateur import Visite, serve_lecteur

BOARDS = (
    "/territoire/region/76",
    "/territoire/circonscription/0341123X",
    "/territoire/commune/34194",
    "/ecole/0342332A",
)


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    with serve_lecteur(LecteurEcoles()) as adresse:
        yield adresse


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_board_of_schools_is_clean(visite: Visite, chemin: str) -> None:
    visite.open(chemin)
    for details in visite.page.query_selector_all("details:not([open]) > summary"):
        details.click()

    assert visite.violations() == []
    assert visite.plaintes == []
    assert not visite.overflows()
