"""When people sign in: hours, weekdays, zone C holidays, growth after the rentrée.
Must not know about schools nor persons."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
import numpy as np
from vacances_scolaires_france import SchoolHolidayDates

from bench.simulation.drawing import Entiers, Reels
from marking_plan.semaines import PARIS

JOUR_MS = 86_400_000
QUART_MS = 900_000
CLASSE, MERCREDI, LIBRE = range(3)
PART_VACANCES = 0.07
PART_FERIE = 0.15

# Monday to Sunday, rows in the order of usage.PROFILS.
POIDS_JOURS: Reels = np.array(
    [
        (1.10, 1.10, 0.22, 1.10, 1.00, 0.10, 0.18),
        (1.15, 1.10, 0.55, 1.10, 1.00, 0.15, 0.50),
        (1.20, 1.05, 0.50, 1.10, 1.05, 0.28, 0.42),
        (1.20, 1.05, 0.50, 1.10, 1.05, 0.30, 0.45),
        (1.20, 1.10, 0.50, 1.10, 1.10, 0.10, 0.30),
        (1.10, 1.05, 0.35, 1.05, 1.00, 0.03, 0.05),
        (1.05, 1.00, 0.45, 1.00, 1.00, 0.03, 0.03),
        (1.00, 1.00, 0.40, 1.00, 1.00, 0.20, 0.25),
    ]
)

# Peaks of a day as (hour, spread in hours, weight), for class days, Wednesdays, other days.
Pics = tuple[tuple[float, float, float], ...]
_ELEVE: tuple[Pics, Pics, Pics] = (
    ((9.6, 0.8, 1.0), (14.4, 0.8, 1.0), (17.6, 1.0, 0.45)),
    ((10.5, 1.5, 0.6), (15.5, 2.0, 0.8)),
    ((11.0, 1.5, 0.6), (16.5, 2.5, 1.0)),
)
_ENSEIGNANT: tuple[Pics, Pics, Pics] = (
    ((8.4, 0.4, 1.0), (12.6, 0.6, 0.6), (16.7, 0.6, 1.1), (20.4, 1.2, 0.45)),
    ((10.0, 1.6, 1.0), (15.0, 2.0, 0.6)),
    ((10.8, 1.8, 0.6), (17.5, 2.2, 1.0)),
)
_PARENT: tuple[Pics, Pics, Pics] = (
    ((8.4, 0.45, 0.7), (12.4, 0.8, 0.35), (16.6, 0.5, 1.0), (20.2, 1.2, 1.5)),
    ((9.0, 1.2, 0.5), (13.0, 1.5, 0.4), (20.0, 1.4, 1.0)),
    ((10.5, 1.6, 0.6), (18.5, 2.2, 1.0)),
)
_BUREAU: tuple[Pics, Pics, Pics] = (
    ((8.8, 0.8, 1.0), (13.8, 0.8, 0.8), (16.5, 0.7, 0.6)),
    ((9.5, 1.0, 1.0),),
    ((11.0, 2.0, 1.0),),
)
_PICS = (_ELEVE, _ENSEIGNANT, _PARENT, _PARENT, _ENSEIGNANT, _BUREAU, _BUREAU, _BUREAU)


@dataclass(frozen=True, slots=True)
class Calendrier:
    """A week's days: kind (CLASSE, MERCREDI, LIBRE), share of an ordinary day's use, and offset from UTC."""

    lundi: date
    genre: Entiers
    part: Reels
    decalage_ms: Entiers


def make_calendar(lundi: date) -> Calendrier:
    jours = [lundi + timedelta(days=n) for n in range(7)]
    parts = [_day_share(jour) for jour in jours]
    genres = [LIBRE if part < 1 or rang > 4 else MERCREDI if rang == 2 else CLASSE for rang, part in enumerate(parts)]
    return Calendrier(lundi, np.array(genres), np.array(parts), np.array([_offset_ms(jour) for jour in jours]))


@cache
def _school_holidays() -> SchoolHolidayDates:
    return SchoolHolidayDates()


def _day_share(jour: date) -> float:
    if _school_holidays().is_holiday_for_zone(jour, "C"):
        return PART_VACANCES
    return PART_FERIE if jour in holidays.country_holidays("FR", years=jour.year) else 1.0


def _offset_ms(jour: date) -> int:
    """The offset at noon; nobody signs in between midnight and 5, so it holds for every visit of the day."""
    decalage = datetime.combine(jour, time(12), PARIS).utcoffset()
    return int(decalage.total_seconds() * 1000) if decalage else 0


def growth(lundi: date) -> float:
    """From 0.65 at the rentrée towards 1.05 in November, of a school's ordinary use."""
    rentree = date(lundi.year if lundi.month >= 8 else lundi.year - 1, 9, 1)
    semaines = max(0, (lundi - rentree).days // 7)
    return 1.05 - 0.4 * float(np.exp(-semaines / 3))


def quarter_weights() -> Reels:
    """Weights of the 96 quarter-hours, three rows a profile (class day, Wednesday, other), none before 5."""
    milieu = (np.arange(96) + 0.5) / 4
    lignes = [_bumps(milieu, pics) for profil in _PICS for pics in profil]
    return np.array(lignes) * (milieu > 5)


def _bumps(heures: Reels, pics: Pics) -> Reels:
    fond = 0.02 * (heures > 6.5) * (heures < 22.5)
    sommes: Reels = fond + sum(
        (poids / etendue * np.exp(-(((heures - centre) / etendue) ** 2) / 2) for centre, etendue, poids in pics),
        np.zeros_like(heures),
    )
    return sommes


def in_class(genre: Entiers, debut_jour_ms: Entiers) -> Entiers:
    """1 in class hours (8:30–11:45 and 13:30–16:30 of a class day), else 0."""
    heures = debut_jour_ms / 3_600_000
    matin = (heures >= 8.5) & (heures < 11.75)
    apres_midi = (heures >= 13.5) & (heures < 16.5)
    classe: Entiers = ((genre == CLASSE) & (matin | apres_midi)).astype(np.int64)
    return classe
