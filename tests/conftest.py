"""What all tests of a run share: the browser, which takes seconds to start and can't run twice under Playwright, and that no test
asserts a time."""

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from bench.browser import FLAGS

# Tabs of a site share a process, and so its compiled scripts: a board opens in half the time.
UN_PROCESSUS = "--process-per-site"

settings.register_profile("dnma", deadline=None)
settings.load_profile("dnma")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    chemin = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chemin is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chemin, args=[*FLAGS, UN_PROCESSUS])
        yield navigateur
        navigateur.close()
