"""Schools that a platform's events named in one week and no longer in the next: its sender is told how many.

It must not decide why: a closed school, holidays and a broken connector look the same here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from marking_plan.lake import CleSuivi, Part

_Ecoles = dict[str | None, set[str]]


def count_silent(donnees: Path, new: Sequence[Part], visible: Iterable[Part]) -> Mapping[CleSuivi, int]:
    """By platform and week of the new parts: schools seen the week before, and in no event of that week so far."""
    of_week: dict[date, list[Part]] = {}
    for part in (*visible, *new):
        of_week.setdefault(part.semaine, []).append(part)
    counts: dict[CleSuivi, int] = {}
    for week in sorted({part.semaine for part in new}):
        before = _read_schools(donnees, of_week.get(week - timedelta(weeks=1), []))
        now = _read_schools(donnees, of_week[week]) if before else {}
        for plateforme in now:
            silent = len(before.get(plateforme, set()) - now[plateforme])
            if silent:
                counts[CleSuivi(plateforme, week, "ecoles_silencieuses", None)] = silent
    return counts


def _read_schools(donnees: Path, parts: Iterable[Part]) -> _Ecoles:
    schools: _Ecoles = {}
    for part in parts:
        pairs = pl.scan_parquet(donnees / part.chemin).select("plateforme", "uai").unique().collect()
        for plateforme, uai in pairs.iter_rows():
            schools.setdefault(plateforme, set()).add(uai)
    return schools
