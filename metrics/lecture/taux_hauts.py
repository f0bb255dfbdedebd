"""Rates of the nodes that people look after, from the circonscription up, held in memory: a few hundred nodes, asked for all day.

It must not judge a rate; those of communes and schools, twenty times as many, are asked of the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from marking_plan import MarkingPlan
from metrics.engine import fetch_arrow
from metrics.lecture.parts import TAUX, Ligne
from metrics.lecture.suites import Suites, index_suites, known, name_day
from metrics.lecture.taux import BASES
from metrics.tableau import Vue

NIVEAUX_HAUTS = ("region", "academie", "departement", "circonscription")
_CLE = ("periode", "niveau", "territoire", "profil", "base")
_COLONNES = (
    "etat", "numerateur", "denominateur", "constate_le", "depasse_effectif", "pour_100_eleves", "ecoles_sans_effectif",
    "ecoles_non_recues", "ecoles_preelementaire",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TauxHauts:
    """Cells by (periode, niveau, territoire, profil, base); `etats` are those of the marking plan, by rank."""

    cellules: Suites
    etats: tuple[str, ...]

    def read(self, vue: Vue, profils: Sequence[str], debuts: Sequence[date]) -> list[Ligne]:
        """Rates of a view's node and kind of period, at these beginnings."""
        keys = [(vue.periode, vue.niveau, vue.territoire, profil, base) for profil in profils for base in BASES]
        grids = self.cellules.align(keys, debuts, *_COLONNES)
        rows = zip(*(grid.tolist() for grid in grids), strict=True)
        return [
            self._name(key[3], key[4], debut, *cell)
            for key, columns in zip(keys, rows, strict=True)
            for debut, cell in zip(debuts, zip(*columns, strict=True), strict=True)
            if cell[0] >= 0
        ]

    def _name(self, profil: str, base: str, debut: date, etat: int, users: int, effectif: int, constate: int, depasse: int, pour_100: int, *ecoles: int) -> Ligne:  # fmt: skip
        constate_le = name_day(constate) if constate >= 0 else None
        figures = known(users), known(effectif), None
        return Ligne(
            TAUX, profil, self.etats[etat], *figures, debut, base, constate_le, bool(depasse), bool(pour_100), *ecoles
        )


def load_taux_hauts(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> TauxHauts:
    """Everything, in one query."""
    etats = tuple(etat.code for etat in plan.etats)
    table = fetch_arrow(connection, "lecture/taux_hauts", {"niveaux": list(NIVEAUX_HAUTS), "etats": list(etats)})
    return TauxHauts(index_suites(table, _CLE, "debut", _COLONNES), etats)
