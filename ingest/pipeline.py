"""Take deliveries into the lake, one lot at a time: pass the lines, put the parts in place, then write the manifest.

It must not know a dialect's syntax or a rule of validation. The manifest comes last: it alone makes a lot visible.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.dialects import DialectOptions, detect, reader
from ingest.lake.duplicates import count_duplicates
from ingest.lake.files import lake_lock, write_atomically
from ingest.lake.identite import Cles
from ingest.lake.periodes import Periodes
from ingest.lake.silences import count_silent
from ingest.lines.steps import Context
from ingest.passage import Passage, Tally, pass_pieces
from ingest.sources import Source
from marking_plan import MarkingPlan
from marking_plan.lake import Manifest, manifest_folder, read_manifests

Progress = Callable[[Source, int], None]


@dataclass(frozen=True, slots=True)
class Lake:
    """Where to write and with what: the data folder, its keys, the plan, and the clock."""

    donnees: Path
    cles: Path
    plan: MarkingPlan
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class OpenLake:
    """A lake held by its one writer: its visible lots, the context of the steps, and the keys."""

    lake: Lake
    visible: list[Manifest]
    context: Context
    cles: Cles


@dataclass(frozen=True, slots=True)
class LotResult:
    """A delivery and its manifest; `already_known` when the same bytes had come before and nothing was done.

    `octets_abimes`: bytes of a segment of the journal that could not be read.
    """

    manifest: Manifest
    already_known: bool
    octets_abimes: int = 0


@contextmanager
def open_lake(lake: Lake) -> Iterator[OpenLake]:
    """Hold the writer's lock. Raises VerrouPris, DossierClesInvalide."""
    with lake_lock(lake.donnees):
        periodes = Periodes(lake.donnees, lake.plan)
        context = Context(lake.plan, lake.now, periodes)
        yield OpenLake(lake, read_manifests(lake.donnees), context, Cles(lake.donnees, lake.cles))


def ingest_sources(
    lake: Lake, sources: list[Source], options: DialectOptions, progress: Progress = lambda _source, _lines: None
) -> Iterator[LotResult]:
    """Ingest each source as one lot under the writer lock; `progress` hears of the lines done so far.

    Raises IngestUserError for an unreadable file, a missing key, a full disk or a second writer: lots already
    finished stay, the one at fault leaves nothing visible.
    """
    with open_lake(lake) as opened:
        for source in sources:
            known = find_known(source, opened.visible)
            if known is not None:
                yield LotResult(known, already_known=True)
                continue
            result = _ingest_lot(opened, source, options, progress)
            if not result.already_known:
                opened.visible.append(result.manifest)
            yield result


def find_known(source: Source, visible: list[Manifest]) -> Manifest | None:
    """The visible lot made of these bytes; only a file of the same size as some lot is read to know.

    A stream can't be read twice: whether it is known shows once it was read.
    """
    if source.octets() not in {manifest.octets for manifest in visible}:
        return None
    with source.open() as delivery:
        delivery.drain()
        return _find_lot(delivery.lot, visible)


def _find_lot(lot: str, visible: list[Manifest]) -> Manifest | None:
    return next((manifest for manifest in visible if manifest.lot == lot), None)


def _ingest_lot(opened: OpenLake, source: Source, options: DialectOptions, progress: Progress) -> LotResult:
    lake, context = opened.lake, opened.context
    with source.open() as delivery:
        dialecte = detect(delivery.head, options)
        pieces = reader(dialecte, delivery.head, options, context.motifs)(delivery)
        with pass_pieces(lake.donnees, pieces, context, opened.cles, lambda n: progress(source, n)) as passage:
            known = _find_lot(delivery.lot, opened.visible)
            if known is not None:
                return LotResult(known, already_known=True)
            placed = place_passage(opened, passage, delivery.lot, delivery.lot)
    manifest = Manifest(
        lot=delivery.lot,
        source=source.name,
        dialecte=dialecte,
        recu_le=lake.now,
        plan_version=lake.plan.version,
        octets=delivery.octets,
        received=passage.tally.received,
        **placed,
    )
    write_manifest(lake.donnees, manifest)
    return LotResult(manifest, already_known=False)


def place_passage(opened: OpenLake, passage: Passage, lot: str, nom: str) -> dict[str, Any]:
    """Put the staged files of a lot in the lake under `nom`; gives the fields of a manifest that tell of them and their lines."""
    donnees, tally = opened.lake.donnees, passage.tally
    with ThreadPoolExecutor(1) as beside:  # sorting and writing, each on a core
        counted = beside.submit(count_duplicates, donnees, passage.writer.repeats, opened.visible)
        parts, registres = passage.writer.close(donnees, nom)
        duplicates = counted.result()
    tally.suivi.update(count_silent(donnees, parts, [part for m in opened.visible for part in m.parts]))
    return {
        "kept": tally.stored - duplicates,
        "duplicates": duplicates + tally.known,
        "connus": tally.known,
        "parts": tuple(parts),
        "registres": tuple(registres),
        "rejets_sha256": passage.quarantine.close(donnees / "rejets" / f"{nom}.parquet", lot),
        **_counts(tally),
    }


def _counts(tally: Tally) -> dict[str, Any]:
    bounds = [datetime.fromtimestamp(bound / 1000, UTC) for bound in tally.bounds]
    return {
        "refused": dict(sorted(tally.refused.items())),
        "corriges": dict(sorted(tally.corriges.items())),
        "inconnus": dict(sorted(tally.inconnus.items())),
        "champs_ignores": dict(sorted(tally.ignored.items())),
        "suivi": tuple(sorted(tally.suivi.items(), key=lambda item: tuple(str(value or "") for value in item[0]))),
        "instant_min": min(bounds, default=None),
        "instant_max": max(bounds, default=None),
    }


def write_manifest(donnees: Path, manifest: Manifest) -> None:
    """Make a lot, or its new state, visible: whole or not at all. Raises DisquePlein."""
    content = manifest.model_dump_json(indent=1).encode()
    write_atomically(manifest_folder(donnees) / f"{manifest.lot}.json", content)
