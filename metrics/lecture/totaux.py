"""Published totals of every node, schools behind them and peaks, held in memory, and how their columns are read.

It must not build a board, nor hold another cut than the total: those are ten times as many, and stay in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics.engine import Parameters, fetch
from metrics.lecture.suites import Cle, Entiers, Rangs, Suites, count_days, load_suites
from metrics.tableau import ANNEE, MOIS, SEMAINE

PUBLIES = ("valeur", "presume")
ETATS = (*PUBLIES, "secret", "non_recu", "non_ouverte")  # strongest first, over a span
VALEUR, SECRET, NON_RECU = (ETATS.index(etat) for etat in ("valeur", "secret", "non_recu"))
DEMI_JOURNEES = tuple(f"{jour}-{moment}" for jour in range(1, 8) for moment in ("matin", "apres_midi"))
PERIMETRE = ("inscrites", "ouvertes", "mesurees", "actives", "jours_attendus", "jours_recus")
_PERIODES = (SEMAINE, MOIS, ANNEE)  # by their rank in totaux.sql
CELLULE = ("etat", "visites", "utilisateurs", "duree_s", "duree_mediane_s", "provisoire")


class Cumul(NamedTuple):
    """What the cells of one key come to: how many are in each state of ETATS, and what the `cellules` that have figures add up to.

    `utilisateurs` adds those of `cellules_utilisateurs` cells: divided by them it gives a mean.
    """

    etats: list[int]
    cellules: int
    visites: int | None
    duree_s: int
    utilisateurs: int
    cellules_utilisateurs: int


@dataclass(frozen=True, slots=True)
class Totaux:
    """Cells by (periode, niveau, territoire, profil), schools by (periode, niveau, territoire), peaks by (niveau, territoire)."""

    cellules: Suites
    perimetres: Suites
    pics: Suites

    def add_up(
        self, cles: Sequence[Cle], du: date, au: date, ecole: Sequence[date] | None = None, *, ecole_seule: bool = False
    ) -> list[Cumul]:
        """Cells of each key over a span. Of the periods that do not begin on a day of `ecole`, where it is given, users are
        not added; nor is anything, with `ecole_seule`."""
        rows, groups = self.cellules.gather(cles, du, au)
        taught = None if ecole is None else np.isin(self.cellules.jours[rows], count_days(ecole))
        if ecole_seule and taught is not None:
            rows, groups, taught = rows[taught], groups[taught], None
        columns = {nom: self.cellules.colonnes[nom][rows] for nom in CELLULE}
        figures, users = columns["visites"] >= 0, columns["utilisateurs"] >= 0
        users = users if taught is None else users & taught
        count = len(cles)
        sums = (
            _count_states(groups, columns["etat"], count),
            _sum(groups, figures, figures, count),
            _sum(groups, figures, columns["visites"], count),
            _sum(groups, columns["duree_s"] >= 0, columns["duree_s"], count),
            _sum(groups, users, columns["utilisateurs"], count),
            _sum(groups, users, users, count),
        )
        return [
            Cumul(etats, cells, visites if cells else None, *others)
            for etats, cells, visites, *others in zip(*sums, strict=True)
        ]


def load_totaux(connection: duckdb.DuckDBPyConnection) -> Totaux:
    """Everything, in five queries. A total of a node without a school is left out: no board shows it."""
    noeuds = [(str(niveau), str(code)) for niveau, code in fetch(connection, "lecture/noeuds", {})]
    profils = [str(profil) for (profil,) in fetch(connection, "lecture/profils", {})]
    lieux: dict[str, list[Cle]] = {"periode": [(periode,) for periode in _PERIODES], "noeud": [*noeuds]}
    totaux: Parameters = {"profils": profils, "etats": list(ETATS)}
    pics: Parameters = {"etats": list(ETATS), "demi_journees": list(DEMI_JOURNEES)}
    return Totaux(
        cellules=load_suites(
            connection, "lecture/totaux", {**lieux, "profil": [(profil,) for profil in profils]}, totaux
        ),
        perimetres=load_suites(connection, "lecture/perimetres", lieux, {"periodes": list(_PERIODES)}),
        pics=load_suites(connection, "lecture/pics", {"noeud": [*noeuds]}, pics),
    )


def known(valeur: int) -> int | None:
    """A figure as it is held: what there is none of is -1."""
    return None if valeur < 0 else valeur


def _count_states(groups: Rangs, etats: Entiers, count: int) -> list[list[int]]:
    ranks = np.bincount(groups * len(ETATS) + etats, minlength=count * len(ETATS))
    states: list[list[int]] = ranks.reshape(count, len(ETATS)).tolist()
    return states


def _sum(groups: Rangs, kept: NDArray[np.bool_], values: NDArray[np.generic], count: int) -> list[int]:
    """Sums by rank: exact, since they are whole numbers far below 2^53."""
    sums: list[int] = np.bincount(groups[kept], values[kept], count).astype(np.int64).tolist()
    return sums
