"""Renew the pictures of the documents: the demo's boards in headless Chromium, at 1280 and 390 px.

It must not judge what it sees: tests do, and people.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.browser import FLAGS, serve_boards

PAGES = {
    "territoire": "/",
    "circonscription": "/territoire/circonscription/0348000L",
    "ecole": "/ecole/0342332A",
    "qualite": "/qualite",
}
WIDTHS = (1280, 390)
HEIGHT = 1700


@contextmanager
def demo_server() -> Iterator[str]:
    """Address of the demo's boards."""
    with tempfile.TemporaryDirectory() as folder:
        donnees = Path(folder) / "demo"
        command = [sys.executable, "-m", "dnma", "demo", "--sans-serveur", "--donnees", str(donnees)]
        subprocess.run(command, check=True)
        with serve_boards(donnees) as address:
            yield address


def shoot(browser: Browser, address: str, target: Path) -> None:
    """One picture a page and width."""
    for name, path in PAGES.items():
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": HEIGHT})
            page.goto(address + path)
            page.wait_for_selector("h2")
            page.wait_for_timeout(1500)  # charts settle
            page.screenshot(path=target / f"{name}-{width}.png")
            page.close()


def main(target: Path) -> None:
    """Write the pictures into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with demo_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        shoot(browser, address, target)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
