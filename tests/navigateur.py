"""The one way for tests to look at pages: a reader served here, and a page that keeps what went wrong, under the policy as sent.

It must not know what a page shows.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from dashboards.acces.configuration import Configuration
from dashboards.app import create_app
from dashboards.source import Lecteur

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HAUTEUR, ATTENTE_MS = 900, 20_000
Theme = Literal["light", "dark"]
# Once drawn, a page has said what it has to say when its browser has had nothing to do.
_REPOS = "() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))"
# Contrast takes most of axe's time: of cells and entries that look alike on the same ground, it looks at the first. A look
# is the classes, colours and letters of an element, of what it lies in and of all it holds; every other rule sees everything.
_AXE = """async () => {
  const ground = (e) => { const s = e && getComputedStyle(e).backgroundColor; return e && s === "rgba(0, 0, 0, 0)" ? ground(e.parentElement) : s; };
  const look = (e) => { const s = getComputedStyle(e); return [e.tagName, e.className, s.color, s.backgroundColor, s.fontSize, s.fontWeight, s.opacity].join(); };
  document.querySelectorAll("[data-semblable]").forEach((e) => e.removeAttribute("data-semblable"));
  const seen = new Set();
  for (const one of document.querySelectorAll("th, td, li, dl > div")) {
    const all = [one, ...one.querySelectorAll("*")];
    const mine = [ground(one), look(one.parentElement), ...all.map(look)].join(";");
    if (seen.has(mine)) all.forEach((e) => e.setAttribute("data-semblable", ""));
    seen.add(mine);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-semblable])" }] });
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.map((v) => `${v.id} ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(" ")}`);
}"""


@contextmanager
def serve_lecteur(lecteur: Lecteur, configuration: Configuration | None = None) -> Iterator[str]:
    """Address of the boards of that reader."""
    serveur = make_server("127.0.0.1", 0, _whole(create_app(lecteur, configuration).server), threaded=True)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


@contextmanager
def open_contexte(chromium: Browser, adresse: str, largeur: int, theme: Theme = "light") -> Iterator[BrowserContext]:
    """A window of that width. One tab stays in it: those that follow share its process, where the scripts are compiled."""
    contexte = chromium.new_context(viewport={"width": largeur, "height": HAUTEUR}, color_scheme=theme)
    contexte.new_page().goto(f"{adresse}/assets/icone.svg")
    yield contexte
    contexte.close()


def _whole(application: "WSGIApplication") -> "WSGIApplication":
    """The same answers, read to their end first: a browser that leaves while a file is sent would have this server leave it open."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        body = application(environ, start_response)
        try:
            return [b"".join(body)]
        finally:
            getattr(body, "close", lambda: None)()

    return answer


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
        """Goes there and waits until everything is drawn, and the browser is at rest."""
        self.page.goto(f"{self.adresse}{chemin}")
        self.page.locator("main h1").wait_for()
        expect(self.page.locator("[data-figure]:not(:has(.main-svg))")).to_have_count(0, timeout=ATTENTE_MS)
        self.page.evaluate(_REPOS)

    def unfold(self) -> None:
        """Opens everything that opens."""
        self.page.eval_on_selector_all("details", "tous => tous.forEach(d => { d.open = true; })")

    def violations(self) -> list[str]:
        """What axe finds against accessibility, by any of its rules."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        return cast("list[str]", self.page.evaluate(_AXE))

    def overflows(self) -> bool:
        """Whether the page is wider than its screen."""
        ecran = self.page.viewport_size
        return ecran is None or self.page.evaluate("document.documentElement.scrollWidth") > ecran["width"]
