"""Read a published national file, whichever of the four it is: as its CSV or its API names columns.

It must not compare: comparaison.py does.
"""

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from marking_plan.national import Jeu, load_national
from metrics.export.errors import FichierInattendu
from metrics.export.formes import CLES_LIGNE, parse_clock

_SANS_VALEUR = ("N/A", "")
_NOMBRE = r"^\d+$"
_MESURE_DUREE = "duree_s"


@dataclass(frozen=True, slots=True)
class FichierNational:
    """A recognised file: which of the four it is, and the header of each column of ours that it has."""

    chemin: Path
    separateur: str
    jeu: Jeu
    entetes: dict[str, str]

    @property
    def mesures(self) -> list[str]:
        """Measure columns that the file has, in the national order."""
        return [colonne.nom for colonne in self.jeu.colonnes if colonne.nom in self.entetes]


def recognize(path: Path) -> FichierNational:
    """Say which national file this is, by its header. Raises FichierInattendu."""
    header = _read_header(path)
    separateur = max(";,\t", key=header.count)
    raw = next(csv.reader([header], delimiter=separateur))
    names = {_plain(name): name for name in raw}
    found = [jeu for jeu in load_national().jeux if any(colonne.nom in names for colonne in jeu.colonnes)]
    missing = [name for name in CLES_LIGNE if name not in names]
    if len(found) != 1 or missing:
        read = ", ".join(raw[:4])[:80]
        raise FichierInattendu(
            f"{path.name}, ligne 1 : cet en-tête n’est celui d’aucun des quatre jeux nationaux (lu : {read}…). "
            "Attendu : debutSemaine, UAI et les colonnes d’un seul jeu fr-en-dnma-par-uai-…. "
            "Donnez le fichier CSV tel qu’il est téléchargé."
        )
    ours = {name: names[name] for name in found[0].ordre if name in names}
    return FichierNational(path, separateur, found[0], ours)


def read_keys(fichier: FichierNational) -> pl.DataFrame:
    """Week and school of every row. Raises FichierInattendu."""
    rows = _collect(fichier, _scan(fichier).select(CLES_LIGNE).with_row_index("ligne", offset=2))
    keys = rows.with_columns(pl.col("debutsemaine").str.to_date("%Y-%m-%d", strict=False))
    _refuse(fichier, rows, keys["debutsemaine"].is_null(), "debutsemaine", "une date comme 2025-09-01")
    _refuse(fichier, rows, keys["debutsemaine"].dt.weekday() != 1, "debutsemaine", "un lundi")
    _refuse(fichier, rows, keys["uai"].is_null(), "uai", "un code UAI")
    again = ~keys.select(pl.struct(CLES_LIGNE).is_first_distinct()).to_series()
    _refuse(fichier, rows, again, "uai", "une seule ligne par école et semaine")
    return keys.select(CLES_LIGNE)


def read_rows(fichier: FichierNational, semaines: Sequence[date], uais: Sequence[str]) -> pl.DataFrame:
    """Rows of these weeks and schools, measures as whole numbers (durations in seconds), null for N/A.

    Raises FichierInattendu.
    """
    wanted = _scan(fichier).with_row_index("ligne", offset=2)
    wanted = wanted.filter(pl.col("debutsemaine").is_in([str(debut) for debut in semaines]), pl.col("uai").is_in(uais))
    rows = _collect(fichier, wanted.select("ligne", *CLES_LIGNE, *fichier.mesures))
    rows = rows.with_columns(pl.col(fichier.mesures).replace(_SANS_VALEUR, None))
    durees = {colonne.nom for colonne in fichier.jeu.colonnes if colonne.mesure == _MESURE_DUREE}
    numbers = rows.with_columns(_seconds(name) if name in durees else _number(name) for name in fichier.mesures)
    for name in fichier.mesures:
        wrong = numbers[name].is_null() & rows[name].is_not_null()
        _refuse(fichier, rows, wrong, name, "un nombre entier, une durée HH:MM:SS ou N/A")
    return numbers.with_columns(pl.col("debutsemaine").str.to_date("%Y-%m-%d")).drop("ligne")


def _number(name: str) -> pl.Expr:
    return pl.when(pl.col(name).str.contains(_NOMBRE)).then(pl.col(name)).cast(pl.Int64, strict=False)


def _seconds(name: str) -> pl.Expr:
    return pl.coalesce(_number(name), parse_clock(name)).alias(name)


def _scan(fichier: FichierNational) -> pl.LazyFrame:
    """Every row as text, under our names."""
    scan = pl.scan_csv(fichier.chemin, separator=fichier.separateur, infer_schema=False, glob=False)
    return scan.select(pl.col(header).str.strip_chars().alias(name) for name, header in fichier.entetes.items())


def _collect(fichier: FichierNational, rows: pl.LazyFrame) -> pl.DataFrame:
    try:
        return rows.collect(engine="in-memory")
    except pl.exceptions.PolarsError as error:
        raise FichierInattendu(
            f"{fichier.chemin.name} est abîmé : ses lignes n’ont pas toutes les colonnes de l’en-tête, ou ne sont pas en "
            "UTF-8. Téléchargez-le à nouveau, sans l’ouvrir dans un tableur."
        ) from error


def _refuse(fichier: FichierNational, rows: pl.DataFrame, wrong: pl.Series, name: str, expected: str) -> None:
    """Stop at the first wrong row."""
    place = wrong.arg_max() if wrong.any() else None
    if place is not None:
        raise FichierInattendu(
            f"{fichier.chemin.name}, ligne {rows['ligne'][place]}, colonne {fichier.entetes[name]} : "
            f"« {rows[name][place] or ''} » ne convient pas. Attendu : {expected}. Corrigez ou retirez cette ligne."
        )


def _read_header(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.readline().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FichierInattendu(
            f"{path.name} n’est pas un fichier texte lisible en UTF-8. Donnez le fichier CSV tel qu’il est téléchargé."
        ) from error


def _plain(name: str) -> str:
    """`debutSemaine`, `académie` → `debutsemaine`, `academie`."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().strip()
