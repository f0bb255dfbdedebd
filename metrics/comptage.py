"""Count what changed in the lake since the last time: stale weeks, then the registers.

It must not publish: it leaves counts in the lake, and the tables of places in the engine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

import duckdb

from marking_plan import MarkingPlan
from marking_plan.etats import GRACE, list_states
from marking_plan.lake import Manifest, read_manifests
from marking_plan.pics import find_comptage
from marking_plan.semaines import PARIS, monday
from metrics import cubes
from metrics.calendrier import Jour, build_calendrier
from metrics.engine import run
from metrics.modalites import load_modalites
from metrics.periodes import Periode, list_periods, week_of
from metrics.reference import create_table, load_referentiels, referentiels_digest, semaines_table
from metrics.registres import Registre, count_users, list_registers

Progress = Callable[[date], None]


@dataclass(frozen=True)
class Lac:
    """What the lake holds to be published. `context` names what its counts depend on besides events."""

    donnees: Path
    plan: MarkingPlan
    manifests: list[Manifest]
    weeks: list[cubes.Week]
    registres: list[Registre]
    context: str
    aujourdhui: date

    @property
    def fin(self) -> datetime:
        """Figures stop at yesterday: two publications of one day must not tell the visits in between (design 9)."""
        return datetime.combine(self.aujourdhui, time(), PARIS)

    @property
    def semaine_en_cours(self) -> cubes.Week | None:
        """The week of today, if the lake holds events of it."""
        lundi = monday(self.aujourdhui)
        return next((week for week in self.weeks if week.debut == lundi and week.parts), None)

    @property
    def provisoire_apres(self) -> date:
        """Weeks after this Monday may still receive lots (design 7)."""
        return self.aujourdhui - GRACE - timedelta(days=7)

    def context_of(self, week: cubes.Week) -> str:
        """What its counts depend on besides: its days without class, how peaks are counted; the running week's, also the day."""
        semaine = week_of(week.debut)
        running = semaine.touches(Periode("jour", self.aujourdhui, self.aujourdhui))
        libres = [str(jour) for jour in self.jours_libres if semaine.debut <= jour <= semaine.fin]
        comptage = find_comptage(week.debut).model_dump_json()
        return " ".join([self.context, comptage, *libres, str(self.aujourdhui) if running else ""])

    @cached_property
    def calendrier(self) -> list[Jour]:
        """Every day of the school years."""
        return build_calendrier(self.annees, self.plan)

    @cached_property
    def jours_libres(self) -> list[date]:
        """Holidays and public holidays among them, when no school has class."""
        return [jour.jour for jour in self.calendrier if jour.vacances or jour.ferie]

    @property
    def lundis(self) -> list[date]:
        """Every Monday from the first week seen to the last: a week that nothing reached is a gap, not an omission."""
        first, last = self.weeks[0].debut, self.weeks[-1].debut
        return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]

    @cached_property
    def periodes(self) -> list[Periode]:
        """Periods to publish, each after those that make it up."""
        return list_periods(self.lundis)

    @property
    def annees(self) -> list[str]:
        """School years that they touch."""
        return [periode.annee for periode in self.periodes if periode.periode == "annee"]

    def parts_of(self, longer: Periode) -> list[Periode]:
        """The weeks that touch a month, the months of a school year; none for a week."""
        kind = {"mois": "semaine", "annee": "mois"}.get(longer.periode)
        return [part for part in self.periodes if part.periode == kind and part.touches(longer)]

    def weeks_of(self, periode: Periode) -> list[cubes.Week]:
        """Weeks with events that share a day with the period."""
        return [week for week in self.weeks if week_of(week.debut).touches(periode)]

    def registers_of(self, periode: Periode) -> list[Registre]:
        """The register of a month or a school year, if anybody was seen in it."""
        return [registre for registre in self.registres if registre.periode == periode]

    def folder(self, periode: Periode) -> Path:
        """Where counts of a period are kept."""
        return self.donnees / "cubes" / periode.nom


def open_lac(donnees: Path, plan: MarkingPlan, now: datetime) -> Lac:
    """Weeks and registers of the visible lots, as of that instant."""
    manifests, states = read_manifests(donnees), list_states(donnees)
    jour = now.astimezone(PARIS).date()
    weeks, registres = cubes.list_weeks(donnees, manifests, states), list_registers(donnees, manifests, states, jour)
    context = f"{plan.version} {referentiels_digest(donnees)}"
    return Lac(donnees, plan, manifests, weeks, registres, context, jour)


def count_lac(
    connection: duckdb.DuckDBPyConnection, lac: Lac, progress: Progress, again: frozenset[date] = frozenset()
) -> int:
    """Load the referentials and count what changed, and the weeks asked for again; returns how many weeks were counted.

    `progress` hears of each week while the engine still holds its visits. Needs calendrier.
    """
    load_modalites(connection, lac.plan)
    load_referentiels(connection, lac.donnees, lac.annees)
    create_table(connection, "semaines", semaines_table(lac.lundis))
    stale = [week for week in lac.weeks if week.debut in again or not week.is_current(lac.context_of(week))]
    for week in stale:
        cubes.write_presence(connection, lac.donnees, week, lac.fin)
    run(connection, "publication/presence", {"fichiers": [str(week.presence) for week in lac.weeks]})
    run(connection, "publication/lieux")
    run(connection, "publication/placement_annees")
    for week in stale:
        cubes.write_cube(connection, lac.donnees, week, lac.fin, lac.context_of(week))
        progress(week.debut)
    for registre in lac.registres:
        count_users(connection, lac.donnees, registre, lac.context)
    return len(stale)
