"""Requests for a collector, as the bytes that go over the wire: made beforehand, so that sending them costs little.

It must not send. Events are simulated; each has its own id, so that one counted twice or lost shows.
"""

import base64
import secrets
import time
from dataclasses import dataclass

import orjson

from ingest.collecte.signatures import HORODATAGE, ID, SIGNATURE, sign

ECOLES = ("0342332A", "0340002T", "0340585B", "0341234G")
_PROFILS, _SERVICES = ("eleve", "enseignant", "parent"), ("ACCUEIL", "MESSAGERIE", "CAHIER_TEXTES")
_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
SITE = "https://ent.exemple.fr"


@dataclass(frozen=True, slots=True)
class Editeur:
    """A simulated vendor: its code in the table, its secret."""

    code: str
    secret: bytes

    @classmethod
    def make(cls, code: str) -> "Editeur":
        """A vendor with a secret of its own."""
        return cls(code, secrets.token_bytes(32))

    def describe(self, evenements_s: int = 10_000_000) -> str:
        """Its part of the table of senders."""
        secret = base64.b64encode(self.secret).decode()
        return (
            f'[[expediteurs]]\ncode = "{self.code}"\ndepartements = ["034"]\nevenements_s = {evenements_s}\n'
            f'[[expediteurs.secrets]]\nkid = "essai"\nsecret = "whsec_{secret}"\n'
        )


def describe_site(evenements_s: int = 10_000_000) -> str:
    """The part of the table that declares the site of `build_beacon`."""
    return f'[[sites]]\ncode = "ent"\norigines = ["{SITE}"]\ndepartements = ["034"]\nevenements_s = {evenements_s}\n'


def make_event(numero: int, instant_ms: int) -> dict[str, object]:
    """The event of that number, at that instant."""
    return {
        "instant": instant_ms,
        "uai": ECOLES[numero % len(ECOLES)],
        "profil": _PROFILS[numero % len(_PROFILS)],
        "service": _SERVICES[numero // 7 % len(_SERVICES)],
        "visiteur": f"v{numero % 5000}",
        "agent": _AGENT,
        "id": f"e{numero}",
    }


def make_lines(premier: int, nombre: int) -> bytes:
    """So many events as lines, numbered from `premier`, spread over the last minutes."""
    now = int(time.time() * 1000)
    return b"".join(orjson.dumps(make_event(n, now - n % 600_000)) + b"\n" for n in range(premier, premier + nombre))


def build_batch(editeur: Editeur, identifiant: str, corps: bytes, encodage: str = "") -> bytes:
    """A signed request of that body."""
    now = int(time.time())
    headers = {
        "content-type": "application/x-ndjson",
        "dnma-expediteur": editeur.code,
        ID: identifiant,
        HORODATAGE: str(now),
        SIGNATURE: sign(editeur.secret, identifiant, now, corps),
        **({"content-encoding": encodage} if encodage else {}),
    }
    return build_request("POST", "/v1/evenements", headers, corps)


def build_beacon(numero: int) -> bytes:
    """The request of a tag for one event."""
    event = {**make_event(numero, 0), "instant": None}
    headers = {"content-type": "text/plain", "origin": SITE, "user-agent": str(event.pop("agent"))}
    return build_request("POST", "/v1/marquage", headers, orjson.dumps(event))


def build_request(methode: str, chemin: str, headers: dict[str, str], corps: bytes = b"") -> bytes:
    """The bytes of a request of HTTP/1.1 that keeps its connection."""
    lines = [f"{methode} {chemin} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(corps)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + corps
