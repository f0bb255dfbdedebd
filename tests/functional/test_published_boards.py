"""The two boards, on what the engine itself published, as `dnma serve` serves them, in headless Chromium."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, sync_playwright
from typer.testing import CliRunner

from bench.browser import FLAGS, serve_boards
from dnma import app

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (apt-get install chromium)")


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("path", "uai"), [("/", None), ("/ecole/0342332A", "0342332A")])
def test_a_published_board_shows_the_truth_quietly(
    demo: Path, address: str, browser: Browser, path: str, uai: str | None, width: int
) -> None:
    truth = pl.read_parquet(demo.with_name("d.simulation") / "verite.parquet").filter(pl.col("profil") == "tous")
    visits = truth.filter(pl.col("uai") == uai if uai else pl.lit(True))["visites"].sum()
    page = browser.new_page(viewport={"width": width, "height": 900})
    errors: list[str] = []
    outside: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None)

    page.goto(address + path)
    page.wait_for_selector(".main-svg")
    said = page.locator("main").inner_text().replace("\u202f", "").replace("\u00a0", " ")

    assert f"{visits} visites" in said
    assert "Données simulées" in page.locator("body").inner_text().replace("\u00a0", " ")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert (errors, outside) == ([], [])
    page.close()
