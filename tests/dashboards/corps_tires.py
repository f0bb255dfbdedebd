"""Bodies of callbacks as no page sends them: drawn from a rank, so that one that goes wrong can be drawn again alone.

It must not know what becomes of them.
"""

import json
from random import Random
from typing import Final
from urllib.parse import urlencode

from tests.dashboards.acces import SORTIE, body_of

# Words that the boards know, and some that look like them: a draw has both.
_NOEUDS: Final = (
    "region",
    "76",
    "departement",
    "034",
    "circonscription",
    "0341123X",
    "commune",
    "34194",
    "uai",
    "0342332A",
)
_MOTS: Final = (
    *_NOEUDS,
    "territoire",
    "ecole",
    "qualite",
    "recherche",
    "definitions",
    "..",
    "",
    "%00",
    "é",
    "\u202e",
    "a" * 5_000,
)
_CHAMPS: Final = ("annee", "periode", "du", "au", "mois", "profil", "service", "detail", "perimetre", "tri", "q", "x")
_VALEURS: Final = (
    "2025-2026", "9999-0000", "semaine", "mois", "annee", "2025-09-01", "2025-13-41", "0001-01-01", "2025-12", "eleve", "tous",
    "accueil", "commune", "constant", "-visites", "nom", "'; drop table", "\ud800", "\x00", "", "١٢", "1e400", "🏫",
)  # fmt: skip
_ATOMES: Final = (
    None,
    True,
    False,
    0,
    -1,
    2**63,
    2**70,
    0.5,
    1e308,
    "",
    "contenu",
    "adresse",
    "pathname",
    SORTIE,
    "\u0000",
)
_CLES: Final = (*body_of("/"), "state", "id", "property", "value", "x")


def draw_body(rang: int) -> bytes:
    """The body of that rank: any JSON, a true body spoiled in its fields or its bytes, or one whose addresses alone are odd."""
    tirage = Random(rang)
    return tirage.choice((_draw_addresses, _spoil_fields, _spoil_fields, _spoil_bytes, _spoil_bytes, _draw_any))(tirage)


def _draw_addresses(tirage: Random) -> bytes:
    """What a reader may write in the bar of the browser: only one in three reaches a board, which takes longest."""
    chemin = "/" + "/".join(tirage.choices(_MOTS, k=tirage.randint(0, 4)))
    if tirage.random() < 0.3:
        chemin = tirage.choice(("/", "/territoire/departement/034", "/ecole/0342332A", "/recherche"))
    champs = {tirage.choice(_CHAMPS): tirage.choice(_VALEURS) for _ in range(tirage.randint(0, 5))}
    return _write(body_of(chemin, f"?{urlencode(champs, errors='surrogatepass')}"))


def _spoil_fields(tirage: Random) -> bytes:
    body = body_of(_draw_json(tirage, 2), _draw_json(tirage, 2)) if tirage.random() < 0.5 else body_of("/", "")
    for _ in range(tirage.randint(1, 3)):
        body[tirage.choice(_CLES)] = _draw_json(tirage, 4)
    for cle in tirage.sample(sorted(body), tirage.randint(0, 2)):
        del body[cle]
    return _write(body)


def _spoil_bytes(tirage: Random) -> bytes:
    """A true body with bytes changed, dropped, doubled or cut off."""
    octets = bytearray(_write(body_of("/ecole/0342332A", "?profil=eleve")))
    for _ in range(tirage.randint(1, 4)):
        debut = tirage.randrange(len(octets))
        fin = debut + tirage.choice((0, 1, 1, 8))
        octets[debut:fin] = tirage.choice((b"", tirage.randbytes(1), octets[debut:fin] * 2, b'"', b"{", b"null"))
    return bytes(octets[: tirage.choice((len(octets), len(octets), tirage.randrange(len(octets) + 1)))])


def _draw_any(tirage: Random) -> bytes:
    return tirage.randbytes(tirage.randint(0, 64)) if tirage.random() < 0.3 else _write(_draw_json(tirage, 5))


def _draw_json(tirage: Random, profondeur: int) -> object:
    forme = tirage.random()
    if profondeur == 0 or forme < 0.5:
        return tirage.choice((*_ATOMES, *_MOTS, *_VALEURS))
    if forme < 0.75:
        return [_draw_json(tirage, profondeur - 1) for _ in range(tirage.randint(0, 4))]
    return {tirage.choice(_CLES): _draw_json(tirage, profondeur - 1) for _ in range(tirage.randint(0, 4))}


def _write(body: object) -> bytes:
    return json.dumps(body).encode()
