"""Hand closed segments of the journal over to the lake: each becomes a lot, then goes.

It must not judge again: what a segment holds was answered for. A kill at any step is mended by running again.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ingest.collecte.paquet import Listes, unpack_done
from ingest.journal.segments import list_closed, read_segment
from ingest.lake.files import fsync_folder, guard_disk
from ingest.passage import open_passage
from ingest.pipeline import Lake, LotResult, OpenLake, open_lake, place_passage, write_manifest
from marking_plan.lake import Manifest, read_all_manifests

DIALECTE = "collecte"


def hand_over(lake: Lake) -> Iterator[LotResult]:
    """Turn each closed segment into a lot, oldest first, under the lake's lock. Raises IngestUserError."""
    with open_lake(lake) as opened:
        known = {manifest.lot: manifest for manifest in read_all_manifests(lake.donnees)}
        for path in list_closed(lake.donnees):
            lot = hashlib.sha256(path.read_bytes()).hexdigest()
            manifest = known.get(lot) or _hand_segment(opened, path, lot)
            yield LotResult(manifest, already_known=lot in known)
            opened.visible.append(manifest)
            with guard_disk(path.name, "le lot est entré, son segment reste"):
                path.unlink()
                fsync_folder(path.parent)


def _hand_segment(opened: OpenLake, path: Path, lot: str) -> Manifest:
    lake, relu = opened.lake, read_segment(path)
    with open_passage(lake.donnees, lake.plan) as passage:
        listes = Listes.unpack(relu.trames[0]) if relu.trames else Listes.of_plan(lake.plan)
        for contenu in relu.trames[1:]:
            passage.add([unpack_done(contenu, listes, lake.plan)])
        placed = place_passage(opened, passage, lot, lot)
    manifest = Manifest(
        lot=lot,
        source=f"journal/{path.name}",
        dialecte=DIALECTE,
        recu_le=lake.now,
        plan_version=listes.plan_version,
        octets=path.stat().st_size,
        received=passage.tally.received,
        **placed,
    )
    write_manifest(lake.donnees, manifest)
    return manifest
