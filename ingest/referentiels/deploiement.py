"""Read the convention's list: which schools are in the project, since when, and who pays (design 6).

It must not infer a payer or a cost from the commune.
"""

import re
from pathlib import Path

import polars as pl

from ingest.errors import FichierIllisible
from ingest.referentiels.table import column, parse_date, read_table
from marking_plan.codes import is_siret, is_uai
from marking_plan.semaines import is_annee_scolaire

_REQUIRED = ("annee_scolaire", "uai", "ouverte_le")
_AMOUNT = re.compile(r"\d+([.,]\d{1,2})?", re.ASCII)
_DATES = ("inscrite_le", "ouverte_le", "retiree_le")
_TEXTS = ("siret_payeur", "nom_payeur", "type_payeur", "regroupement", "nom_regroupement", "rattachement")
_CLOSED = {
    "type_payeur": ("commune", "syndicat", "epci"),
    "rattachement": ("ecole_active", "premiere_structure", "inconnu"),
}


def read_deploiement(path: Path) -> pl.DataFrame:
    """Rows with the columns of DEPLOIEMENT; several payers a school are several rows. Raises FichierIllisible."""
    frame = read_table(path, required=_REQUIRED)
    rows = frame.select(
        pl.col("annee_scolaire"),
        pl.col("uai").str.to_uppercase(),
        *(column(frame, name) for name in _TEXTS),
        column(frame, "montant").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False),
        *(column(frame, name).map_elements(parse_date, return_dtype=pl.Date).alias(name) for name in _DATES),
    )
    for number, (raw, row) in enumerate(zip(frame.iter_rows(named=True), rows.iter_rows(named=True), strict=True), 2):
        fault = _fault(raw, row)
        if fault:
            raise FichierIllisible(f"{path.name}, ligne {number} : {fault}.")
    return rows


def _fault(raw: dict[str, str | None], row: dict[str, object]) -> str | None:
    """What is wrong with a row, in French, or None."""
    siret = row["siret_payeur"]
    if not is_annee_scolaire(str(row["annee_scolaire"])):
        return f"l'année scolaire « {raw['annee_scolaire'] or ''} » est invalide ; écrivez 2025-2026"
    if not is_uai(str(row["uai"])):
        return f"l'UAI « {row['uai']} » est invalide"
    if siret is not None and not is_siret(str(siret)):
        return f"le SIRET « {siret} » est invalide ; un tableur a pu l'abîmer"
    if raw.get("montant") and not _AMOUNT.fullmatch(str(raw["montant"])):
        return f"le montant « {raw['montant']} » est illisible ; écrivez 40 ou 40,00, en euros"
    for name in _DATES:
        if raw.get(name) and row[name] is None:
            return f"la date « {raw[name]} » de la colonne {name} est illisible ; écrivez 2025-09-01"
    for name, allowed in _CLOSED.items():
        if row[name] is not None and row[name] not in allowed:
            return f"« {row[name]} » n'est pas admis dans la colonne {name} ; choisissez parmi {', '.join(allowed)}"
    return None
