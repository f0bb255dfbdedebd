"""The registers of month and school year: sets of (uai, profil, pseudonym), kept apart by lot while its week is open.

It must not hold an instant, a service or anything that tells what somebody did.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ingest.kernels.sets import KeySet, mix_keys
from ingest.lake.files import write_atomically
from ingest.lake.parquet import table_bytes
from ingest.lake.periodes import Periode
from ingest.lines.batch import Codes, sort_distinct
from ingest.lines.pseudonymes import PROFILS_MAX, Kept
from marking_plan.lake import Part
from marking_plan.schema import REGISTRE


class Registre:
    """Members of the months and years that one lot touches, by week: a lot's part goes with its week."""

    def __init__(self) -> None:
        self._sets: dict[tuple[date, str], list[npt.NDArray[np.int64]]] = {}
        self._seen: defaultdict[Periode, KeySet] = defaultdict(KeySet)

    def add(self, kept: Kept, uai_ranks: Codes) -> None:
        """Take the members of a batch; `uai_ranks` gives the lot's rank of each school of the batch."""
        membres = kept.membres
        places = uai_ranks[membres.uai].astype(np.int64) * PROFILS_MAX + membres.profil
        for n, periode in enumerate(kept.periodes):
            chosen = np.flatnonzero(membres.periode == n)
            keys = mix_keys(membres.mois[chosen].view(np.uint64), places[chosen].view(np.uint64))
            chosen = chosen[self._seen[periode].add(keys)]
            if not len(chosen):
                continue
            for folder, pseudonyms in (
                (f"mois={periode.mois}", membres.mois),
                (f"annee={periode.annee}", membres.annee),
            ):
                rows = np.stack([pseudonyms[chosen], places[chosen]])
                self._sets.setdefault((periode.semaine, folder), []).append(rows)

    def write(self, donnees: Path, lot: str, uais: Sequence[str], profils: Sequence[str]) -> list[Part]:
        """One part a week and period, sorted by pseudonym so that the order of arrival is lost."""
        parts = []
        for (week, folder), held in sorted(self._sets.items()):
            rows = _distinct(held)
            chemin = f"registres/{folder}/semaine={week}-{lot}.parquet"
            content = table_bytes(_table(rows, uais, profils), REGISTRE)
            write_atomically(donnees / chemin, content)
            sha256 = hashlib.sha256(content).hexdigest()
            parts.append(Part(chemin=chemin, sha256=sha256, lignes=rows.shape[1], semaine=week))
        return parts


def _distinct(held: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Distinct (pseudonym, place), sorted; ranks make one integer of a pair, which sorts three times faster than the two."""
    pseudonyms, places = np.concatenate(held, axis=1)
    order = np.argsort(pseudonyms)
    ordered = pseudonyms[order]
    new = np.append(True, ordered[1:] != ordered[:-1])
    width = int(places.max()) + 1
    ranks, places = np.divmod(sort_distinct((np.cumsum(new) - 1) * width + places[order]), width)
    return np.stack([ordered[new][ranks], places])


def _table(rows: npt.NDArray[np.int64], uais: Sequence[str], profils: Sequence[str]) -> pa.Table:
    pseudonyms, places = rows
    texts = {"uai": (places // PROFILS_MAX, uais), "profil": (places % PROFILS_MAX, profils)}
    columns = {name: pa.array(values, pa.string()).take(pa.array(codes)) for name, (codes, values) in texts.items()}
    return pa.table([columns["uai"], columns["profil"], pa.array(pseudonyms)], schema=REGISTRE)
