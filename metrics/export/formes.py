"""The two forms of national figures: wide (one row a school and week) and long (one row a measure), without loss.

It must not read a publication or a file.
"""

import polars as pl

from marking_plan.national import Jeu

CLES_LIGNE = ("debutsemaine", "uai")
LONG = (*CLES_LIGNE, "jeu", "profil", "coupe", "modalite", "mesure", "valeur")
MESURES = ("visites", "utilisateurs", "duree_s")
_CELL = ["profil", "coupe", "modalite", "mesure"]


def mapping(jeu: Jeu) -> pl.DataFrame:
    """Which cell fills each measure column (`colonne`) of a file, with the column's `rang`."""
    rows = [(c.nom, c.profil, c.coupe, c.modalite, c.mesure) for c in jeu.colonnes]
    return pl.DataFrame(rows, schema=dict.fromkeys(["colonne", *_CELL], pl.String), orient="row").with_row_index("rang")


def to_long(large: pl.DataFrame, jeu: Jeu) -> pl.DataFrame:
    """One row a measure column that the wide rows have, in the order of rows and columns."""
    names = [colonne.nom for colonne in jeu.colonnes if colonne.nom in large.columns]
    return (
        large.with_row_index("ligne")
        .unpivot(names, index=["ligne", *CLES_LIGNE], variable_name="colonne", value_name="valeur")
        .join(mapping(jeu), on="colonne")
        .sort("ligne", "rang")
        .select(*CLES_LIGNE, pl.lit(jeu.code).alias("jeu"), *_CELL, pl.col("valeur").cast(pl.Int64))
    )


def to_wide(long: pl.DataFrame, lignes: pl.DataFrame, jeu: Jeu) -> pl.DataFrame:
    """The rows `lignes` (their key columns) with the measures of a file, in its order; one long row a cell at most."""
    names = [colonne.nom for colonne in jeu.colonnes]
    cells = (
        long.filter(pl.col("jeu") == jeu.code)
        .join(mapping(jeu), on=_CELL)
        .pivot("colonne", names, index=CLES_LIGNE, values="valeur")
    )
    return lignes.join(cells, on=CLES_LIGNE, how="left", maintain_order="left").select(jeu.ordre)
