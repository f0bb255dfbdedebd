"""Many people at once on the boards' real server: each opens a page, reads it a while, opens another.

It must not know a board: it is given addresses and their weights.
"""

import gzip
import http.client
import json
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

_RAPPEL = "/_dash-update-component"
CIBLES = (("contenu", "children"), ("bandeau", "children"), ("pied", "children"), ("titre", "data"))


@dataclass(frozen=True, slots=True)
class Foule:
    """What a crowd waited for: milliseconds of each answer, and answers that were no page."""

    durees: list[float]
    echecs: int
    par_seconde: float


def body_of(adresse: str) -> dict[str, object]:
    """What a browser sends to be shown an address."""
    pathname, _, search = adresse.partition("?")
    values = {"pathname": pathname, "search": f"?{search}" if search else ""}
    return {
        "output": "..{}..".format("...".join(f"{id_}.{name}" for id_, name in CIBLES)),
        "outputs": [{"id": id_, "property": name} for id_, name in CIBLES],
        "inputs": [{"id": "adresse", "property": name, "value": value} for name, value in values.items()],
        "changedPropIds": ["adresse.pathname"],
    }


def crowd(serveur: str, adresses: Mapping[str, int], personnes: int, duree_s: float, pause_s: float) -> Foule:
    """Answers given to `personnes` at once for `duree_s`; `pause_s` is the mean time that each spends on a page."""
    durees: list[float] = []
    echecs: list[int] = []
    end = time.monotonic() + duree_s

    def visit(graine: int) -> None:
        sort = random.Random(graine)
        connexion = http.client.HTTPConnection(serveur.removeprefix("http://"), timeout=60)
        time.sleep(sort.uniform(0, pause_s))
        while time.monotonic() < end:
            (adresse,) = sort.choices(list(adresses), list(adresses.values()))
            start = time.perf_counter()
            if _ask(connexion, adresse) != 200:
                echecs.append(1)
            durees.append((time.perf_counter() - start) * 1000)
            time.sleep(sort.uniform(0.5, 1.5) * pause_s)

    threads = [threading.Thread(target=visit, args=(graine,)) for graine in range(personnes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Foule(durees, len(echecs), len(durees) / duree_s)


def _ask(connexion: http.client.HTTPConnection, adresse: str) -> int:
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
    connexion.request("POST", _RAPPEL, json.dumps(body_of(adresse)), headers)
    reponse = connexion.getresponse()
    gzip.decompress(reponse.read())
    return reponse.status
