"""The truth known by construction: visits, users and durations by week, school and profile.
Must count the visits drawn, never the lines written, so that it owes nothing to the engine's rules."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from bench.simulation.region import Ecole
from bench.simulation.usage import PROFILS

TOUS = "tous"
COLONNES = ("debut", "uai", "profil", "visites", "utilisateurs", "duree_s")


@dataclass(slots=True)
class Verite:
    """Gathers one small table a week; `visites` is their total."""

    region: tuple[Ecole, ...]
    semaines: list[pl.DataFrame] = field(default_factory=list)
    visites: int = 0

    def add_week(self, visites: pl.DataFrame, lundi: date) -> None:
        """Count a week's visits (columns of visits.Semaine.visites); each duration is floored to seconds."""
        self.visites += len(visites)
        mesures = (
            pl.len().cast(pl.Int64).alias("visites"),
            pl.col("personne").n_unique().cast(pl.Int64).alias("utilisateurs"),
            (pl.col("duree_ms") // 1000).sum().alias("duree_s"),
        )
        par_profil = visites.group_by("ecole", "profil").agg(mesures)
        tous = visites.group_by("ecole").agg(mesures)
        codes = pl.Series(PROFILS)
        lignes = pl.concat(
            [
                par_profil.with_columns(codes.gather(par_profil["profil"]).alias("profil")),
                tous.with_columns(profil=pl.lit(TOUS)).select(par_profil.columns),
            ]
        )
        uais = pl.Series("uai", [e.uai for e in self.region]).gather(lignes["ecole"])
        self.semaines.append(lignes.with_columns(uais, debut=pl.lit(lundi)))

    def write(self, chemin: Path) -> None:
        pl.concat(self.semaines).select(COLONNES).sort("debut", "uai", "profil").write_parquet(chemin)
