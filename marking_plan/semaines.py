"""Weeks and school years as the scheme counts them: pure functions of dates.

It must not know holidays: metrics.calendrier does.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")  # whose clock says which day it is
_FIRST_MONTH = 8  # a school year runs from 1 August to 31 July (design 3)


def today() -> date:
    """Which day it is, wherever the machine's own clock is set."""
    return datetime.now(PARIS).date()


def local_instant(instant: datetime) -> datetime:
    """A published instant, which is in UTC, as its readers' clocks say it."""
    return instant.replace(tzinfo=UTC).astimezone(PARIS)


def monday(jour: date) -> date:
    """Monday that names the week of a day."""
    return jour - timedelta(days=jour.weekday())


def annee_scolaire(jour: date) -> str:
    """School year of a day, such as `2025-2026`."""
    first = jour.year if jour.month >= _FIRST_MONTH else jour.year - 1
    return f"{first}-{first + 1}"


def annee_precedente(annee: str) -> str:
    """School year before a school year."""
    first = int(annee[:4])
    return f"{first - 1}-{first}"


def is_annee_scolaire(text: str) -> bool:
    """Whether a text names a school year as `annee_scolaire` does; it also names a file of the lake."""
    first = text[:4]
    return first.isascii() and first.isdigit() and len(first) == 4 and text == f"{first}-{int(first) + 1}"


def bounds(annee: str) -> tuple[date, date]:
    """First and last day of a school year."""
    first = int(annee[:4])
    return date(first, _FIRST_MONTH, 1), date(first + 1, _FIRST_MONTH, 1) - timedelta(days=1)


def quarter_bounds(jour: date) -> tuple[date, date]:
    """First and last day of the quarter of a day."""
    first = date(jour.year, jour.month - (jour.month - 1) % 3, 1)
    return first, (first + timedelta(days=92)).replace(day=1) - timedelta(days=1)


def month_bounds(jour: date) -> tuple[date, date]:
    """First and last day of the month of a day."""
    first = jour.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
