"""Peaks of simultaneous visits, the Internet access suggested, and monthly totals, of a school or a commune.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date

from metrics.tableau.vue import Noeud


@dataclass(frozen=True, slots=True)
class Pic:
    """One week's peak in class. `demi_journee` is `<weekday>-matin` or `<weekday>-apres_midi`; peaks never add up."""

    debut: date
    etat: str
    pic_simultane: int | None
    demi_journee: str | None


@dataclass(frozen=True, slots=True)
class Mois:
    """One month's totals. Users are those of the month: they don't add over months. `semaines_incompletes` begin in it."""

    debut: date
    etat: str
    visites: int | None
    utilisateurs: int | None
    provisoire: bool
    semaines_incompletes: int = 0


@dataclass(frozen=True, slots=True)
class Debit:
    """The access suggested for a school year, and what it was computed from; None where pupils are unknown."""

    debut: date
    etat: str
    eleves: int | None
    base: str | None
    constate_le: date | None
    eleves_prevus: int | None
    pic_max: int | None
    personnes_retenues: int | None
    debit_suggere_mbit_s: int | None


@dataclass(frozen=True, slots=True)
class Acces:
    """What a line must carry. `pic` is the span's largest published peak, the first one when several are as large; `pic_secret`:
    a peak of the school year is masked.

    `ecoles`: the schools of a commune, each with the access suggested to its own line.
    """

    pics: tuple[Pic, ...] = ()
    mois: tuple[Mois, ...] = ()
    debit: Debit | None = None
    pic: Pic | None = None
    pic_secret: bool = False
    ecoles: tuple[tuple[Noeud, Debit], ...] = ()
