"""Write the national weekly files: four wide tables, and the long one, week after week.

It must not count or mask: it writes what its source publishes, and N/A where it publishes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

import duckdb
import polars as pl

from marking_plan.national import Jeu, load_national
from metrics.export.fichiers import SEPARATEUR, Empreintes, neutralize_texts, open_whole
from metrics.export.formes import clock, to_wide, with_means
from metrics.export.source import read_cellules, read_lignes

NON_PUBLIE = "N/A"
_LONG = "dnma-long"
_EXACT = "-exact"


@dataclass(frozen=True, slots=True)
class Demande:
    """What to write and where; `exact`: the figures are not protected, the names of the files say so."""

    dossier: Path
    semaines: Sequence[date]
    long: bool = False
    exact: bool = False

    @property
    def chemins(self) -> list[Path]:
        """The four files in the order of the plan, and the long one if it is asked for."""
        names = [jeu.identifiant for jeu in load_national().jeux] + ([_LONG] if self.long else [])
        return [self.dossier / f"{name}{_EXACT if self.exact else ''}.csv" for name in names]


@dataclass(slots=True)
class FichierEcrit:
    """A file of the export: its rows, its figures, how many of these are N/A, and its SHA-256."""

    chemin: Path
    lignes: int = 0
    chiffres: int = 0
    non_publies: int = 0
    sha256: str = ""


def export_national(
    connection: duckdb.DuckDBPyConnection,
    demande: Demande,
    prepare: Callable[[date], None] = lambda _debut: None,
    announce: Callable[[list[FichierEcrit]], None] = lambda _fichiers: None,
) -> list[FichierEcrit]:
    """Write the files over those of the same names: all take their names together, once whole.

    The connection holds frequentation_semaine, ecoles and calendrier: nothing else is read. `prepare` hears of each week
    before it is read, `announce` of the files before they take their names. Raises EcritureImpossible.
    """
    bilans = [FichierEcrit(chemin) for chemin in demande.chemins]

    def tell(empreintes: Empreintes) -> None:
        for bilan in bilans:
            bilan.sha256 = empreintes[bilan.chemin]
        announce(bilans)

    with open_whole(demande.chemins, tell, private=demande.exact) as files:
        sorties = [_Sortie(bilan, file) for bilan, file in zip(bilans, files, strict=True)]
        for debut in demande.semaines:
            prepare(debut)
            _write_week(connection, debut, sorties)
    return bilans


class _Sortie:
    """One file being written: rows are added, the header comes with the first."""

    def __init__(self, bilan: FichierEcrit, file: IO[bytes]) -> None:
        self._bilan, self._file = bilan, file

    def write(self, rows: pl.DataFrame, measures: list[str], clocks: Sequence[str] = ()) -> None:
        """Add rows under their national headers; a measure that is not published is N/A, an unknown key stays empty.

        `clocks`: measures in seconds, written HH:MM:SS.
        """
        written = neutralize_texts(rows).with_columns(clock(name) for name in clocks)
        texts = written.with_columns(pl.col(measures).cast(pl.String).fill_null(NON_PUBLIE))
        renamed = texts.rename(load_national().entetes, strict=False)
        renamed.write_csv(self._file, separator=SEPARATEUR, include_header=not self._file.tell())
        self._bilan.lignes += rows.height
        self._bilan.chiffres += rows.height * len(measures)
        self._bilan.non_publies += sum(rows.select(pl.col(measures).null_count()).row(0))


def _write_week(connection: duckdb.DuckDBPyConnection, debut: date, sorties: Sequence[_Sortie]) -> None:
    """Add the rows of one week to each file."""
    jeux = load_national().jeux
    lignes = read_lignes(connection, debut)
    for jeu, large in zip(jeux, sorties, strict=False):
        cellules = read_cellules(connection, debut, lignes, jeu)
        large.write(to_wide(cellules, lignes, jeu), [colonne.nom for colonne in jeu.colonnes], _durations(jeu))
        for longue in sorties[len(jeux) :]:
            longue.write(with_means(cellules), ["valeur"])


def _durations(jeu: Jeu) -> list[str]:
    return [colonne.nom for colonne in jeu.colonnes if colonne.mesure == "duree_s"]
