"""The two boards, on what the engine itself published, as `dnma serve` serves them, in headless Chromium."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from bench.browser import serve_boards
from dnma import app
from tests.navigateur import HAUTEUR, Visite


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder of a small demo; its simulation lies beside it."""
    donnees = tmp_path_factory.mktemp("demo") / "d"
    options = [
        "--sans-serveur",
        "--donnees",
        str(donnees),
        "--ecoles",
        "12",
        "--semaines",
        "3",
        "--politique",
        "exacte",
    ]
    assert CliRunner().invoke(app, ["demo", *options]).exit_code == 0
    return donnees


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the boards of the demo are served."""
    with serve_boards(demo) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("path", "uai"), [("/", None), ("/ecole/0342332A", "0342332A")])
def test_a_published_board_shows_the_truth_quietly(
    demo: Path, address: str, chromium: Browser, path: str, uai: str | None, width: int
) -> None:
    truth = pl.read_parquet(demo.with_name("d.simulation") / "verite.parquet").filter(pl.col("profil") == "tous")
    visits = truth.filter(pl.col("uai") == uai if uai else pl.lit(True))["visites"].sum()
    page = chromium.new_page(viewport={"width": width, "height": HAUTEUR})
    visite = Visite(page, address)

    visite.open(path)
    said = page.locator("main").inner_text().replace("\u202f", "").replace("\u00a0", " ")

    assert f"{visits} visites" in said
    assert page.locator(".main-svg").count()
    assert "Données simulées" in page.locator("body").inner_text().replace("\u00a0", " ")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert visite.plaintes == []
    page.close()
