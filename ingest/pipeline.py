"""Take deliveries into the lake, one lot at a time: decode, run the steps, write parts, then the manifest.

It must not know a dialect's syntax or a rule of validation. The manifest comes last: it alone makes a lot visible.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from ingest.dialects import Decode, DialectOptions, decoder, detect
from ingest.duplicates import count_duplicates
from ingest.files import lake_lock, write_atomically
from ingest.identite import Cles
from ingest.parquet import parquet_bytes
from ingest.quarantine import quarantine_bytes, refused_rows
from ingest.sources import Block, Source, read_blocks
from ingest.steps import Context, count_unknown, run_steps
from marking_plan import MarkingPlan
from marking_plan.lake import Manifest, Part, manifest_folder, read_manifests
from marking_plan.schema import EVENEMENT

WORKERS = 2
_AHEAD = 2 * WORKERS  # blocks in flight: bounds memory whatever the file's size


@dataclass(frozen=True, slots=True)
class Lake:
    """Where to write and with what: the data folder, its keys, the plan, and the clock."""

    donnees: Path
    cles: Path
    plan: MarkingPlan
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class LotResult:
    """A delivery and its manifest; `already_known` when the same bytes had come before and nothing was done."""

    manifest: Manifest
    already_known: bool


@dataclass(slots=True)
class _Tally:
    """What the blocks of a lot add up to."""

    received: int = 0
    stored: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    corriges: Counter[str] = field(default_factory=Counter)
    inconnus: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    bounds: list[datetime] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    rejets: list[pl.DataFrame] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    frame: pl.DataFrame
    ignored: Counter[str]


def ingest_sources(
    lake: Lake,
    sources: list[Source],
    options: DialectOptions,
    progress: Callable[[Source, int], None] = lambda _source, _lines: None,
) -> Iterator[LotResult]:
    """Ingest each source as one lot under the writer lock; `progress` hears of the lines done so far.

    Raises IngestUserError for an unreadable file, a missing key, a full disk or a second writer: lots already
    finished stay, the one at fault leaves nothing visible.
    """
    with lake_lock(lake.donnees):
        visible = read_manifests(lake.donnees)
        context = Context(lake.plan, lake.now, Cles(lake.donnees, lake.cles), frozenset())
        for source in sources:
            lot = source.digest()
            known = next((m for m in visible if m.lot == lot), None)
            if known is not None:
                yield LotResult(known, already_known=True)
                continue
            manifest = _ingest_lot(lake, context, source, lot, options, visible, progress)
            visible.append(manifest)
            yield LotResult(manifest, already_known=False)


def _ingest_lot(
    lake: Lake,
    context: Context,
    source: Source,
    lot: str,
    options: DialectOptions,
    visible: list[Manifest],
    progress: Callable[[Source, int], None],
) -> Manifest:
    dialecte = detect(source, options)
    tally = _Tally()
    for batch in _run_blocks(source, decoder(dialecte, options), context):
        _write_batch(lake.donnees, lot, batch, tally)
        progress(source, tally.received)
    manifest = _close_lot(lake, source, lot, dialecte, tally, visible)
    write_atomically(manifest_folder(lake.donnees) / f"{lot}.json", manifest.model_dump_json(indent=1).encode())
    return manifest


def _run_blocks(source: Source, decode: Decode, context: Context) -> Iterator[_Batch]:
    """Decode and run blocks on a few threads, and give them back in the order of the file."""

    def work(block: Block) -> _Batch:
        decoded = decode(block)
        return _Batch(block.number, run_steps(decoded.frame, context), decoded.ignored)

    pending: deque[Future[_Batch]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for block in read_blocks(source):
            pending.append(pool.submit(work, block))
            if len(pending) >= _AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _write_batch(donnees: Path, lot: str, batch: _Batch, tally: _Tally) -> None:
    frame = batch.frame
    kept = frame.filter(pl.col("motif").is_null())
    tally.received += frame.height
    tally.stored += kept.height
    tally.refused.update(dict(frame["motif"].drop_nulls().value_counts().iter_rows()))
    tally.inconnus.update(count_unknown(frame))
    tally.corriges.update(_count_defaults(kept))
    tally.ignored.update(batch.ignored)
    tally.bounds += [bound for bound in (kept["instant"].min(), kept["instant"].max()) if isinstance(bound, datetime)]
    tally.rejets.append(refused_rows(frame, lot))
    for (semaine,), rows in kept.partition_by("semaine", as_dict=True, maintain_order=True).items():
        chemin = f"evenements/semaine={semaine}/{lot}-{batch.number}.parquet"
        content = parquet_bytes(rows, EVENEMENT)
        write_atomically(donnees / chemin, content)
        digest = hashlib.sha256(content).hexdigest()
        tally.parts.append(Part(chemin=chemin, sha256=digest, lignes=rows.height, semaine=semaine))


def _count_defaults(kept: pl.DataFrame) -> dict[str, int]:
    """Lines that came without a profil, a service or any word on the device (design 5: not refused, counted)."""
    counts = {name: int(kept[f"sans_{name}"].sum()) for name in ("profil", "service", "terminal")}
    return {f"{name}_absent": count for name, count in counts.items() if count}


def _close_lot(lake: Lake, source: Source, lot: str, dialecte: str, tally: _Tally, visible: list[Manifest]) -> Manifest:
    rejets = quarantine_bytes(tally.rejets)
    if rejets is not None:
        write_atomically(lake.donnees / "rejets" / f"{lot}.parquet", rejets)
    duplicates = count_duplicates(lake.donnees, tally.parts, visible)
    return Manifest(
        lot=lot,
        source=source.name,
        dialecte=dialecte,
        recu_le=lake.now,
        plan_version=lake.plan.version,
        received=tally.received,
        kept=tally.stored - duplicates,
        duplicates=duplicates,
        refused=dict(sorted(tally.refused.items())),
        corriges=dict(sorted(tally.corriges.items())),
        inconnus=dict(sorted(tally.inconnus.items())),
        champs_ignores=dict(sorted(tally.ignored.items())),
        instant_min=min(tally.bounds, default=None),
        instant_max=max(tally.bounds, default=None),
        parts=tuple(tally.parts),
        rejets_sha256=hashlib.sha256(rejets).hexdigest() if rejets is not None else None,
    )
