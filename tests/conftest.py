"""The browser that all tests of a run share: it takes seconds to start, and two of Playwright's can't run at once."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from bench.browser import FLAGS


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    chemin = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chemin is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chemin, args=FLAGS)
        yield navigateur
        navigateur.close()
