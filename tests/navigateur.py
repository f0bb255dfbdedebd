"""The one way for tests to look at pages: a reader served here, and a page that keeps what went wrong, under the policy as sent.

It must not know what a page shows.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from dashboards.acces.configuration import Configuration
from dashboards.app import create_app
from dashboards.source import Lecteur

HAUTEUR, ATTENTE_MS = 900, 20_000
_AXE = {"resultTypes": ["violations"]}  # every rule, without the details of what passed: half the time


@contextmanager
def serve_lecteur(lecteur: Lecteur, configuration: Configuration | None = None) -> Iterator[str]:
    """Address of the boards of that reader."""
    serveur = make_server("127.0.0.1", 0, create_app(lecteur, configuration).server, threaded=True)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


class Visite:
    """A page that keeps what it said in the console, what failed in it, and whom else it asked."""

    def __init__(self, page: Page, adresse: str) -> None:
        self.page, self.adresse = page, adresse
        self.plaintes: list[str] = []
        page.on("console", lambda message: self.plaintes.append(message.text))
        page.on("pageerror", lambda erreur: self.plaintes.append(str(erreur)))
        page.on("request", lambda requete: self._watch(requete.url))

    def _watch(self, url: str) -> None:
        if not url.startswith((self.adresse, "data:", "blob:")):
            self.plaintes.append(f"{url} est demandé ailleurs")

    def open(self, chemin: str) -> None:
        """Goes there and waits until everything is drawn, and nothing more is asked."""
        self.page.goto(f"{self.adresse}{chemin}")
        self.page.locator("main h1").wait_for()
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(".dash-graph:not(:has(.main-svg))")).to_have_count(0, timeout=ATTENTE_MS)

    def violations(self) -> list[str]:
        """What axe finds against accessibility."""
        trouvees = Axe().run(self.page, options=_AXE).response["violations"]
        return [f"{v['id']} {[n['html'][:200] for n in v['nodes'][:3]]}" for v in trouvees]

    def overflows(self) -> bool:
        """Whether the page is wider than its screen."""
        ecran = self.page.viewport_size
        return ecran is None or self.page.evaluate("document.documentElement.scrollWidth") > ecran["width"]
