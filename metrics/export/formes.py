"""The two forms of national figures: wide (one row a school and week) and long (one row a measure), without loss.

It must not read a publication or a file.
"""

import polars as pl

from marking_plan.national import Jeu

CLES_LIGNE = ("debutsemaine", "uai")
LONG = (*CLES_LIGNE, "jeu", "profil", "coupe", "modalite", "mesure", "valeur")
MESURES = ("visites", "utilisateurs", "duree_s")
MOYENNE = "duree_moyenne_s"
_CELL = ["profil", "coupe", "modalite", "mesure"]
# Hours (more than a day's, for a total), minutes and seconds; some files add a fraction of a second, which is left out
# (domain.md 1.2).
_HORLOGE = r"^(\d+):(\d{1,2}):(\d{1,2})(?::\d+)?$"


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


def with_means(long: pl.DataFrame) -> pl.DataFrame:
    """The same rows, each total duration followed by the mean by visit in whole seconds; no visit, no mean."""
    ranked = long.with_row_index("ligne")
    cell = [*CLES_LIGNE, "jeu", *_CELL[:-1]]
    visites = ranked.filter(pl.col("mesure") == "visites").select(*cell, pl.col("valeur").alias("visites"))
    totals = ranked.filter(pl.col("mesure") == "duree_s").join(visites, on=cell)
    means = totals.filter((pl.col("visites") != 0).fill_null(True)).with_columns(
        mesure=pl.lit(MOYENNE), valeur=pl.col("valeur") // pl.col("visites")
    )
    return pl.concat([ranked, means.select(ranked.columns)]).sort("ligne", maintain_order=True).select(LONG)


def clock(name: str) -> pl.Expr:
    """A column of seconds as HH:MM:SS; hours have the digits that they need."""
    seconds = pl.col(name)
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return pl.format("{}:{}:{}", *(part.cast(pl.String).str.zfill(2) for part in parts)).alias(name)


def parse_clock(name: str) -> pl.Expr:
    """Seconds of a column of durations written HH:MM:SS, or with a fraction behind; null for any other text."""
    parts = (pl.col(name).str.extract(_HORLOGE, n + 1).cast(pl.Int64, strict=False) * 60 ** (2 - n) for n in range(3))
    return pl.sum_horizontal(*parts, ignore_nulls=False).alias(name)
