"""People who sign in to the fake ENT and click through its pages in Chromium, on devices of theirs, and what they clicked.

It must not ask the collector anything: what was clicked is what must be counted.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from playwright.sync_api import Browser, Page

from tests.functional.ent import CLIC, ECRAN, ENTREE, Compte, Ent

# Each device says who it is; headless Chromium would say that it is a robot.
AGENTS: Final = {
    "ordinateur": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "smartphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1",
    "tablette": "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parcours:
    """One person's way: the account, the device, and what is clicked after the first page; a tool of others is the end of it."""

    compte: Compte
    appareil: str
    clics: tuple[str, ...] = ()


class Appareils:
    """The devices of these people, each a browser of its own kind."""

    def __init__(self, chromium: Browser) -> None:
        self._contextes = {nom: chromium.new_context(user_agent=agent) for nom, agent in AGENTS.items()}
        self._pages = {nom: contexte.new_page() for nom, contexte in self._contextes.items()}

    def browse(self, ent: Ent, parcours: Parcours) -> list[dict[str, object]]:
        """Sign in from the public page and click; the native events that this makes, by the clock of the click."""
        page = self._pages[parcours.appareil]
        page.goto(ent.adresse)
        events = [_follow(page, parcours, parcours.compte.chemin, ENTREE)]
        events += [_follow(page, parcours, clic, clic) for clic in parcours.clics]
        return [] if parcours.compte.oppose else events

    def close(self) -> None:
        """Leave the pages as people do: what the last one sent must outlive it."""
        for nom, contexte in self._contextes.items():
            self._pages[nom].goto("about:blank")
            contexte.close()


def _follow(page: Page, parcours: Parcours, name: str, service: str) -> dict[str, object]:
    now = datetime.now(UTC)
    if name == ECRAN:
        page.get_by_role("button", name=name).click()
    else:
        link = page.get_by_role("link", name=name, exact=True)
        href = str(link.get_attribute("href"))
        link.click()
        page.wait_for_url(lambda url: url.endswith(href))  # until it is loaded, images included
    compte = parcours.compte
    values = {"uai": compte.uai, "profil": compte.profil, "service": service, "visiteur": compte.visiteur}
    return {
        "instant": now.isoformat(),
        **values,
        "appareil": parcours.appareil,
        "type": "TIERS" if name == CLIC else "",
    }
