"""The vendor's files: how a week is cut, named, compressed, and what is sent twice.
Must not know what a line means."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pyarrow as pa

from bench.simulation.native import Ecritures, write_lines

# Weeks come in one, two or three files, in turn; so do the compressions.
COUPES = (((0, 6),), ((0, 3), (4, 6)), ((0, 1), (2, 4), (5, 6)))
COMPRESSIONS = (("", None), (".gz", "gzip"), (".zst", "zstd"))
LIGNES_PAR_BLOC = 250_000
QUEUE_MAX = 200
PART_QUEUE = 0.01


@dataclass(frozen=True, slots=True)
class Queue:
    """The last good lines of a file, sent again at the head of the next one; `lundi` is their week's."""

    lundi: date
    lignes: pl.DataFrame


@dataclass(slots=True)
class Livraisons:
    """Writes the native deliveries of successive weeks, and counts what it wrote."""

    dossier: Path
    textes: Ecritures
    fichiers: dict[Path, int] = field(default_factory=dict)
    fautes: Counter[str] = field(default_factory=Counter[str])
    doublons: int = 0
    evenements: int = 0
    queue: Queue | None = None

    def deliver_week(self, lignes: pl.DataFrame, lundi: date) -> None:
        """Write the week's lines (see faults.add_faults), one file for each group of days that has any."""
        self._count(lignes)
        coupe = COUPES[lundi.toordinal() // 7 % len(COUPES)]
        for premier, dernier in coupe:
            lot = lignes.filter(pl.col("jour").is_between(premier, dernier))
            if len(lot):
                self._write_file(lot.sort("ordre", maintain_order=True), lundi, premier, dernier)

    def _count(self, lignes: pl.DataFrame) -> None:
        self.doublons += int(lignes["doublon"].sum())
        self.evenements += lignes.filter(pl.col("motif").is_null() & ~pl.col("doublon")).height
        self.fautes.update(dict(lignes["motif"].drop_nulls().value_counts().iter_rows()))

    def _write_file(self, lot: pl.DataFrame, lundi: date, premier: int, dernier: int) -> None:
        suffixe, compression = COMPRESSIONS[len(self.fichiers) % len(COMPRESSIONS)]
        jours = f"{lundi + timedelta(days=premier)}_{lundi + timedelta(days=dernier)}"
        chemin = self.dossier / f"ent-{jours}.ndjson{suffixe}"
        with open_output(chemin, compression) as sortie:
            repris = self._resend(sortie)
            for bloc in lot.iter_slices(LIGNES_PAR_BLOC):
                sortie.write(write_lines(bloc, self.textes, lundi))
        self.fichiers[chemin] = repris + len(lot)
        bonnes = lot.filter(pl.col("motif").is_null() & ~pl.col("doublon"))
        self.queue = Queue(lundi, bonnes.tail(min(QUEUE_MAX, round(PART_QUEUE * len(bonnes)))))

    def _resend(self, sortie: pa.NativeFile) -> int:
        if self.queue is None:
            return 0
        sortie.write(write_lines(self.queue.lignes, self.textes, self.queue.lundi))
        self.doublons += len(self.queue.lignes)
        return len(self.queue.lignes)


@contextmanager
def open_output(chemin: Path, compression: str | None) -> Iterator[pa.NativeFile]:
    with pa.OSFile(str(chemin), "wb") as fichier:
        if compression is None:
            yield fichier
        else:
            with pa.CompressedOutputStream(fichier, compression) as comprime:
                yield comprime
