"""Read the open directory of schools (fr-en-annuaire-education, domain.md 5.3) in its present and older shapes.

It must not write, nor keep telephone numbers, addresses or mail.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.referentiels.table import column, normalize_header, parse_date, read_table
from marking_plan.codes import is_uai

_OLD_NAMES = {"appellation_officielle": "nom_etablissement", "numero_uai": "identifiant_de_l_etablissement"}
_FIRST_DEGREE = "1"  # code_nature 101 to 169


@dataclass(frozen=True, slots=True)
class Annuaire:
    """Schools (columns of ECOLE but the year) and the lines refused, with their reason in French."""

    ecoles: pl.DataFrame
    refuses: tuple[tuple[int, str], ...]


def read_annuaire(path: Path) -> Annuaire:
    """Schools of the first degree, one row a UAI. Raises FichierIllisible or ColonneManquante."""
    frame = read_table(path, required=("identifiant_de_l_etablissement", "nom_etablissement", "code_commune"))
    frame = frame.with_row_index("ligne", offset=2)
    uai = pl.col("identifiant_de_l_etablissement").str.to_uppercase().str.zfill(8)  # a spreadsheet drops the zero
    frame = _first_degree(frame.with_columns(uai.alias("uai")))
    valid = frame["uai"].map_elements(is_uai, return_dtype=pl.Boolean, skip_nulls=True).fill_null(False)
    unplaced = (
        valid & frame.select(pl.any_horizontal(pl.col("nom_etablissement", "code_commune").is_null())).to_series()
    )
    refused = [(n, f"UAI invalide : {uai}") for n, uai in frame.filter(~valid).select("ligne", "uai").iter_rows()]
    refused += [(n, "nom ou code de commune absent") for n in frame.filter(unplaced)["ligne"]]
    kept = frame.filter(valid & ~unplaced)
    ecoles = kept.select(_columns(kept)).unique("uai", keep="first", maintain_order=True)
    return Annuaire(_place(ecoles), tuple(sorted(refused)))


def _first_degree(frame: pl.DataFrame) -> pl.DataFrame:
    ecole = column(frame, "type_etablissement").str.to_lowercase().str.contains("^[eé]cole")
    nature = column(frame, "code_nature").str.starts_with(_FIRST_DEGREE)
    return frame.filter(pl.coalesce(nature, ecole).fill_null(True))


def _columns(frame: pl.DataFrame) -> list[pl.Expr]:
    departement = column(frame, "code_departement").fill_null(pl.col("uai").str.slice(0, 3)).str.zfill(3)
    secteur = column(frame, "statut_public_prive").str.to_lowercase()
    return [
        pl.col("uai"),
        pl.col("nom_etablissement").alias("nom"),
        _type_ecole(frame).alias("type_ecole"),
        pl.when(secteur.str.starts_with("pub"))
        .then(pl.lit("public"))
        .when(secteur.str.starts_with("pri"))
        .then(pl.lit("prive"))
        .alias("secteur"),
        pl.col("code_commune").str.zfill(5),
        column(frame, "nom_commune").fill_null(pl.col("code_commune")).alias("nom_commune"),
        departement.alias("code_departement"),
        column(frame, "libelle_departement").fill_null(departement).alias("nom_departement"),
        column(frame, "code_academie").fill_null("inconnu").alias("code_academie"),
        column(frame, "libelle_academie").fill_null("Inconnue").alias("nom_academie"),
        column(frame, "code_region").fill_null("inconnu").alias("code_region"),
        column(frame, "libelle_region").fill_null("Inconnue").alias("nom_region"),
        column(frame, "code_circonscription").alias("code_circonscription"),
        column(frame, "nom_circonscription").alias("nom_circonscription"),
        column(frame, "rpi_disperse").alias("regroupement"),
        *(
            column(frame, name).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False).alias(name)
            for name in ("latitude", "longitude")
        ),
        column(frame, "date_ouverture").map_elements(parse_date, return_dtype=pl.Date).alias("date_ouverture"),
        column(frame, "etat").alias("etat"),
    ]


def _type_ecole(frame: pl.DataFrame) -> pl.Expr:
    """Levels taught; a school with several lines in the directory has its flags spread over them."""
    flags = [(column(frame, f"ecole_{name}") == "1").any().over("uai") for name in ("maternelle", "elementaire")]
    maternelle, elementaire = flags
    both = pl.when(maternelle & elementaire).then(pl.lit("primaire"))
    return both.when(maternelle).then(pl.lit("maternelle")).when(elementaire).then(pl.lit("elementaire"))


def _place(frame: pl.DataFrame) -> pl.DataFrame:
    """Codes of circonscription and regroupement that every school can be found under (design 3)."""
    slug = pl.col("nom_circonscription").map_elements(_slug, return_dtype=pl.String)
    departement = pl.col("code_departement")
    code = pl.coalesce("code_circonscription", departement + "-" + slug, "sans-" + departement)
    regroupement = pl.when(pl.col("regroupement") != "0").then("regroupement")
    return frame.with_columns(
        code_circonscription=code,
        nom_circonscription=pl.col("nom_circonscription").fill_null("Sans circonscription"),
        regroupement=regroupement,
        nom_regroupement=pl.when(regroupement.str.starts_with("RPI"))
        .then(regroupement)
        .otherwise("RPI " + regroupement),
        rattachement=pl.lit(None, dtype=pl.String),
    )


def _slug(name: str) -> str:
    short = re.sub(r"^circonscription_(d_inspection_)?(du_1er_degre_)?(de_|d_)?", "", normalize_header(name))
    return short.replace("_", "-")
