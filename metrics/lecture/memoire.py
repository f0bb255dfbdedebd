"""What every board of a publication may need about schools, read once when it is opened: small, and so no query of a board.

It must not build a board, nor hold what grows with visits.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import cast

import duckdb

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, fetch
from metrics.tableau import Constat, Debit

Compte = tuple[str, str, int]  # profil, base, effectif
_LigneDebit = tuple[
    date, str, str, str, int | None, str | None, date | None, int | None, int | None, int | None, int | None
]
_LigneConstat = tuple[date, str, str, str | None, float, float | None, float | None, date | None, int]


@dataclass(frozen=True, slots=True)
class Memoire:
    """By (school year, niveau, territoire): counts and accesses. Pupils by (school year, UAI); school weeks; schools to support
    by week.

    `jugees`: weeks at the end of which schools may be listed, even if none is.
    """

    effectifs: dict[tuple[str, str, str], list[Compte]]
    eleves: dict[tuple[str, str], int]
    debits: dict[tuple[str, str, str], Debit]
    semaines_ecole: tuple[date, ...]
    jugees: tuple[date, ...]
    constats: dict[date, dict[str, tuple[Constat, ...]]]

    def last_weeks(self, au: date, count: int) -> list[date]:
        """The last school weeks that begin by a Monday, in order."""
        end = bisect_right(self.semaines_ecole, au)
        return list(self.semaines_ecole[max(0, end - count) : end])

    def last_judged(self, au: date) -> date | None:
        """The last week, by a Monday, at whose end schools may be listed."""
        end = bisect_right(self.jugees, au)
        return self.jugees[end - 1] if end else None


def load_memoire(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> Memoire:
    """Everything, in four queries."""
    rentree: Parameters = {"semaines_rentree": plan.accompagnement.semaines_rentree}
    weeks = cast("list[tuple[date, bool]]", fetch(connection, "lecture/semaines_ecole", rentree))
    debits = _load_debits(connection)
    return Memoire(
        effectifs=_load_effectifs(connection),
        eleves={
            (annee, code): debit.eleves
            for (annee, niveau, code), debit in debits.items()
            if niveau == "uai" and debit.eleves
        },
        debits=debits,
        semaines_ecole=tuple(debut for debut, _ in weeks),
        jugees=tuple(debut for debut, jugee in weeks if jugee),
        constats=_load_constats(connection),
    )


def _load_effectifs(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], list[Compte]]:
    found: dict[tuple[str, str, str], list[Compte]] = defaultdict(list)
    rows = cast("list[tuple[str, str, str, str, str, int]]", fetch(connection, "lecture/effectifs", {}))
    for annee, niveau, territoire, profil, base, effectif in rows:
        found[annee, niveau, territoire].append((profil, base, effectif))
    return dict(found)


def _load_debits(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], Debit]:
    rows = cast("list[_LigneDebit]", fetch(connection, "lecture/debits", {}))
    return {(annee_scolaire(row[0]), row[1], row[2]): Debit(row[0], *row[3:]) for row in rows}


def _load_constats(connection: duckdb.DuckDBPyConnection) -> dict[date, dict[str, tuple[Constat, ...]]]:
    found: dict[date, dict[str, list[Constat]]] = defaultdict(lambda: defaultdict(list))
    for line in cast("list[_LigneConstat]", fetch(connection, "lecture/constats", {})):
        found[line[0]][line[1]].append(Constat(*line[2:]))
    return {debut: {uai: tuple(own) for uai, own in schools.items()} for debut, schools in found.items()}
