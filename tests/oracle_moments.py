"""When a visit begins, by its school's own week: the moment of design 3, worked out plainly for the school year 2025-2026.

It must not import the engine, nor its calendar: holidays are written here as the ministry publishes them for zone C.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

# Class of a school by ISO weekday: first and last instant of each half-day. A school that is not there has no known week.
Semaine = Mapping[int, tuple[tuple[str, str], ...]]
Horaires = Mapping[str, Semaine]

VACANCES = (
    (date(2025, 7, 5), date(2025, 8, 31)),
    (date(2025, 10, 18), date(2025, 11, 2)),
    (date(2025, 12, 20), date(2026, 1, 4)),
    (date(2026, 2, 21), date(2026, 3, 8)),
    (date(2026, 4, 18), date(2026, 5, 3)),
    (date(2026, 5, 15), date(2026, 5, 16)),
    (date(2026, 7, 4), date(2026, 8, 31)),
)
FERIES = {
    date(2025, 7, 14), date(2025, 8, 15), date(2025, 11, 1), date(2025, 11, 11), date(2025, 12, 25), date(2026, 1, 1),
    date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14),
}  # fmt: skip
MATIN, SOIR = time(7), time(18)


def moment(local: datetime, semaine: Semaine | None) -> str:
    """The moment of a visit that begins at that Paris instant, in a school with that week (None: not known)."""
    if semaine is None:
        return "non_renseigne"
    if has_class(local.date(), semaine):
        for debut, fin in semaine[local.isoweekday()]:
            if time.fromisoformat(debut) <= local.time() < time.fromisoformat(fin):
                return "classe"
    if local.isoweekday() in (6, 7):
        return "week_end"
    return "hors_classe" if MATIN <= local.time() < SOIR else "soir"


def has_class(jour: date, semaine: Semaine) -> bool:
    """Whether a school with that week has class on a day."""
    libre = jour in FERIES or any(debut <= jour <= fin for debut, fin in VACANCES)
    return jour.isoweekday() in semaine and not libre
