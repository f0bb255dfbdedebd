"""The convention's list for one school year: who pays for which schools, and how much.

It must not infer a payer or an amount from a commune, nor drop a line because its SIRET is wrong.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from marking_plan.codes import is_siret
from marking_plan.convention import find_tarif
from marking_plan.lake import referentiel_files
from marking_plan.semaines import bounds
from metrics.engine import Parameters, connect, fetch_arrow
from metrics.export.errors import ConventionAbsente
from metrics.export.fichiers import write_spreadsheet
from metrics.noms import usual_name
from metrics.reference import load_referentiels

TOTAL = "TOTAL"
_EUROS = pl.Decimal(18, 2)
_PAYEUR = ["annee_scolaire", "nom_payeur", "siret_payeur", "siret_controle", "type_payeur"]
_COUT = ["payeurs", "centimes", "base_cout", "inscrite_le", "ouverte_le", "retiree_le"]


@dataclass(frozen=True, slots=True)
class ConventionEcrite:
    """The two files, and their overall figures. A school with several payers counts once in `ecoles`."""

    payeurs_fichier: Path
    ecoles_fichier: Path
    ecoles: int
    payeurs: int
    centimes: int
    sirets_a_corriger: int


def export_convention(donnees: Path, fichier: Path, annee: str) -> ConventionEcrite:
    """Write the payers with their schools and total, and beside it one row a school and payer.

    Raises ConventionAbsente, EcritureImpossible, and PlanInvalide when no rate is in force that year.
    """
    ecoles = _read_ecoles(donnees, annee)
    payeurs = _group_payeurs(ecoles)
    ecoles_fichier = fichier.with_name(f"{fichier.stem}-ecoles{fichier.suffix}")
    write_spreadsheet(fichier, _in_euros(pl.concat([payeurs, _total(ecoles, annee)])))
    write_spreadsheet(ecoles_fichier, _in_euros(ecoles))
    return ConventionEcrite(
        fichier,
        ecoles_fichier,
        ecoles["uai"].n_unique(),
        payeurs.height,
        int(ecoles["centimes"].sum()),
        payeurs.filter(pl.col("siret_controle") != "valide").height,
    )


def _read_ecoles(donnees: Path, annee: str) -> pl.DataFrame:
    """One row a school and payer, with its share of the cost."""
    annees = sorted(referentiel_files(donnees, "deploiement"))
    if annee not in annees:
        known = ", ".join(annees) or "aucune"
        raise ConventionAbsente(
            f"Aucune liste d’écoles inscrites pour l’année scolaire « {annee} » dans {donnees} (années connues : {known}). "
            "Chargez-la par « dnma deploiement FICHIER »."
        )
    parameters: Parameters = {"annee": annee, "tarif_centimes": find_tarif(bounds(annee)[0]).centimes}
    with connect() as connection:
        load_referentiels(connection, donnees, [annee])
        rows = pl.from_arrow(fetch_arrow(connection, "export/convention", parameters))
    assert isinstance(rows, pl.DataFrame)
    controle = pl.col("siret_payeur").map_elements(_check_siret, return_dtype=pl.String, skip_nulls=False)
    nom = pl.col("nom").map_elements(lambda nom: usual_name("uai", nom), return_dtype=pl.String)
    rows = rows.with_columns(pl.lit(annee).alias("annee_scolaire"), controle.alias("siret_controle"), nom)
    return rows.select("annee_scolaire", "uai", "nom", "nom_commune", *_PAYEUR[1:], *_COUT)


def _check_siret(siret: str | None) -> str:
    if siret is None:
        return "absent"
    return "valide" if is_siret(siret) else "invalide"


def _group_payeurs(ecoles: pl.DataFrame) -> pl.DataFrame:
    """One row a payer. A valid SIRET names one payer, whatever it is called; a wrong one may hide several."""
    name = pl.when(pl.col("siret_controle") == "valide").then(pl.lit("")).otherwise(pl.col("nom_payeur").fill_null(""))
    joined = (
        pl.col(column).drop_nulls().unique().sort().str.join(" / ").replace("", None)
        for column in ("nom_payeur", "type_payeur")
    )
    return (
        ecoles.group_by("annee_scolaire", "siret_payeur", "siret_controle", name.alias("cle"))
        .agg(
            *joined,
            pl.col("uai").n_unique().cast(pl.Int64).alias("ecoles"),
            pl.col("centimes").sum(),
            pl.col("uai").unique().sort().str.join(" ").alias("uais"),
        )
        .sort("nom_payeur", "siret_payeur", nulls_last=True)
        .select(*_PAYEUR, "ecoles", "centimes", "uais")
    )


def _total(ecoles: pl.DataFrame, annee: str) -> pl.DataFrame:
    """The last row: every school once, and the whole cost."""
    row = (annee, TOTAL, None, None, None, ecoles["uai"].n_unique(), ecoles["centimes"].sum(), None)
    kinds = dict.fromkeys(_PAYEUR, pl.String) | {"ecoles": pl.Int64, "centimes": pl.Int64, "uais": pl.String}
    return pl.DataFrame([row], schema=kinds, orient="row")


def _in_euros(rows: pl.DataFrame) -> pl.DataFrame:
    euros = (pl.col("centimes").cast(_EUROS) / 100).cast(_EUROS)
    return rows.with_columns(euros).rename({"centimes": "cout_euros"})
