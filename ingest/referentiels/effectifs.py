"""Read counts of accounts or pupils per school and profil: the simple shape or the open one (domain.md 5.4).

It must not accept a list of persons: counts join with counts (trust.md P12).
"""

from datetime import date
from pathlib import Path

import polars as pl

from ingest.errors import FichierIllisible
from ingest.referentiels.table import column, parse_date, read_table
from marking_plan import MarkingPlan
from marking_plan.codes import is_uai
from marking_plan.semaines import annee_scolaire, today

BASES = ("comptes_ouverts", "comptes_actives", "eleves_onde")
_PUPILS = "nombre_total_eleves"


def read_effectifs(path: Path, plan: MarkingPlan, base: str | None, constate_le: date | None) -> pl.DataFrame:
    """Rows with the columns of EFFECTIF. Raises FichierIllisible on an unknown base, profil, UAI or number.

    The column dont_preelementaire is optional: without it the part of the préélémentaire is unknown.
    """
    frame = read_table(path, required=(), refuse_personal=True)
    if "numero_ecole" in frame.columns:
        return _read_open(path, frame)
    frame = read_table(path, required=("uai", "profil", "effectif"), refuse_personal=True)
    day = constate_le or today()
    rows = frame.select(
        pl.col("uai").str.to_uppercase(),
        pl.col("profil").map_elements(lambda name: plan.find_profil(name, day), return_dtype=pl.String),
        pl.col("effectif").cast(pl.Int64, strict=False),
        _part(column(frame, "dont_preelementaire")),
        column(frame, "base").fill_null(base or BASES[0]).alias("base"),
        # A date that is there but can't be read stays null, and is refused: it would move counts to another year.
        column(frame, "constate_le").fill_null(day.isoformat()).map_elements(parse_date, return_dtype=pl.Date),
        pl.lit(None, dtype=pl.Int64).alias("classes"),
    )
    return _checked(path, rows.with_columns(annee_scolaire=_year_of("constate_le")))


def _read_open(path: Path, frame: pl.DataFrame) -> pl.DataFrame:
    """fr-en-ecoles-effectifs-nb_classes: pupils of a school at the start of a school year."""
    rentree = column(frame, "rentree_scolaire").str.slice(0, 4).cast(pl.Int32, strict=False)
    pupils = [_PUPILS, "nombre_eleves_preelementaire_hors_ulis", "nombre_total_classes"]
    rows = frame.select(
        pl.col("numero_ecole").str.to_uppercase().alias("uai"),
        pl.lit("eleve").alias("profil"),
        *(column(frame, name).cast(pl.Int64, strict=False) for name in pupils),
        pl.lit("eleves_onde").alias("base"),
        pl.date(rentree, 10, 1).alias("constate_le"),  # the open counts are those of the autumn census
    ).rename(dict(zip(pupils, ("effectif", "dont_preelementaire", "classes"), strict=True)))
    return _checked(path, rows.with_columns(annee_scolaire=_year_of("constate_le")))


def _part(texts: pl.Expr) -> pl.Expr:
    """A part that may be unknown; one that is there but can't be read becomes -1, which is refused."""
    return (
        pl.when(texts.is_not_null()).then(texts.cast(pl.Int64, strict=False).fill_null(-1)).alias("dont_preelementaire")
    )


def _year_of(name: str) -> pl.Expr:
    return pl.col(name).map_elements(annee_scolaire, return_dtype=pl.String)


def _checked(path: Path, rows: pl.DataFrame) -> pl.DataFrame:
    valid_uai = rows["uai"].map_elements(is_uai, return_dtype=pl.Boolean, skip_nulls=True).fill_null(False)
    part = rows["dont_preelementaire"].fill_null(0)
    faults = {
        "un UAI valide dans la colonne uai": ~valid_uai,
        "un profil du plan de marquage": rows["profil"].is_null(),
        "un nombre entier positif dans la colonne effectif": rows["effectif"].fill_null(-1) < 0,
        "un nombre entier, au plus égal à l'effectif, dans la part de préélémentaire": ~part.is_between(
            0, rows["effectif"]
        ),
        f"une base parmi {', '.join(BASES)}": ~rows["base"].is_in(BASES),
        "une date lisible": rows["constate_le"].is_null(),
    }
    for expected, wrong in faults.items():
        if wrong.any():
            raise FichierIllisible(f"{path.name}, ligne {(wrong.arg_max() or 0) + 2} : il faut {expected}.")
    return rows
