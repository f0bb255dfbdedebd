"""A small fake ENT, as its vendor would tag it: pages by account and service, a public one, and a tool of others next door.

It must not know what a collector does with what its pages send.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlencode, urlsplit

BALISE, MARQUEUR_2012, IMAGE = "balise", "marqueur de 2012", "image"
ENTREE: Final = "PAGE_ENT"
ECRAN, CLIC = "ABSENCES", "RESSOURCE_MULTIMEDIA"  # reached without loading a page, and by a link to a tool of others
# Names of services, and their number in the tag of 2012, where a page of none has an empty one.
SERVICES: Final = {ENTREE: "", "CAHIER_TEXTES": "9", "NOTES": "3", "COURRIER_ELECTRONIQUE": "10", "ACTUALITES": "11"}
_PROFILS_2012: Final = {"ELEVE": "1", "ENSEIGNANT": "2", "PARENT": "3"}


@dataclass(frozen=True, slots=True)
class Compte:
    """An account of the ENT in one of its schools, whose pages are marked one way; `oppose`: its owner objects to measurement."""

    visiteur: str
    profil: str
    uai: str
    facon: str = BALISE
    oppose: bool = False

    @property
    def chemin(self) -> str:
        """Where its pages are."""
        return f"/{self.facon.split()[0]}/{self.uai}/{self.profil}/{self.visiteur}"


@dataclass(frozen=True, slots=True)
class Marques:
    """What the vendor was given: the element to paste, the collector's address, and the numbers (s, s2) of its schools in 2012."""

    element: str
    collecteur: str
    etablissements: dict[str, tuple[str, str]]

    def mark(self, compte: Compte, service: str) -> str:
        """What a page of that account and service bears."""
        if compte.facon == BALISE:
            return self._tag(compte, service)
        if compte.facon == MARQUEUR_2012:
            return self._image("/hit.xiti", self._hit(compte, service))
        values = {"uai": compte.uai, "profil": compte.profil, "visiteur": compte.visiteur, "service": service}
        return self._image("/v1/hit.gif", values)

    def mark_public(self) -> str:
        """The same element on a page where nobody is known: nothing is to be sent."""
        return self.element

    def _tag(self, compte: Compte, service: str) -> str:
        values = {"uai": compte.uai, "profil": compte.profil, "visiteur": compte.visiteur, "service": service}
        filled = re.sub(r'data-(\w+)=""', lambda found: f'data-{found[1]}="{escape(values[found[1]])}"', self.element)
        return filled.replace("<script ", '<script data-opposition="true" ') if compte.oppose else filled

    def _hit(self, compte: Compte, service: str) -> dict[str, str]:
        s, s2 = self.etablissements[compte.uai]
        profil = _PROFILS_2012[compte.profil]
        page = {"s": s, "s2": s2, "p": service.title(), "at": compte.visiteur, "ac": profil, "x1": SERVICES[service]}
        return {**page, "x2": profil, "x3": "1", "x4": "ONE", "idclient": compte.visiteur, "hl": "8x12x33"}

    def _image(self, chemin: str, values: dict[str, str]) -> str:
        return f'<img src="{escape(f"{self.collecteur}{chemin}?{urlencode(values)}")}" alt="" width="1" height="1">'


class Ent(ThreadingHTTPServer):
    """Serves the pages; `prepare` writes them. Anything else is a page without a mark, such as another host's tool."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.adresse = f"http://127.0.0.1:{self.server_port}"
        self._pages: dict[str, str] = {}

    def prepare(self, comptes: list[Compte], marques: Marques, tiers: str) -> None:
        """Write the pages of these accounts; `tiers` is the address of the tool of others."""
        self._pages["/"] = f"{marques.mark_public()}<h1>Bienvenue</h1>{_menu(tiers, comptes=comptes)}"
        for compte in comptes:
            for service in SERVICES:
                body = f"{marques.mark(compte, service)}<h1>{service}</h1>{_menu(tiers, compte)}"
                self._pages[f"{compte.chemin}/{service}"] = body

    def page(self, url: str) -> bytes:
        """The page of an address."""
        return f"<!doctype html><title>ENT</title>{self._pages.get(urlsplit(url).path, '<h1>Ailleurs</h1>')}".encode()


def _menu(tiers: str, compte: Compte | None = None, comptes: list[Compte] | None = None) -> str:
    links = [f'<a href="{c.chemin}/{ENTREE}">{c.chemin}</a>' for c in comptes or []]
    if compte:
        links += [f'<a href="{compte.chemin}/{service}">{service}</a>' for service in SERVICES]
        links.append(f'<a href="{tiers}/videos" data-dnma-clic="{CLIC}" data-dnma-outil="MON_OUTIL">{CLIC}</a>')
        links.append(f"<button onclick=\"dnma.page({{ service: '{ECRAN}' }})\">{ECRAN}</button>")
    return f"<nav>{''.join(links)}</nav>"


class _Handler(BaseHTTPRequestHandler):
    server: Ent

    def do_GET(self) -> None:
        content = self.server.page(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(BrokenPipeError):  # the page was left before it came
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests are silent."""


@contextmanager
def serving() -> Iterator[Ent]:
    """An ENT at work."""
    ent = Ent()
    threading.Thread(target=ent.serve_forever, daemon=True).start()
    yield ent
    ent.shutdown()
    ent.server_close()
