"""What may be asked of each node of a publication, held in memory: no query a board.

It must not read a figure.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import cast

import duckdb

from marking_plan.semaines import annee_scolaire, bounds, month_bounds
from metrics.engine import fetch
from metrics.lecture.serie import Semaine
from metrics.tableau import ANNEE, MOIS, SEMAINE, AnneeOffre, Offre, ProfilPublie, Vue

# Levels from the top down, with those that the children of a node may be shown at, the usual one first.
NIVEAUX_ENFANTS = {
    "region": ("departement", "academie", "circonscription", "commune", "uai"),
    "academie": ("departement", "circonscription", "commune", "uai"),
    "departement": ("circonscription", "commune", "regroupement", "uai"),
    "circonscription": ("uai",),
    "commune": ("uai",),
    "regroupement": ("uai",),
    "uai": (),
}
_JOURS_ECOLE_MIN = 5  # a month with fewer school days tells nothing of a school
_Node = tuple[str, str, str]  # annee_scolaire, niveau, territoire


@dataclass(frozen=True)
class Catalogue:
    """Periods of a publication, and the profiles that each node publishes in each school year.

    `departs`: nodes that the latest year no longer has, with their last one.
    """

    semaines: tuple[date, ...]
    mois: dict[date, int]  # with their school days
    dernieres_semaines: dict[str, date]
    dernier_jour: date | None
    profils: dict[_Node, tuple[ProfilPublie, ...]]
    calendrier: dict[date, Semaine]
    departs: dict[tuple[str, str], str]

    @property
    def annees(self) -> tuple[str, ...]:
        """School years that have a published week, in order."""
        return tuple(self._periodes)

    def find_weeks(self, semaines: Sequence[date]) -> list[Semaine]:
        """These weeks in the calendar; a week of a year that it doesn't know has no school day."""
        return [self.calendrier.get(debut, Semaine(debut, 0, None, None)) for debut in semaines]

    def is_over(self, fin: date) -> bool:
        """Whether figures go as far as that day."""
        return self.dernier_jour is not None and fin <= self.dernier_jour

    def find_offre(self, niveau: str, territoire: str) -> Offre:
        """What may be asked of a node: of one that is gone, nothing later than its last year."""
        last = self.departs.get((niveau, territoire), self.annees[-1])
        annees = tuple(
            replace(periodes, profils=self.profils.get((annee, niveau, territoire), ()))
            for annee, periodes in self._periodes.items()
            if annee <= last
        )
        over = max((mois for annee in annees for mois in annee.mois_ecole if mois in self._mois_finis), default=None)
        return Offre(annees, NIVEAUX_ENFANTS[niveau], over)

    @cached_property
    def _periodes(self) -> dict[str, AnneeOffre]:
        """Of every school year, in order, what is the same for all nodes: put together once, for each page asks three times."""
        return {annee: self._annee(annee) for annee in sorted({annee_scolaire(debut) for debut in self.semaines})}

    @cached_property
    def _mois_finis(self) -> frozenset[date]:
        return frozenset(mois for mois in self.mois if self.is_over(month_bounds(mois)[1]))

    def _annee(self, annee: str) -> AnneeOffre:
        last = self.dernieres_semaines.get(annee)
        semaines = tuple(debut for debut in self.semaines if annee_scolaire(debut) == annee)
        mois = tuple(debut for debut in self.mois if annee_scolaire(debut) == annee)
        return AnneeOffre(
            annee=annee,
            semaines=semaines,
            mois=mois,
            profils=(),
            finie=last is not None and last <= self.semaines[-1],
            semaines_ecole=tuple(week.debut for week in self.find_weeks(semaines) if week.jours_ecole),
            mois_ecole=tuple(debut for debut in mois if self.mois[debut] >= _JOURS_ECOLE_MIN),
        )


def read_catalogue(
    connection: duckdb.DuckDBPyConnection, semaines: Sequence[date], departs: dict[tuple[str, str], str]
) -> Catalogue:
    """Read once, when a publication is opened."""
    rows = cast("list[tuple[str, date, date | None]]", fetch(connection, "lecture/annees", {}))
    comparables = fetch(connection, "lecture/semaines_comparables", {})
    weeks = [Semaine(*week) for week in cast("list[tuple[date, int, date | None, int | None]]", comparables)]
    profils: dict[_Node, list[ProfilPublie]] = defaultdict(list)
    publie = cache(ProfilPublie)  # a few different ones, for thousands of nodes
    published = cast("list[tuple[str, str, str, str, bool, bool, bool]]", fetch(connection, "lecture/protection", {}))
    for annee, niveau, territoire, code, by_week, by_month, fines in published:
        profils[annee, niveau, territoire].append(publie(code, by_week, by_month, fines))
    return Catalogue(
        semaines=tuple(semaines),
        mois=dict(cast("list[tuple[date, int]]", fetch(connection, "lecture/mois", {}))),
        dernieres_semaines={annee: semaine for annee, semaine, _ in rows},
        dernier_jour=rows[0][2] if rows else None,
        profils={node: tuple(found) for node, found in profils.items()},
        calendrier={week.debut: week for week in weeks},
        departs=departs,
    )


def default_vue(offre: Offre, niveau: str, territoire: str) -> Vue:
    """A school opens on its last whole month, for its cuts are published by month; other nodes on the running year's school weeks,
    for who may read weeks."""
    annee = next((annee for annee in reversed(offre.annees) if annee.profils), offre.annees[-1])
    codes = [profil.code for profil in annee.profils]
    profil = "tous" if "tous" in codes or not codes else codes[0]
    weeks = SEMAINE in offre.periodes
    if (niveau == "uai" or not weeks) and offre.dernier_mois is not None:
        return Vue(niveau, territoire, *month_bounds(offre.dernier_mois), profil, MOIS)
    if not weeks:
        return Vue(niveau, territoire, *bounds(annee.annee), profil, ANNEE)
    return Vue(niveau, territoire, *annee.etendue, profil, SEMAINE)
