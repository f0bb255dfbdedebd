"""A publication of a few schools written cell by cell, so that a test says exactly what is published.

It must not compute a figure that is tested.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import duckdb
import pyarrow as pa

from marking_plan import load_plan
from marking_plan.schema import load_tables
from metrics import tables
from metrics.calendrier import Jour, build_calendrier, calendrier_table
from metrics.engine import connect
from metrics.pilotage import comparables_table, pair_weeks
from tests.oracle_soutien import Publie, read_publie

PLACE = {
    "code_region": "76", "code_academie": "11", "code_departement": "034", "code_circonscription": "C",
    "code_commune": "34194", "regroupement": None, "rattachement": "inconnu", "ouverte_le": date(2024, 9, 2),
}  # fmt: skip
_TABLES = load_tables("publication.toml")
Value = int | str | None  # visits, a state other than valeur, or no row


@cache
def calendar(*annees: str) -> list[Jour]:
    """Days of these school years, built once."""
    return build_calendrier(list(annees), load_plan())


@cache
def _fixed_tables(*annees: str) -> tuple[pa.Table, pa.Table, dict[date, int]]:
    """The tables that follow from the calendar, and the school days of each week."""
    jours = calendar(*annees)
    counts = Counter(jour.semaine for jour in jours if jour.jour_ecole)
    return calendrier_table(jours), comparables_table(pair_weeks(annees, load_plan())), counts


@cache
def school_weeks(*annees: str) -> list[date]:
    """Mondays of their school weeks."""
    return sorted({jour.semaine for jour in calendar(*annees) if jour.periode_scolaire})


@dataclass
class Petite:
    """Rows to publish. Weeks after `provisoire_apres` may still receive lots; figures stop at `dernier_jour`."""

    annees: tuple[str, ...] = ("2025-2026",)
    provisoire_apres: date = date(2030, 1, 1)
    dernier_jour: date = date(2030, 1, 1)
    ecoles: list[dict[str, object]] = field(default_factory=list)
    cases: dict[tuple[date, str, str, str], Value] = field(default_factory=dict)
    perimetre: dict[tuple[date, str, str], tuple[int, int]] = field(default_factory=dict)

    def add_ecole(self, uai: str, **places: object) -> None:
        """A school of every year of the publication."""
        self.ecoles += [{**PLACE, **places, "uai": uai, "annee_scolaire": annee} for annee in self.annees]

    def add_weeks(
        self, territoire: str, values: Mapping[date, Value] | Sequence[Value], profil: str = "tous", niveau: str = "uai"
    ) -> None:
        """Cells of a place, by week or from the first school week on. All expected days came, but where nothing was received."""
        weeks = values if isinstance(values, Mapping) else dict(zip(school_weeks(*self.annees), values, strict=False))
        for debut, value in weeks.items():
            self.cases[debut, niveau, territoire, profil] = value
            if profil == "tous":
                expected = _fixed_tables(*self.annees)[2].get(debut, 0)
                received = 0 if value == "non_recu" else expected
                opened = value not in (None, "non_ouverte")
                self.perimetre[debut, niveau, territoire] = (expected, received) if opened else (0, 0)

    def fill(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write the rows, instead of those that are there; the list of schools to support is left empty."""
        names = ("calendrier", "ecoles", "frequentation_semaine", "perimetre", "completude")
        for name in (*names, "semaines_comparables", "ecoles_a_accompagner"):
            connection.execute(f"delete from {name}")  # noqa: S608 - names above
        jours, comparables, _ = _fixed_tables(*self.annees)
        tables.insert(connection, "calendrier", jours)
        tables.insert(connection, "semaines_comparables", comparables)
        _insert(connection, "ecoles", self.ecoles)
        _insert(connection, "frequentation_semaine", self._cells())
        _insert(connection, "perimetre", self._perimetre())
        _insert(connection, "completude", [{"jour": self.dernier_jour, "uai": "x", "attendu": True, "recu": "oui"}])

    def _cells(self) -> list[dict[str, object]]:
        return [
            {
                "debut": debut, "niveau": niveau, "territoire": territoire, "profil": profil, "coupe": "total",
                "modalite": "total", "visites": 0 if value == "presume" else value if isinstance(value, int) else None,
                "etat": value if isinstance(value, str) else "valeur", "provisoire": debut > self.provisoire_apres,
            }
            for (debut, niveau, territoire, profil), value in self.cases.items() if value is not None
        ]  # fmt: skip

    def _perimetre(self) -> list[dict[str, object]]:
        return [
            {"periode": "semaine", "debut": debut, "niveau": niveau, "territoire": territoire,
             "jours_attendus": attendus, "jours_recus": recus}
            for (debut, niveau, territoire), (attendus, recus) in self.perimetre.items()
        ]  # fmt: skip


def empty_tables() -> duckdb.DuckDBPyConnection:
    """An engine with the tables of a publication, without a row."""
    connection = connect()
    tables.create_tables(connection)
    return connection


def read_petite(connection: duckdb.DuckDBPyConnection) -> Publie:
    """Its rows, as the oracle reads them."""
    return read_publie(lambda query: connection.execute(query).fetchall())


def sunday(lundi: date) -> date:
    """Last day of a week."""
    return lundi + timedelta(days=6)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    if not rows:
        return
    defaults = {"VARCHAR": "-", "BIGINT": 0, "BOOLEAN": False}
    columns = {
        column: [row.get(column, None if c.nullable else defaults.get(c.type)) for row in rows]
        for column, c in _TABLES[name].colonnes.items()
    }
    tables.insert(connection, name, pa.table(columns))
