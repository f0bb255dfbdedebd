"""Exact figures of schools for the national cell, week by week, in memory: never published, never on disk (design 9).

It must not write or log an export: the command does, with its reason.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from marking_plan import MarkingPlan
from marking_plan.national import load_national
from marking_plan.semaines import annee_scolaire
from metrics.comptage import Lac, Progress
from metrics.engine import Parameters, connect, run
from metrics.export.errors import EcritureImpossible
from metrics.periodes import week_of
from metrics.publication import open_filled, place_ecoles
from metrics.reference import create_table
from metrics.tables import replace_rows


def check_folder(donnees: Path, dossier: Path) -> None:
    """Refuse a folder inside the data: exact figures are no part of what is served or saved. Raises EcritureImpossible."""
    if dossier.resolve().is_relative_to(donnees.resolve()):
        raise EcritureImpossible(
            f"{dossier} est dans le dossier des données. Un export exact n’y a pas sa place : choisissez un dossier à part, "
            "que seule la cellule nationale lira."
        )


@dataclass
class Exact:
    """The tables that an export reads, with the exact figures of one week at a time. `_aimed`: school year of the targets."""

    connection: duckdb.DuckDBPyConnection
    lac: Lac
    _aimed: str = ""

    @property
    def semaines(self) -> list[date]:
        """Mondays of the weeks of the lake, ascending."""
        return self.lac.lundis

    def load(self, debut: date) -> None:
        """Put the exact figures of that week in frequentation_semaine, instead of those of the week before."""
        self._aim(annee_scolaire(debut))
        semaine = week_of(debut)
        weeks = self.lac.weeks_of(semaine)
        parameters: Parameters = {"du": debut, "au": semaine.fin, "periodes": ["semaine"], "grain": "semaine"}
        parameters |= {"ecoles": [str(w.ecoles) for w in weeks], "partages": [str(w.partages) for w in weeks]}
        self.connection.execute("DELETE FROM frequentation_semaine")
        if not weeks:
            return
        run(self.connection, "cellules/cellules", parameters)
        run(self.connection, "export/cellules_exactes")
        shown: Parameters = {"periode": "semaine", "du": debut, "au": semaine.fin, "annee": self._aimed}
        replace_rows(self.connection, "semaine", shown | {"provisoire_apres": self.lac.provisoire_apres})

    def _aim(self, annee: str) -> None:
        if self._aimed != annee:
            for name in ("cibles_noms", "ecoles_annee", "cibles"):
                run(self.connection, f"cellules/{name}", {"annee": annee})
            self._aimed = annee


@contextmanager
def open_exact(
    donnees: Path, plan: MarkingPlan, now: datetime, progress: Progress = lambda _debut: None
) -> Iterator[Exact]:
    """The lake's exact figures; weeks that changed are counted first, which needs the caller's lock.

    Raises LacIllisible when no lot was received.
    """
    lac = open_filled(donnees, plan, now)
    profils = sorted({colonne.profil for jeu in load_national().jeux for colonne in jeu.colonnes})
    with connect() as connection:
        place_ecoles(connection, lac, progress)
        run(connection, "publication/ecoles")
        run(connection, "export/cibles_exactes", {"profils": profils})
        create_table(connection, "fines", pa.table({"coupe": pa.array([], pa.string())}))
        yield Exact(connection, lac)
