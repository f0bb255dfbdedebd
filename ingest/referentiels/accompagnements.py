"""Read what was done for schools: a register of three columns (design 10).

It must not keep anything else: another column could name a person, so the whole file is refused.
"""

from datetime import date
from pathlib import Path

import polars as pl

from ingest.errors import FichierIllisible
from ingest.referentiels.table import parse_date, read_table
from marking_plan.accompagnements import load_natures
from marking_plan.codes import is_uai
from marking_plan.semaines import annee_scolaire

_COLONNES = ("uai", "date", "nature")


def read_accompagnements(path: Path, aujourdhui: date) -> pl.DataFrame:
    """Rows with the columns of ACCOMPAGNEMENT, each once. Raises FichierIllisible, ColonneManquante, ColonnePersonnelle."""
    frame = read_table(path, required=_COLONNES, refuse_personal=True)
    others = [name for name in frame.columns if name not in _COLONNES]
    if others:
        raise FichierIllisible(
            f"{path.name} : colonne « {others[0]} » en trop. Ce registre n'a que {', '.join(_COLONNES)} : il ne dit rien des personnes."
        )
    rows = frame.select(
        pl.col("uai").str.to_uppercase(),
        pl.col("date").map_elements(parse_date, return_dtype=pl.Date),
        "nature",
    )
    for number, (raw, row) in enumerate(zip(frame.iter_rows(named=True), rows.iter_rows(named=True), strict=True), 2):
        fault = _fault(raw, row["date"], aujourdhui)
        if fault:
            raise FichierIllisible(f"{path.name}, ligne {number} : {fault}.")
    year = pl.col("date").map_elements(annee_scolaire, return_dtype=pl.String).alias("annee_scolaire")
    return rows.with_columns(year).unique(maintain_order=True)


def _fault(raw: dict[str, str | None], jour: date | None, aujourdhui: date) -> str | None:
    """What is wrong with a row, in French, or None."""
    natures = [nature.code for nature in load_natures()]
    if not is_uai(str(raw["uai"]).upper()):
        return f"l'UAI « {raw['uai'] or ''} » est invalide"
    if jour is None:
        return f"la date « {raw['date'] or ''} » est illisible ; écrivez 2025-09-01"
    if jour > aujourdhui:
        return f"le {jour} est à venir ; ce registre dit ce qui a été fait"
    if raw["nature"] not in natures:
        return f"« {raw['nature'] or ''} » n'est pas une nature connue ; choisissez parmi {', '.join(natures)}"
    return None
