"""Load referentials into the lake, one Parquet file a school year, and say in French what was read.

It must not read events.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa

from ingest.errors import AnneeInvalide
from ingest.lake.files import lake_lock, write_atomically
from ingest.lake.parquet import parquet_bytes
from ingest.referentiels.accompagnements import read_accompagnements
from ingest.referentiels.annuaire import read_annuaire
from ingest.referentiels.couverture import read_couverture
from ingest.referentiels.deploiement import read_deploiement
from ingest.referentiels.effectifs import read_effectifs
from ingest.referentiels.horaires import read_horaires
from marking_plan import MarkingPlan
from marking_plan.lake import referentiel_files
from marking_plan.phrases import count_fr
from marking_plan.schema import ACCOMPAGNEMENT, COUVERTURE, DEPLOIEMENT, ECOLE, EFFECTIF, HORAIRE
from marking_plan.semaines import annee_scolaire, is_annee_scolaire, today

__all__ = [
    "load_accompagnements",
    "load_annuaire",
    "load_couverture",
    "load_deploiement",
    "load_effectifs",
    "load_horaires",
]


def load_annuaire(donnees: Path, fichier: Path, annee: str | None) -> list[str]:
    """Replace the directory of a school year (default: today's)."""
    annuaire, annee = read_annuaire(fichier), _year(annee)
    _write(donnees, "ecoles", annuaire.ecoles.with_columns(annee_scolaire=pl.lit(annee)), ECOLE)
    circonscriptions = annuaire.ecoles["code_circonscription"].n_unique()
    counts = [
        _ecoles(annuaire.ecoles.height),
        count_fr(circonscriptions, "circonscription", "circonscriptions"),
        count_fr(len(annuaire.refuses), "ligne refusée", "lignes refusées"),
    ]
    lines = [f"Annuaire {annee} : {', '.join(counts)}."]
    return lines + [f"  ligne {ligne} : {raison}" for ligne, raison in annuaire.refuses[:10]]


def load_horaires(donnees: Path, fichier: Path, annee: str | None) -> list[str]:
    """Replace the schools' weeks of class of a school year (default: today's)."""
    annee = _year(annee)
    horaires = read_horaires(fichier, annee)
    _write(donnees, "horaires", horaires.demi_journees.with_columns(annee_scolaire=pl.lit(annee)), HORAIRE)
    refus = count_fr(len(horaires.refuses), "ligne refusée", "lignes refusées")
    ecoles = _ecoles(horaires.demi_journees["uai"].n_unique())
    lines = [f"Horaires {annee} : {ecoles}, {horaires.sans_heure} sans aucune heure, {refus}."]
    lines += [f"  {_ecoles(n)} : horaires de {other}" for other, n in sorted(horaires.autres_annees.items())]
    return lines + [f"  ligne {ligne} : {raison}" for ligne, raison in horaires.refuses[:10]]


def _ecoles(count: int) -> str:
    return count_fr(count, "école", "écoles")


def _year(annee: str | None) -> str:
    """A school year, by default today's. Raises AnneeInvalide."""
    annee = annee or annee_scolaire(today())
    if not is_annee_scolaire(annee):
        raise AnneeInvalide(f"« {annee} » n'est pas une année scolaire. Écrivez par exemple 2025-2026.")
    return annee


def load_effectifs(
    donnees: Path, fichier: Path, plan: MarkingPlan, base: str | None, constate_le: date | None
) -> list[str]:
    """Add counts; a later file replaces those of the same schools, profiles, base and date: each date keeps its own."""
    rows = read_effectifs(fichier, plan, base, constate_le)
    _merge(donnees, "effectifs", rows, EFFECTIF, key=["uai", "profil", "base", "constate_le"])
    return [f"Effectifs : {count_fr(rows.height, 'ligne', 'lignes')} pour {_ecoles(rows['uai'].n_unique())}."]


def load_deploiement(donnees: Path, fichier: Path) -> list[str]:
    """Replace the convention's list of each school year named in the file."""
    rows = read_deploiement(fichier)
    _write(donnees, "deploiement", rows, DEPLOIEMENT)
    return [f"Déploiement : {count_fr(rows['uai'].n_unique(), 'école inscrite', 'écoles inscrites')}."]


def load_couverture(donnees: Path, fichier: Path) -> list[str]:
    """Add delivered days to those known."""
    rows = read_couverture(fichier)
    year = pl.col("jour").map_elements(annee_scolaire, return_dtype=pl.String).alias("annee_scolaire")
    _merge(donnees, "couverture", rows.with_columns(year), COUVERTURE, key=["jour", "uai"])
    jours = count_fr(rows.height, "jour d'école déclaré livré", "jours d'école déclarés livrés")
    return [f"Couverture : {jours}."]


def load_accompagnements(donnees: Path, fichier: Path) -> list[str]:
    """Replace what was done for schools in each school year named in the file."""
    rows = read_accompagnements(fichier, today())
    _write(donnees, "accompagnements", rows, ACCOMPAGNEMENT)
    faits = count_fr(rows.height, "accompagnement", "accompagnements")
    return [
        f"Accompagnements : {faits} pour {_ecoles(rows['uai'].n_unique())}, à montrer dès la prochaine publication."
    ]


def _merge(donnees: Path, kind: str, rows: pl.DataFrame, schema: pa.Schema, key: list[str]) -> None:
    """Write the rows over those of the same key already there."""
    with lake_lock(donnees):
        known = [
            pl.read_parquet(file).with_columns(annee_scolaire=pl.lit(annee))
            for annee, file in referentiel_files(donnees, kind).items()
        ]
        whole = pl.concat([*known, rows], how="diagonal_relaxed")
        _write_years(donnees, kind, whole.unique(["annee_scolaire", *key], keep="last", maintain_order=True), schema)


def _write(donnees: Path, kind: str, rows: pl.DataFrame, schema: pa.Schema) -> None:
    with lake_lock(donnees):
        _write_years(donnees, kind, rows, schema)


def _write_years(donnees: Path, kind: str, rows: pl.DataFrame, schema: pa.Schema) -> None:
    """One file a school year, in a fixed order; the caller holds the lake's lock."""
    keys = ("uai", "jour", "date", "profil", "base", "constate_le", "jour_semaine", "demi_journee", "nature")
    order = [name for name in keys if name in rows.columns]
    for (annee,), year in rows.sort(order).partition_by("annee_scolaire", as_dict=True).items():
        path = donnees / "referentiels" / kind / f"annee={annee}.parquet"
        write_atomically(path, parquet_bytes(year, schema))
