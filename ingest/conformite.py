"""Read a delivery as `dnma ingest` does, without a lake: what would be kept, refused or mended, and whether it is fit to be sent.

It must not write, need a key, or keep anything that a line says beyond codes, names of fields and redacted excerpts.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

import numpy as np

from ingest.dialects import DialectOptions, detect, reader
from ingest.lake.periodes import Periodes
from ingest.lake.quarantine import refused_rows
from ingest.lines.batch import Batch, Flags
from ingest.lines.steps import Context, Judged, run_steps
from ingest.passage import Tally, count_judged
from ingest.sources import Source
from marking_plan import MarkingPlan

EXEMPLES = 3
REFUSEES_MAX_PCT = 1  # beyond, a delivery is not fit; nobody's figures move by less
_PERSONNEL, _ROBOT = "champ_personnel", "robot"
_SANS_FAUTE = frozenset({"opposition", _ROBOT})  # refused as they should be


class Verdict(IntEnum):
    """Whether a delivery is fit to be sent, from best to worst."""

    CONFORME = 0
    RESERVES = 1
    NON_CONFORME = 2


@dataclass(slots=True)
class Constat:
    """What was found in one delivery. `premieres`: number of the first line of each remark; `exemples`: of refused lines, by motif."""

    source: str
    dialecte: str
    tally: Tally = field(default_factory=Tally)
    exemples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    premieres: dict[str, int] = field(default_factory=dict)
    hors_plan: Counter[str] = field(default_factory=Counter)
    personnels: Counter[str] = field(default_factory=Counter)
    ecoles: set[str] = field(default_factory=set)

    @property
    def fautives(self) -> int:
        """Lines refused that their sender has to mend."""
        return sum(count for motif, count in self.tally.refused.items() if motif not in _SANS_FAUTE)

    @property
    def verdict(self) -> Verdict:
        """Not fit: nothing kept, a personal field, or too many lines refused. With reservations: anything to mend or look at."""
        tally = self.tally
        too_many = 100 * self.fautives > REFUSEES_MAX_PCT * tally.received
        if not tally.stored or tally.refused[_PERSONNEL] or too_many:
            return Verdict.NON_CONFORME
        remarks = (self.fautives, tally.refused[_ROBOT], tally.corriges, self.hors_plan, tally.ignored)
        return Verdict.RESERVES if any(remarks) else Verdict.CONFORME

    def add(self, judged: Judged, context: Context) -> None:
        """Take the lines of a batch."""
        kept = judged.batch.motif == 0
        self.tally.add(count_judged(judged, context))
        self._add_examples(judged.batch, context.motifs)
        self._note_first(judged.batch, {name: rows & kept for name, rows in judged.corriges.items()})
        outside = {f"{name}_hors_plan": rows & kept for name, rows in judged.hors_plan.items()}
        self._note_first(judged.batch, outside)
        self.hors_plan.update({name: count for name, rows in outside.items() if (count := int(rows.sum()))})
        self.ecoles.update(judged.uais[code] or "" for code in np.unique(judged.columns["uai"][kept]).tolist())

    def _add_examples(self, batch: Batch, motifs: dict[str, int]) -> None:
        """The first refused lines of each motif: a block's plain lines come before the others."""
        for ligne, motif, extrait in refused_rows(batch, motifs).select("ligne", "motif", "extrait").iter_rows():
            self.exemples.setdefault(motif, []).append((ligne, extrait))
        self.exemples = {motif: sorted(found)[:EXEMPLES] for motif, found in self.exemples.items()}

    def _note_first(self, batch: Batch, remarks: Mapping[str, Flags]) -> None:
        for name, rows in remarks.items():
            if rows.any():
                first = int(batch.ligne[rows].min())
                self.premieres[name] = min(first, self.premieres.get(name, first))


def check_source(
    plan: MarkingPlan,
    source: Source,
    options: DialectOptions,
    now: datetime,
    progress: Callable[[int], None] = lambda _lines: None,
) -> Constat:
    """What becomes of the lines of one delivery; repeats, and periods that a lake has closed, aren't known here.

    Raises FichierIllisible, DialecteInconnu.
    """
    context = Context(plan, now, Periodes(None, plan))
    with source.open() as delivery:
        constat = Constat(source.name, detect(delivery.head, options))
        for piece in reader(constat.dialecte, delivery.head, options, context.motifs)(delivery):
            decoded = piece()
            for batch in decoded.batches:
                constat.add(run_steps(batch, context), context)
            constat.tally.ignored.update(decoded.ignored)
            constat.personnels.update(decoded.personal)
            decoded.release()
            progress(constat.tally.received)
    return constat
