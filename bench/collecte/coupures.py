"""Kill a collector at random instants while events come in, and look for one that was acknowledged and is lost, or counted twice.

It must not forgive: senders send again what was not answered, and in the end each event is in the lake once.
"""

import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import polars as pl

from bench.collecte.envois import Editeur, build_batch, build_beacon, describe_site, make_lines
from bench.collecte.servie import Dossiers, Servie, start
from bench.collecte.tir import Connexion
from ingest.collecte.remise import hand_over
from ingest.pipeline import Lake
from marking_plan import load_plan
from marking_plan.lake import read_manifests

EMETTEURS = 4
LOT_MAX = 120
_PLAGE = 10_000_000  # numbers of the events of one sender
_VIE_S = (0.0, 1.5)  # how long a collector lives once it answers
_REMISE = 0.2  # how often segments are handed over while it works
_OK = (200, 204)


@dataclass(frozen=True, slots=True)
class Campagne:
    """What a campaign found. `perdus` and `comptes_deux_fois` are to be 0."""

    coupures: int
    acquittes: int
    renvois: int
    stockes: int
    distincts: int
    remises: int

    @property
    def perdus(self) -> int:
        """Events that were acknowledged and are nowhere."""
        return self.acquittes - self.distincts

    @property
    def comptes_deux_fois(self) -> int:
        """Rows of the lake that repeat another."""
        return self.stockes - self.distincts


@dataclass
class Emetteur:
    """Sends batch after batch, each until it is acknowledged, to whatever collector is there."""

    numero: int
    editeur: Editeur
    sort: random.Random
    port: int = 0
    acquittes: int = 0
    renvois: int = 0
    fini: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Work until `fini`, the last batch acknowledged too."""
        while not self.fini.is_set():
            debut = self.numero * _PLAGE + self.acquittes
            nombre = 1 if self.sort.random() < 0.3 else self.sort.randint(1, LOT_MAX)
            corps = make_lines(debut, nombre)
            essais = 0
            while not self._send(debut, nombre, corps):
                essais = 1
                time.sleep(0.02)
            self.acquittes += nombre
            self.renvois += essais

    def _send(self, debut: int, nombre: int, corps: bytes) -> bool:
        """Whether the batch was acknowledged; each try opens its connection, so that a kill may cut anything."""
        request = build_beacon(debut) if nombre == 1 else build_batch(self.editeur, f"lot-{debut}", corps)
        with suppress(OSError):
            connexion = Connexion(self.port)
            try:
                reponse = connexion.ask(request)
            finally:
                connexion.close()
            return reponse.statut in _OK and (nombre == 1 or _all_known(reponse.corps, nombre))
        return False


def _all_known(corps: bytes, nombre: int) -> bool:
    verdict = orjson.loads(corps)
    assert not verdict["refuses"], verdict
    return bool(verdict["acceptes"] + verdict["doublons"] == nombre)


def run_campaign(racine: Path, coupures: int, graine: int) -> Campagne:
    """Kill a collector so many times under load, then take everything in and count. Raises AssertionError when events differ."""
    sort, dossiers, editeur = random.Random(graine), Dossiers(racine), Editeur.make("banc")
    dossiers.declare(editeur.describe() + describe_site())
    emetteurs = [Emetteur(n, editeur, random.Random(graine + n)) for n in range(EMETTEURS)]
    threads = [threading.Thread(target=emetteur.run) for emetteur in emetteurs]
    remises = 0
    for coupure in range(coupures + 1):
        servie = start(dossiers, "--reserve-mio", "1")
        servie.wait()
        for emetteur in emetteurs:
            emetteur.port = servie.port
        if coupure == 0:
            for thread in threads:
                thread.start()
        if coupure < coupures:
            remises += _live(servie, dossiers, sort)
            servie.kill()
    for emetteur in emetteurs:
        emetteur.fini.set()
    for thread in threads:
        thread.join()
    servie.stop()
    remises += _hand_over(dossiers)
    found = Campagne(
        coupures=coupures,
        acquittes=sum(emetteur.acquittes for emetteur in emetteurs),
        renvois=sum(emetteur.renvois for emetteur in emetteurs),
        **_count(dossiers.donnees),
        remises=remises,
    )
    assert (found.perdus, found.comptes_deux_fois) == (0, 0), found
    return found


def _live(servie: Servie, dossiers: Dossiers, sort: random.Random) -> int:
    """Let it work a while; now and then segments are handed over meanwhile, as the timer does."""
    vie_s = sort.uniform(*_VIE_S)
    end = time.monotonic() + vie_s
    handed = _hand_over(dossiers) if sort.random() < _REMISE else 0
    time.sleep(max(0.0, end - time.monotonic()))
    assert servie.processus.poll() is None, servie.traces
    return handed


def _hand_over(dossiers: Dossiers) -> int:
    return sum(1 for _ in hand_over(Lake(dossiers.donnees, dossiers.cles, load_plan())))


def _count(donnees: Path) -> dict[str, int]:
    """Rows of the lake, and how many events they are."""
    rows = pl.concat(list(_read_parts(donnees)))
    return {"stockes": rows.height, "distincts": rows.select("visiteur", "uai", "id").n_unique()}


def _read_parts(donnees: Path) -> Iterator[pl.DataFrame]:
    for manifest in read_manifests(donnees):
        for part in manifest.parts:
            yield pl.read_parquet(donnees / part.chemin, columns=["visiteur", "uai", "id"])


def main() -> None:
    """`python -m bench.collecte.coupures [kills] [seed]`."""
    coupures, graine = (int(text) for text in (*sys.argv[1:], *("300", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        debut = time.monotonic()
        found = run_campaign(Path(folder) / "collecte", coupures, graine)
        print(f"{found}, perdus {found.perdus}, deux fois {found.comptes_deux_fois}, {time.monotonic() - debut:.0f} s")


if __name__ == "__main__":
    main()
