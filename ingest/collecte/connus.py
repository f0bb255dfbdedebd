"""The events that the lake and the journal already hold, by week while it is open: a resend is known, across restarts too.

It must not keep anything but keys (ingest/lake/duplicates.py), nor write.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np

from ingest.kernels.sets import KeySet
from ingest.lake.duplicates import kept_keys, read_keys, word_of
from ingest.lake.lot import rows_by_week
from ingest.lines.batch import Flags
from ingest.lines.pseudonymes import Kept
from marking_plan import MarkingPlan
from marking_plan.lake import Manifest


class Connus:
    """Keys of known events. Two events of a week of 4 million share a key with a chance of one in two million."""

    def __init__(self, plan: MarkingPlan) -> None:
        self._services = np.array([word_of(record.code) for record in plan.services], dtype=np.uint64)
        self._weeks: dict[date, KeySet] = {}

    def load(self, donnees: Path, visible: Iterable[Manifest], after: date) -> None:
        """Learn the events of the visible lots, those of the weeks after that Monday."""
        for part in (part for manifest in visible for part in manifest.parts if part.semaine > after):
            self._weeks.setdefault(part.semaine, KeySet()).add(read_keys(donnees / part.chemin))

    def add(self, kept: Kept) -> Flags:
        """Flags of the lines that were not known yet; they are from now on."""
        new = np.zeros(len(kept.instant), dtype=np.bool_)
        keys = kept_keys(kept, self._services)
        for week, rows in rows_by_week(kept):
            new[rows] = self._weeks.setdefault(week, KeySet()).add(keys[rows])
        return new

    def forget(self, last: date) -> None:
        """Let go of that week and those before, which take nothing any more."""
        for week in [week for week in self._weeks if week <= last]:
            del self._weeks[week]
