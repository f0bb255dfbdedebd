"""Pass one delivery through the steps, on two threads, and stage what becomes of it: counts, quarantine and parts of one lot.

It must not know which lots exist, nor write a manifest.
"""

import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from ingest.dialects import Work
from ingest.lake.identite import Cles
from ingest.lake.lot import LotWriter
from ingest.lake.quarantine import Quarantine, refused_rows
from ingest.lines.batch import Batch, Ints, keep_lines
from ingest.lines.pseudonymes import Kept, pseudonymise
from ingest.lines.steps import Context, Judged, run_steps
from ingest.lines.suivi import count_suivi
from marking_plan import MarkingPlan
from marking_plan.lake import CleSuivi

WORKERS = 2
_AHEAD = 2 * WORKERS  # blocks in flight: bounds memory whatever the file's size
_STAGING = ".en_cours"


@dataclass(slots=True)
class Tally:
    """What the blocks of a lot add up to: lines received, stored (repeats included), known before they were stored, refused,
    and what was mended."""

    received: int = 0
    stored: int = 0
    known: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    corriges: Counter[str] = field(default_factory=Counter)
    inconnus: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    bounds: list[int] = field(default_factory=list)
    suivi: Counter[CleSuivi] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Add the counts of a batch."""
        self.received += other.received
        self.stored += other.stored
        self.known += other.known
        self.refused.update(other.refused)
        self.corriges.update(other.corriges)
        self.inconnus.update(other.inconnus)
        self.ignored.update(other.ignored)
        self.bounds += other.bounds
        self.suivi.update(other.suivi)


@dataclass(frozen=True, slots=True)
class Done:
    """A batch once the steps ran: the lines kept, without a token, those refused, and what the report counts."""

    kept: Kept
    refused: pl.DataFrame
    tally: Tally


@dataclass(frozen=True, slots=True)
class Passage:
    """A delivery once read to its end: what it adds up to, and what is staged."""

    tally: Tally
    writer: LotWriter
    quarantine: Quarantine

    def add(self, batches: list[Done]) -> None:
        """Take the batches of a block. Raises DisquePlein."""
        self.quarantine.add([done.refused for done in batches])
        for done in batches:
            self.writer.add(done.kept)
            self.tally.add(done.tally)


@contextmanager
def pass_pieces(
    donnees: Path,
    pieces: Iterator[Work],
    context: Context,
    cles: Cles,
    progress: Callable[[int], None],
    lines: Ints | None = None,
) -> Iterator[Passage]:
    """Pass every piece of a delivery, or only the `lines` with these numbers; what was staged is gone at the end of the block."""
    with open_passage(donnees, context.plan) as passage:
        for batches in _run(pieces, context, cles, lines):
            passage.add(batches)
            progress(passage.tally.received)
        yield passage


@contextmanager
def open_passage(donnees: Path, plan: MarkingPlan) -> Iterator[Passage]:
    """An empty passage, to add batches to; what was staged is gone at the end of the block."""
    folder = donnees / _STAGING
    shutil.rmtree(folder, ignore_errors=True)  # what a kill left
    try:
        yield Passage(Tally(), LotWriter(folder, plan), Quarantine(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(pieces: Iterator[Work], context: Context, cles: Cles, lines: Ints | None) -> Iterator[list[Done]]:
    """Do the pieces of work on a few threads, and give what they made, piece by piece, in the order of the file."""

    def run(piece: Work) -> list[Done]:
        decoded = piece()
        chosen = [batch if lines is None else keep_lines(batch, lines) for batch in decoded.batches]
        done = [_run_batch(batch, context, cles) for batch in chosen]
        decoded.release()
        if done:
            done[0].tally.ignored.update(decoded.ignored)
        return done

    pending: deque[Future[list[Done]]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for piece in pieces:
            pending.append(pool.submit(run, piece))
            if len(pending) >= _AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _run_batch(batch: Batch, context: Context, cles: Cles) -> Done:
    return finish_batch(run_steps(batch, context), context, cles)


def finish_batch(judged: Judged, context: Context, cles: Cles) -> Done:
    """Judged lines without a token: those kept, those refused, and what is counted."""
    refused = refused_rows(judged.batch, context.motifs)
    return Done(pseudonymise(judged, cles), refused, count_judged(judged, context))


def count_judged(judged: Judged, context: Context) -> Tally:
    """What judged lines add up to."""
    batch = judged.batch
    kept_rows = batch.motif == 0
    instants = batch.instant[kept_rows]
    ranks = np.bincount(batch.motif, minlength=len(context.motifs) + 1)
    return Tally(
        received=batch.height,
        stored=int(ranks[0]),
        refused=Counter({motif: int(ranks[rank]) for motif, rank in context.motifs.items() if ranks[rank]}),
        corriges=Counter({name: n for name, rows in judged.corriges.items() if (n := int((rows & kept_rows).sum()))}),
        inconnus=judged.inconnus,
        bounds=[int(instants.min()), int(instants.max())] if len(instants) else [],
        suivi=count_suivi(judged, context),
    )
