"""What an export reads, and for which weeks: any connection that holds frequentation_semaine, ecoles and calendrier.

It must not write, nor know whether its source is a publication or exact counts.
"""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from marking_plan.national import Jeu, load_national
from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, fetch, fetch_arrow
from metrics.export.errors import SemaineAbsente
from metrics.export.formes import LONG, MESURES, mapping


def list_semaines(connection: duckdb.DuckDBPyConnection) -> list[date]:
    """Mondays of the weeks that the source holds, ascending."""
    return [debut for (debut,) in fetch(connection, "export/semaines", {}) if isinstance(debut, date)]


def list_uais(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Schools that the source knows."""
    return [str(uai) for (uai,) in fetch(connection, "export/uais", {})]


def choose_semaines(connues: Sequence[date], voulues: Sequence[date], annee: str | None) -> list[date]:
    """The published weeks that are asked for. Raises SemaineAbsente."""
    if not connues:
        raise SemaineAbsente(
            "La publication ne contient aucune semaine. Ingérez des livraisons, puis « dnma publish »."
        )
    span = f"Semaines publiées : du {connues[0]} au {connues[-1]}."
    for debut in voulues:
        if debut.weekday():
            raise SemaineAbsente(f"Le {debut} n’est pas un lundi. Nommez une semaine par son lundi. {span}")
        if debut not in connues:
            raise SemaineAbsente(f"La semaine du {debut} n’est pas publiée. {span}")
    chosen = [debut for debut in connues if is_wanted(debut, voulues, annee)]
    if not chosen:
        raise SemaineAbsente(f"Aucune semaine n’est publiée pour l’année scolaire « {annee} ». {span}")
    return chosen


def is_wanted(debut: date, voulues: Sequence[date], annee: str | None) -> bool:
    """Whether a week is among those asked for, and in the school year asked for; all are when nothing is."""
    return (not voulues or debut in voulues) and (annee is None or annee_scolaire(debut) == annee)


def read_lignes(connection: duckdb.DuckDBPyConnection, debut: date) -> pl.DataFrame:
    """Key columns of the schools that have a row that week, under their national values."""
    national = load_national()
    return _read(connection, "export/lignes", {"debut": debut}).with_columns(
        pl.col("nature_uai").replace_strict(national.natures, default=None, return_dtype=pl.String),
        pl.col("secteur").replace_strict(national.secteurs, default=None, return_dtype=pl.String),
    )


def read_cellules(connection: duckdb.DuckDBPyConnection, debut: date, lignes: pl.DataFrame, jeu: Jeu) -> pl.DataFrame:
    """Cells of a file for the rows of one week, in the long form; `valeur` is null where nothing is published."""
    cells = sorted({(c.profil, c.coupe, c.modalite) for c in jeu.colonnes})
    profils, coupes, modalites = (list(codes) for codes in zip(*cells, strict=True))
    parameters: Parameters = {"profils": profils, "coupes": coupes, "modalites": modalites}
    parameters |= {"debut": debut, "uais": lignes["uai"].to_list()}
    rows = _read(connection, "export/cellules", parameters)
    keys = ["profil", "coupe", "modalite"]
    return (
        rows.unpivot(MESURES, index=["uai", *keys], variable_name="mesure", value_name="valeur")
        .join(mapping(jeu), on=[*keys, "mesure"])
        .with_columns(pl.lit(debut).alias("debutsemaine"), pl.lit(jeu.code).alias("jeu"))
        .sort("uai", "rang")
        .select(LONG)
    )


def _read(connection: duckdb.DuckDBPyConnection, name: str, parameters: Parameters) -> pl.DataFrame:
    frame = pl.from_arrow(fetch_arrow(connection, name, parameters))
    assert isinstance(frame, pl.DataFrame)
    return frame
