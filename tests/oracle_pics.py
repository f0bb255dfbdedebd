"""Peaks of simultaneous visits in class time, recounted slowly: for every slot of class time, count the visits in progress.

It must not import the engine or the plan's parameters, nor be optimised: hours, holidays and bounds are written again here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tests.oracle import PARIS, Natif, Placement, drop_repeats, form_visits, read_event

TRANCHE, PROLONGATION = timedelta(minutes=5), timedelta(minutes=2)
COMPTES = ("eleve", "enseignant")
VACANCES = [
    (date(2025, 10, 18), date(2025, 11, 2)),
    (date(2025, 12, 20), date(2026, 1, 4)),
    (date(2026, 2, 21), date(2026, 3, 8)),
]  # zone C, 2025-2026, both ends included
FERIES = [date(2025, 11, 11)]


class Classe(NamedTuple):
    """A half-day of class: its weekday (1: Monday), and local hours, the end excluded."""

    jour: int
    demi_journee: str
    debut: time
    fin: time


class Pic(NamedTuple):
    """A row of the table pics that has visits."""

    pic_simultane: int
    demi_journee: str


Cle = tuple[date, str, str]  # Monday, niveau, territoire
Semaines = Mapping[str, list[Classe]]  # uai -> its half-days; a school outside it has the usual ones
USUELLE = [
    Classe(jour, *horaire)
    for jour in (1, 2, 4, 5)
    for horaire in (("matin", time(8, 30), time(12)), ("apres_midi", time(13, 30), time(16, 30)))
]


def measure_pics(natifs: Iterable[Natif], placement: Placement, semaines: Semaines | None = None) -> dict[Cle, Pic]:
    """The largest count of each week, school and commune that somebody visited in class time."""
    en_cours: dict[Cle, dict[datetime, list[str]]] = defaultdict(lambda: defaultdict(list))
    for visite in form_visits(drop_repeats(read_event(natif) for natif in natifs)):
        e = visite.premier
        debut = e.instant.astimezone(PARIS).replace(tzinfo=None)
        fin = debut + timedelta(seconds=visite.duree_s) + PROLONGATION
        lundi = debut.date() - timedelta(days=debut.weekday())
        commune = placement.get(e.uai, {}).get("commune", "inconnu")
        for demi_journee, tranche in class_slots(debut.date(), (semaines or {}).get(e.uai, USUELLE)):
            if e.profil in COMPTES and debut < tranche + TRANCHE and fin >= tranche:
                for noeud in (("uai", e.uai), ("commune", commune)):
                    en_cours[lundi, *noeud][tranche].append(demi_journee)
    return {cle: _largest(tranches) for cle, tranches in en_cours.items()}


def class_slots(jour: date, semaine: list[Classe]) -> Iterator[tuple[str, datetime]]:
    """Slots of a day that begin in class, with their half-day; none in holidays."""
    if jour in FERIES or any(debut <= jour <= fin for debut, fin in VACANCES):
        return
    for classe in semaine:
        tranche = datetime.combine(jour, time())
        while tranche.date() == jour:
            if classe.jour == jour.isoweekday() and classe.debut <= tranche.time() < classe.fin:
                yield classe.demi_journee, tranche
            tranche += TRANCHE


def _largest(tranches: Mapping[datetime, list[str]]) -> Pic:
    """The first slot with most visits; it is a morning as soon as one of them is in its school's morning."""
    pic = max(len(visites) for visites in tranches.values())
    premiere = min(tranche for tranche, visites in tranches.items() if len(visites) == pic)
    moment = "matin" if "matin" in tranches[premiere] else "apres_midi"
    return Pic(pic, f"{premiere.isoweekday()}-{moment}")
