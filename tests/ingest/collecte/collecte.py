"""What tests of the collector share: events of the day, a post at work in this process, and what the lake then holds."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import orjson
import polars as pl

from ingest.collecte.groupe import Envoi, Verdict
from ingest.collecte.perimetre import Perimetre
from ingest.collecte.poste import Poste
from ingest.collecte.recepteur import open_poste
from ingest.pipeline import Lake
from marking_plan.codes import uai_check_letter
from marking_plan.lake import read_manifests

NOW = datetime.now(UTC)
ECOLES = ("0342332A", "0340002" + uai_check_letter("0340002"))
TOUTES = Perimetre(departements=frozenset({"034"}))


def event(n: int, **fields: object) -> dict[str, object]:
    """The event of that number, some seconds ago."""
    instant = (NOW - timedelta(seconds=n)).isoformat()
    known = {"instant": instant, "uai": ECOLES[n % 2], "profil": "eleve", "service": "ACCUEIL", "visiteur": f"v{n % 7}"}
    return {**known, "id": f"e{n}", **fields}


def lines(events: list[dict[str, object]]) -> bytes:
    """Their native lines."""
    return b"".join(orjson.dumps(event) + b"\n" for event in events)


def envoi(events: list[dict[str, object]], perimetre: Perimetre = TOUTES) -> Envoi:
    """A request of these events."""
    return Envoi(lines(events), len(events), perimetre)


def ask(poste: Poste, envoi: Envoi) -> Future[Verdict]:
    """What becomes of a request, in the future."""
    promesse: Future[Verdict] = Future()
    poste.submit(envoi, promesse)
    return promesse


@contextmanager
def working(lake: Lake) -> Iterator[Poste]:
    """A post at work."""
    with open_poste(lake) as poste:
        thread = Thread(target=poste.run)
        thread.start()
        try:
            yield poste
        finally:
            poste.stop()
            thread.join()


def stored(donnees: Path) -> pl.DataFrame:
    """The events of the visible lots."""
    parts = [donnees / part.chemin for manifest in read_manifests(donnees) for part in manifest.parts]
    return pl.concat([pl.read_parquet(part) for part in parts]).sort("instant", "uai")
