"""Renew the pictures of the documents: the demo's boards in headless Chromium, at 1280 and 390 px.

It must not judge what it sees: tests do, and people.
"""

import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PORT = 8059
BASE = f"http://127.0.0.1:{PORT}"
PAGES = {"territoire": "/", "ecole": "/ecole/0342332A"}
WIDTHS = (1280, 390)
HEIGHT = 1000
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextmanager
def demo_server() -> Iterator[None]:
    """The demo's boards, served as `dnma serve` does; ended by its own handle."""
    dnma = [sys.executable, "-m", "dnma"]
    with tempfile.TemporaryDirectory() as folder:
        donnees = str(Path(folder) / "demo")
        subprocess.run([*dnma, "demo", "--sans-serveur", "--donnees", donnees], check=True)
        with subprocess.Popen([*dnma, "serve", "--donnees", donnees, "--port", str(PORT)]) as server:
            try:
                _wait()
                yield
            finally:
                server.terminate()


def _wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(BASE).close()
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(BASE)


def shoot(browser: Browser, target: Path) -> None:
    """One picture a page and width."""
    for name, path in PAGES.items():
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": HEIGHT})
            page.goto(BASE + path)
            page.wait_for_selector(".main-svg")
            page.wait_for_timeout(1500)  # charts settle
            page.screenshot(path=target / f"{name}-{width}.png")
            page.close()


def main(target: Path) -> None:
    """Write the pictures into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with demo_server(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        shoot(browser, target)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
