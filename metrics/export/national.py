"""Write the national weekly files: four wide tables, and the long one, week after week.

It must not count or mask: it writes what its source publishes, and N/A where it publishes nothing.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

import duckdb
import polars as pl

from marking_plan.national import load_national
from metrics.export.fichiers import SEPARATEUR, open_whole
from metrics.export.formes import to_wide
from metrics.export.source import read_cellules, read_lignes

NON_PUBLIE = "N/A"
_LONG = "dnma-long"


@dataclass(slots=True)
class FichierEcrit:
    """A file of the export: its rows, its figures, and how many of these are N/A."""

    chemin: Path
    lignes: int = 0
    chiffres: int = 0
    non_publies: int = 0


def export_national(
    connection: duckdb.DuckDBPyConnection,
    dossier: Path,
    semaines: Sequence[date],
    *,
    long: bool = False,
    progress: Callable[[date], None] = lambda _debut: None,
) -> list[FichierEcrit]:
    """Write the four files of these weeks, and the long one if asked for, over files of the same names.

    The connection holds frequentation_semaine, ecoles and calendrier: nothing else is read. Raises EcritureImpossible.
    """
    jeux = load_national().jeux
    with ExitStack() as stack:
        larges = {jeu.code: _open(stack, dossier / f"{jeu.identifiant}.csv") for jeu in jeux}
        sortie_longue = _open(stack, dossier / f"{_LONG}.csv") if long else None
        for debut in semaines:
            lignes = read_lignes(connection, debut)
            for jeu in jeux:
                cellules = read_cellules(connection, debut, jeu)
                larges[jeu.code].write(to_wide(cellules, lignes, jeu), [colonne.nom for colonne in jeu.colonnes])
                if sortie_longue:
                    sortie_longue.write(cellules, ["valeur"])
            progress(debut)
    return [sortie.bilan for sortie in (*larges.values(), sortie_longue) if sortie]


class _Sortie:
    """One file being written: rows are added, the header comes with the first."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.bilan = FichierEcrit(path)
        self._file = file
        self._started = False

    def write(self, rows: pl.DataFrame, measures: list[str]) -> None:
        """Add rows under their national headers; a measure that is not published is N/A, an unknown key stays empty."""
        texts = rows.with_columns(pl.col(measures).cast(pl.String).fill_null(NON_PUBLIE))
        renamed = texts.rename(load_national().entetes, strict=False)
        renamed.write_csv(self._file, separator=SEPARATEUR, include_header=not self._started)
        self._started = True
        self.bilan.lignes += rows.height
        self.bilan.chiffres += rows.height * len(measures)
        self.bilan.non_publies += sum(rows.select(pl.col(measures).null_count()).row(0))


def _open(stack: ExitStack, path: Path) -> _Sortie:
    return _Sortie(path, stack.enter_context(open_whole(path)))
