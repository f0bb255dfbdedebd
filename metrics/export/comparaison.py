"""Lay a published national file beside our figures: what only one of them has, and the figures that differ.

It must not decide who is right, nor render: the command does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb
import polars as pl

from metrics.export.fichier import FichierNational, read_keys, read_rows
from metrics.export.formes import CLES_LIGNE, mapping, to_long, to_wide
from metrics.export.source import choose_semaines, is_wanted, list_semaines, list_uais, read_cellules, read_lignes

CHIFFRE = "chiffre"
MOYENNE = "duree_moyenne"  # a duration of the file that is our mean by visit to a second, and not our total
PRESENCES = ("semaine", "ecole", "ligne")  # what one side alone may have
ICI, LA = "publication_seule", "fichier_seul"
_DIFFERENCE = {
    "nature": pl.String,
    "debutsemaine": pl.Date,
    "uai": pl.String,
    "colonne": pl.String,
    "publication": pl.Int64,
    "fichier": pl.Int64,
    "ecart": pl.Int64,
    "ecart_relatif": pl.Float64,
}
_SPLIT: tuple[tuple[str, Literal["anti", "semi"]], ...] = ((CHIFFRE, "anti"), (MOYENNE, "semi"))
_CELLULE = [*CLES_LIGNE, "profil", "coupe", "modalite"]


@dataclass(slots=True)
class Comptes:
    """Rows both sides have, figures compared, and those that one side alone publishes, which are no difference.

    `vides`: our rows without any visit that the file lacks, as it has no row for them.
    """

    lignes: int = 0
    vides: int = 0
    chiffres: int = 0
    sans_publication: int = 0
    sans_fichier: int = 0


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The file, the weeks both sides have, what was counted, and every difference (columns of _DIFFERENCE)."""

    fichier: FichierNational
    semaines: list[date]
    comptes: Comptes
    differences: pl.DataFrame

    def count(self, nature: str) -> int:
        """Differences of a nature: `chiffre`, `duree_moyenne`, or something that one side alone has, such as `ecole_fichier_seul`."""
        return self.differences.filter(pl.col("nature") == nature).height


def compare_national(
    connection: duckdb.DuckDBPyConnection,
    fichier: FichierNational,
    voulues: Sequence[date] = (),
    annee: str | None = None,
    progress: Callable[[date], None] = lambda _debut: None,
) -> Comparaison:
    """Compare the weeks asked for (default: all), on both sides. Raises SemaineAbsente, FichierInattendu."""
    ours = choose_semaines(list_semaines(connection), voulues, annee)
    keys = read_keys(fichier)
    theirs = [debut for debut in keys["debutsemaine"].unique().sort() if is_wanted(debut, voulues, annee)]
    common = sorted(set(ours) & set(theirs))
    keys = keys.filter(pl.col("debutsemaine").is_in(common))
    rows = read_rows(fichier, common, list_uais(connection))
    comptes = Comptes()
    lignes, chiffres = [keys.clear().with_columns(vide=pl.lit(False))], []
    for debut in common:
        cles = read_lignes(connection, debut)
        cellules = read_cellules(connection, debut, cles, fichier.jeu)
        lignes.append(_mark_empty(to_wide(cellules, cles, fichier.jeu), fichier))
        published = to_long(rows.filter(pl.col("debutsemaine") == debut), fichier.jeu)
        chiffres.append(_compare_figures(cellules, published, fichier, comptes))
        progress(debut)
    differences = [
        _weeks(ICI, sorted(set(ours) - set(theirs))),
        _weeks(LA, sorted(set(theirs) - set(ours))),
        *_compare_rows(pl.concat(lignes), keys, comptes),
        *chiffres,
    ]
    return Comparaison(fichier, common, comptes, pl.concat(differences))


def _mark_empty(large: pl.DataFrame, fichier: FichierNational) -> pl.DataFrame:
    """Key of each row of ours, and whether all its figures are zeros."""
    zeros = pl.all_horizontal(pl.col(fichier.mesures) == 0).fill_null(False)
    return large.select(*CLES_LIGNE, zeros.alias("vide"))


def _compare_rows(lignes: pl.DataFrame, keys: pl.DataFrame, comptes: Comptes) -> list[pl.DataFrame]:
    """Schools and rows that one side alone has; our empty rows are none when the file lacks them."""
    alone = lignes.join(keys, on=CLES_LIGNE, how="anti")
    comptes.lignes = lignes.height - alone.height
    comptes.vides = alone.filter("vide").height
    return [
        *_alone(alone.filter(~pl.col("vide")), keys, ICI),
        *_alone(keys.join(lignes, on=CLES_LIGNE, how="anti"), lignes, LA),
    ]


def _alone(alone: pl.DataFrame, others: pl.DataFrame, cote: str) -> list[pl.DataFrame]:
    """One difference for a school that the others never have, one a row for the rest."""
    never = alone.select("uai").unique().join(others, on="uai", how="anti")
    rest = alone.join(never, on="uai", how="anti")
    return [_differences(f"ecole_{cote}", never.sort("uai")), _differences(f"ligne_{cote}", rest.sort(CLES_LIGNE))]


def _compare_figures(
    cellules: pl.DataFrame, published: pl.DataFrame, fichier: FichierNational, comptes: Comptes
) -> pl.DataFrame:
    """Figures of one week that both sides publish and that differ."""
    ours, theirs = pl.col("valeur"), pl.col("fichier")
    pairs = cellules.join(published.rename({"valeur": "fichier"}), on=[*_CELLULE, "jeu", "mesure"])
    both = pairs.filter(ours.is_not_null() & theirs.is_not_null())
    comptes.chiffres += both.height
    comptes.sans_publication += pairs.filter(ours.is_null() & theirs.is_not_null()).height
    comptes.sans_fichier += pairs.filter(ours.is_not_null() & theirs.is_null()).height
    ecart = ours - theirs
    different = both.filter(ours != theirs).join(mapping(fichier.jeu), on=["profil", "coupe", "modalite", "mesure"])
    named = different.with_columns(
        publication=ours, ecart=ecart, ecart_relatif=pl.when(theirs != 0).then((ecart / theirs).round(4))
    )
    means = _find_means(named, cellules)
    return pl.concat(
        _differences(nature, named.join(means, on=["uai", "colonne"], how=how).sort("uai", "rang"))
        for nature, how in _SPLIT
    )


def _find_means(different: pl.DataFrame, cellules: pl.DataFrame) -> pl.DataFrame:
    """School and column of the durations that are our mean by visit: the national meaning is not documented."""
    visites = cellules.filter(pl.col("mesure") == "visites", pl.col("valeur") > 1).rename({"valeur": "visites"})
    durees = different.filter(pl.col("mesure") == "duree_s").join(visites.select(*_CELLULE, "visites"), on=_CELLULE)
    ecart = pl.col("valeur") / pl.col("visites") - pl.col("fichier")
    return durees.filter(ecart.abs() <= 1).select("uai", "colonne")


def _weeks(cote: str, semaines: list[date]) -> pl.DataFrame:
    return _differences(f"semaine_{cote}", pl.DataFrame({"debutsemaine": semaines}, schema={"debutsemaine": pl.Date}))


def _differences(nature: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows in the shape of _DIFFERENCE; what they lack is null."""
    absent = [pl.lit(None, kind).alias(name) for name, kind in _DIFFERENCE.items() if name not in rows.columns]
    return rows.with_columns(*absent).with_columns(nature=pl.lit(nature)).select(list(_DIFFERENCE))
