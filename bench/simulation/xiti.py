"""The second vendor's delivery: an access log of 2012 XiTi hits, and the table from (s, s2) to UAI.
Must not add faults: this delivery shows the dialect, the native ones show the faults."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from bench.simulation.deliveries import open_output
from bench.simulation.native import PLATEFORME, as_bytes, local_text
from bench.simulation.population import Population
from bench.simulation.region import Ecole
from bench.simulation.usage import MARQUAGES, XITI_PROFIL
from bench.simulation.visits import AGENTS

COLLECTIVITE = 340001
PROJET = 1


@dataclass(slots=True)
class JournalXiti:
    """Gathers the hits of a few schools, week after week; small enough to wait for the end."""

    region: Sequence[Ecole]
    ecoles: tuple[int, ...]
    population: Population
    semaines: list[pl.Series] = field(default_factory=list)

    def add_week(self, evenements: pl.DataFrame) -> None:
        """Keep the week's events (columns of visits.Semaine.evenements, whole seconds) as log lines."""
        self.semaines.append(_log_lines(evenements.sort("instant_ms", maintain_order=True), self))

    def write_log(self, chemin: Path) -> int:
        """Write the log, return its number of lines."""
        lignes = pl.concat(self.semaines)
        with open_output(chemin, None) as sortie:
            sortie.write(as_bytes(lignes))
        return len(lignes)

    def write_table(self, chemin: Path) -> None:
        lignes = [f"{COLLECTIVITE};{self.number(ecole)};{self.region[ecole].uai}" for ecole in self.ecoles]
        chemin.write_text("\n".join(["s;s2;uai", *lignes]) + "\n", encoding="utf-8")

    def number(self, ecole: int) -> int:
        """ID_ETAB: 1..n inside the project."""
        return self.ecoles.index(ecole) + 1


def _log_lines(evenements: pl.DataFrame, journal: JournalXiti) -> pl.Series:
    numeros = {ecole: journal.number(ecole) for ecole in journal.ecoles}
    etablissement = pl.col("ecole").replace_strict(numeros, return_dtype=pl.Int64)
    profil = pl.Series(XITI_PROFIL).gather(evenements["profil"])
    jeton = pl.Series("jeton", journal.population.jetons).gather(evenements["personne"])
    service = pl.Series([m.xiti[0] for m in MARQUAGES]).gather(evenements["service"])
    page = pl.Series([m.xiti[1] for m in MARQUAGES]).gather(evenements["service"])
    agent = pl.Series(AGENTS).gather(evenements["agent"])
    ligne = pl.concat_str(
        pl.lit("- - - ["),
        local_text("%d/%b/%Y:%H:%M:%S"),
        pl.concat_str(pl.lit(" +0"), pl.col("decalage_ms") // 3_600_000, pl.lit("00")),
        pl.lit(f'] "GET /hit.xiti?s={COLLECTIVITE}&s2='),
        etablissement,
        pl.concat_str(pl.lit("&p="), page, pl.lit("&at="), jeton, pl.lit("&ac="), profil),
        pl.concat_str(pl.lit("&x1="), service, pl.lit("&x2="), profil),
        pl.concat_str(pl.lit(f"&x3={PROJET}&x4={PLATEFORME}-XITI&idclient="), jeton),
        pl.lit("&hl="),
        local_text("%-Hx%-Mx%-S"),
        pl.concat_str(pl.lit(' HTTP/1.1" 200 43 "-" "'), agent, pl.lit('"\n')),
    )
    return evenements.select(ligne.alias("ligne")).to_series()
