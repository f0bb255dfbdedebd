"""What a week or a day compares with in the school year before: the same place in school time, not the same date.

It must not read figures: pairs follow from the calendars alone. Summer weeks and holidays compare with nothing (design 3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pyarrow as pa

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_precedente, annee_scolaire
from metrics.calendrier import Jour, build_calendrier

_SCHEMA = pa.schema(
    [
        ("debut", pa.date32()),
        ("annee_scolaire", pa.string()),
        ("periode_scolaire", pa.int32()),
        ("rang", pa.int32()),
        ("jours_ecole", pa.int32()),
        ("debut_precedent", pa.date32()),
        ("jours_ecole_precedents", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Semaine:
    """A week and the one it compares with; `debut_precedent` None: sans équivalent. `annee_scolaire` is its Monday's."""

    debut: date
    annee_scolaire: str
    periode_scolaire: int | None
    rang: int | None
    jours_ecole: int
    debut_precedent: date | None
    jours_ecole_precedents: int | None


def pair_weeks(annees: Iterable[str], plan: MarkingPlan) -> list[Semaine]:
    """Every week of these school years, in order, paired by (période scolaire, rank in it) with the year before."""
    named = set(annees)
    jours = build_calendrier(sorted(named | {annee_precedente(annee) for annee in named}), plan)
    weeks = [list(days) for _, days in groupby(jours, key=lambda jour: (jour.annee_scolaire, jour.semaine))]
    places = {_place(days[0], days[0].annee_scolaire): days for days in weeks if days[0].periode_scolaire is not None}
    return [
        _pair(days, places.get(_place(days[0], annee_precedente(days[0].annee_scolaire))))
        for days in weeks
        if days[0].annee_scolaire in named and days[0].jour == days[0].semaine
    ]


def _place(jour: Jour, annee: str) -> tuple[str, int | None, int | None]:
    return annee, jour.periode_scolaire, jour.rang


def _pair(days: Sequence[Jour], before: Sequence[Jour] | None) -> Semaine:
    first = days[0]
    place = first.semaine, first.annee_scolaire, first.periode_scolaire, first.rang, _count(days)
    return Semaine(*place, before[0].semaine, _count(before)) if before else Semaine(*place, None, None)


def _count(days: Iterable[Jour]) -> int:
    return sum(jour.jour_ecole for jour in days)


def comparables_table(semaines: Sequence[Semaine]) -> pa.Table:
    """The pairs as Arrow rows, columns in the order of the publication."""
    return pa.table({name: [getattr(s, name) for s in semaines] for name in _SCHEMA.names}, schema=_SCHEMA)


def find_jour_equivalent(jour: date, jours: Iterable[Jour]) -> date | None:
    """Day of the school year before on which as many school days had passed since 1 August, this one included (design 3).

    It is a school day; None before the first one, or when the year before had fewer. `jours`: both school years, in order.
    """
    annee = annee_scolaire(jour)
    known = [j for j in jours if j.jour_ecole and j.periode_scolaire is not None]
    passed = sum(j.annee_scolaire == annee and j.jour <= jour for j in known)
    before = [j.jour for j in known if j.annee_scolaire == annee_precedente(annee)]
    return before[passed - 1] if 0 < passed <= len(before) else None
