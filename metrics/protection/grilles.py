"""Which profiles and groups each node publishes in a school year: fixed by the population behind it (design 9).

It must not look at visits: a grouping holds for the whole year, whatever the weeks bring.
"""

import numpy as np
import polars as pl

from metrics.protection.masques import extend_masks
from metrics.protection.politique import Politique

NODE = ["niveau", "territoire"]
KEY = [*NODE, "profil"]
# Each group and its parts: what a node publishes adds up along these lines.
PARTS = {
    "tous": ("eleve", "adultes"),
    "adultes": ("parents", "personnels"),
    "parents": ("parent", "parent_elu"),
    "personnels": ("enseignant", "nat_admin", "personnel_collectivite", "autre"),
    "nat_admin": ("directeur", "admin_vie_scol_tech"),
}


def make_grouping(
    politique: Politique, population: pl.DataFrame, liens: pl.DataFrame, frozen: pl.DataFrame | None
) -> pl.DataFrame:
    """Columns niveau, territoire, profil, effectif, total, semaine, mois: whether a node publishes the profil at all, its cuts
    by week, its cuts by month.

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
    lines = _lines(cells, liens)
    masked = extend_masks(
        cells["effectif"].to_numpy(),
        hidden.to_series().to_numpy().astype(np.bool_),
        lines["ligne"].to_numpy().astype(np.int64),
        lines["cellule"].to_numpy().astype(np.int64),
        politique.k,
    )
    published = cells.with_columns(total=~pl.Series(masked))
    large = pl.col("tous") >= politique.seuil_croisement
    by_week = pl.col("total") & large
    small_cuts = pl.col("total") & pl.col("profil").is_in(politique.coupes_petits)
    return published.select(*KEY, "effectif", "total", semaine=by_week, mois=by_week | small_cuts)


def _is_small(politique: Politique) -> pl.Expr:
    """What a node hides by itself: too few persons, a detail of a small node, the one director of a school."""
    small = pl.col("tous") < politique.seuil_detail
    hidden = (pl.col("effectif") < politique.k) | (small & pl.col("profil").is_in(politique.exclus_petits))
    if not politique.directeur_des:
        return hidden
    return hidden | ((pl.col("profil") == "directeur") & ~pl.col("niveau").is_in(politique.directeur_des))


def _lines(cells: pl.DataFrame, liens: pl.DataFrame) -> pl.DataFrame:
    """Pairs (ligne, cellule): a group with its parts in each node, a node with its children for each profil."""
    numbered = cells.select(*KEY, "cellule")
    parts = pl.DataFrame(
        [(g, part) for g, parts in PARTS.items() for part in (g, *parts)], ["tete", "profil"], orient="row"
    )
    inside = numbered.join(parts, on="profil").select(
        pl.struct(*NODE, pl.lit("parts").alias("genre"), pl.col("tete")).alias("ligne"), "cellule"
    )
    heads = liens.select(*NODE, "niveau_enfant").unique()
    members = pl.concat(
        [
            heads.with_columns(membre_niveau="niveau", membre="territoire"),
            liens.with_columns(membre_niveau="niveau_enfant", membre="enfant").select(
                *NODE, "niveau_enfant", "membre_niveau", "membre"
            ),
        ]
    )
    across = members.join(numbered, left_on=["membre_niveau", "membre"], right_on=NODE).select(
        pl.struct(*NODE, pl.col("niveau_enfant").alias("genre"), pl.col("profil").alias("tete")).alias("ligne"),
        "cellule",
    )
    return pl.concat([inside, across]).select(pl.col("ligne").rank("dense").cast(pl.Int64) - 1, "cellule")
