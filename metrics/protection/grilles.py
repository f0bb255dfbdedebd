"""Which profiles and groups each node publishes in a school year: fixed by the population behind it (design 9).

It must not look at visits: a grouping holds for the whole year, whatever the weeks bring.
"""

import numpy as np
import polars as pl

from metrics.protection.groupes import PARTS
from metrics.protection.masques import protect
from metrics.protection.politique import EXACTE, Politique
from metrics.protection.sommes import Ints, Sommes, make_sommes

NODE = ["niveau", "territoire"]
KEY = [*NODE, "profil"]


def make_grouping(
    politique: Politique, population: pl.DataFrame, liens: pl.DataFrame, frozen: pl.DataFrame | None
) -> pl.DataFrame:
    """Columns niveau, territoire, profil, effectif, total, jours, semaine, mois, fines: whether a node publishes the profil at
    all, its totals by day, its cuts by week, its cuts by month, its fine cuts.

    `population`: niveau, territoire, profil, effectif; `liens`: niveau, territoire, niveau_enfant, enfant. What `frozen`
    (an earlier result) decided stands; a new node may only hide more.
    """
    cells = population.sort(KEY)
    if frozen is not None:
        cells = cells.join(frozen.select(*KEY, pl.col("effectif").alias("fige"), "total"), on=KEY, how="left")
        cells = cells.with_columns(effectif=pl.col("fige").fill_null(pl.col("effectif")))
    else:
        cells = cells.with_columns(total=pl.lit(None, dtype=pl.Boolean))
    tous = cells.filter(profil="tous").select(*NODE, pl.col("effectif").alias("tous"))
    cells = cells.join(tous, on=NODE).with_row_index("cellule")
    hidden = cells.select(pl.when(pl.col("total").is_null()).then(_is_small(politique)).otherwise(~pl.col("total")))
    effectif = _column(cells, "effectif")
    sens = (effectif == 0).astype(np.int64)
    found = protect(effectif, hidden.to_series().to_numpy().astype(np.bool_), _sums(cells, liens), politique.k, sens)
    published = cells.with_columns(total=~pl.Series(found.masquees))
    large = (pl.col("tous") >= politique.seuil_croisement) & (pl.col("effectif") >= politique.seuil_profil)
    cut = pl.col("total") & (pl.col("niveau").is_in(politique.niveaux_coupes) | (politique.code == EXACTE))
    for_all = pl.col("profil").is_in(politique.coupes_petits)
    by_week, small_cuts = cut & large, cut & for_all
    fine_cuts = for_all if politique.coupes_fines else pl.lit(True)
    return published.select(
        *KEY,
        "effectif",
        "total",
        jours=pl.col("total") & ~pl.col("profil").is_in(politique.exclus_petits),
        semaine=by_week,
        mois=by_week | small_cuts,
        fines=by_week & fine_cuts,
    )


def _is_small(politique: Politique) -> pl.Expr:
    """What a node hides by itself: too few persons, a detail of a small node, the one director of a school."""
    small = pl.col("tous") < politique.seuil_detail
    hidden = (pl.col("effectif") < politique.k) | (small & pl.col("profil").is_in(politique.exclus_petits))
    if not politique.directeur_des:
        return hidden
    return hidden | ((pl.col("profil") == "directeur") & ~pl.col("niveau").is_in(politique.directeur_des))


def _sums(cells: pl.DataFrame, liens: pl.DataFrame) -> Sommes:
    """A group with its parts in each node, a node with its children for each profil."""
    numbered = cells.select(*KEY, "cellule")
    parts = pl.DataFrame(
        [(g, part, 1 if part != g else -1) for g, parts in PARTS.items() for part in (g, *parts)],
        ["tete", "profil", "signe"],
        orient="row",
    )
    inside = numbered.join(parts, on="profil").select(
        pl.struct(*NODE, pl.lit("parts").alias("genre"), "tete").alias("ligne"),
        "cellule",
        pl.col("signe").cast(pl.Int32),
    )
    heads = liens.select(*NODE, "niveau_enfant").unique()
    members = pl.concat(
        [
            heads.with_columns(membre_niveau="niveau", membre="territoire", signe=pl.lit(-1)),
            liens.select(*NODE, "niveau_enfant", membre_niveau="niveau_enfant", membre="enfant", signe=pl.lit(1)),
        ]
    )
    across = members.join(numbered, left_on=["membre_niveau", "membre"], right_on=NODE).select(
        pl.struct(*NODE, pl.col("niveau_enfant").alias("genre"), pl.col("profil").alias("tete")).alias("ligne"),
        "cellule",
        "signe",
    )
    pairs = pl.concat([inside, across]).select(pl.col("ligne").rank("dense"), "cellule", "signe")
    return make_sommes(_column(pairs, "ligne"), _column(pairs, "cellule"), _column(pairs, "signe"))


def _column(rows: pl.DataFrame, name: str) -> Ints:
    return rows[name].to_numpy().astype(np.int64)
