"""Hand closed segments of the journal over to the lake: each becomes a lot, then goes.

It must not judge again: what a segment holds was answered for. A kill at any step is mended by running again.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.collecte.relecture import Contenu, read_contenu
from ingest.errors import VerrouPris
from ingest.journal.segments import ABIME, DOSSIER, journal_lock, list_closed
from ingest.lake.files import fsync_folder, guard_disk
from ingest.passage import open_passage
from ingest.pipeline import Lake, LotResult, OpenLake, open_lake, place_passage, write_manifest
from marking_plan.lake import Manifest, read_all_manifests

DIALECTE = "collecte"


def hand_over(lake: Lake) -> Iterator[LotResult]:
    """Turn each closed segment into a lot, oldest first, under the lake's lock; a damaged one stays too, set aside as `.abime`.

    What a crash left open is closed first, when no collector is at work. Raises IngestUserError.
    """
    if not (lake.donnees / DOSSIER).exists():
        return
    with suppress(VerrouPris), journal_lock(lake.donnees):
        pass
    with open_lake(lake) as opened:
        known = {manifest.lot: manifest for manifest in read_all_manifests(lake.donnees)}
        for path in list_closed(lake.donnees):
            lot = hashlib.sha256(path.read_bytes()).hexdigest()
            contenu = read_contenu(path, lake.plan)
            manifest = known.get(lot)
            if manifest is None:
                manifest = _hand_segment(opened, path, lot, contenu)
                opened.visible.append(manifest)
            _take_away(path, contenu)
            yield LotResult(manifest, already_known=lot in known, octets_abimes=contenu.octets_abimes)


def _take_away(path: Path, contenu: Contenu) -> None:
    with guard_disk(path.name, "le lot est entré, son segment reste"):
        if contenu.octets_abimes:
            path.replace(path.with_suffix(ABIME))
        else:
            path.unlink()
        fsync_folder(path.parent)


def _hand_segment(opened: OpenLake, path: Path, lot: str, contenu: Contenu) -> Manifest:
    lake = opened.lake
    with open_passage(lake.donnees, lake.plan) as passage:
        for done in contenu.dones:
            passage.add([done])
        placed = place_passage(opened, passage, lot, lot)
    manifest = Manifest(
        lot=lot,
        source=f"journal/{path.name}",
        dialecte=DIALECTE,
        recu_le=lake.now,
        plan_version=contenu.plan_version,
        octets=path.stat().st_size,
        received=passage.tally.received,
        **placed,
    )
    write_manifest(lake.donnees, manifest)
    return manifest
