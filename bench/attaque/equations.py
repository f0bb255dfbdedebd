"""Every sum that holds between published figures of one period, as anybody can work it out (trust.md T3).

It must not solve anything, nor know how masks were chosen: programme.py solves.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bench.attaque.lecture import FINE, TOTAL, Cellule, Noeud, Periode, Public
from marking_plan import load_plan
from metrics.protection.groupes import PARTS

_OVERLAPPING = ("service", "famille", "type")
_BY_SCOPE = "assiduite"  # how often somebody comes depends on the scope: no sum over profiles, nodes or weeks
_LEVELS = ("academie", "departement", "circonscription", "commune", "uai")
_WEEK_END = ("6", "7")


@dataclass(frozen=True)
class Reste:
    """Visits that no table shows, at most `au_plus`: same name, same visits."""

    nom: Hashable
    au_plus: float = math.inf


class Ecart(Reste):
    """The margin of one inequality, which no other sum holds."""


Terme = tuple[Cellule | Reste, int]


@dataclass(frozen=True)
class Equation:
    """Signed cells and rests that add up to `droite`; `genre` says which sum it is."""

    genre: str
    termes: tuple[Terme, ...]
    droite: int = 0


def list_equations(periode: Periode) -> Iterator[Equation]:
    """Every sum of a period, whether or not it holds an unknown."""
    coupes: defaultdict[Public, defaultdict[str, list[Cellule]]] = defaultdict(lambda: defaultdict(list))
    for cell in periode.visites:
        coupes[cell[:3]][cell[3]].append(cell)
    for public, cuts in coupes.items():
        for coupe, cells in cuts.items():
            if coupe not in _OVERLAPPING:
                yield equate("modalités", (*public, *TOTAL), cells)
        yield from _list_hours(periode, public, cuts)
        yield from _list_overlaps(public, cuts)
    yield from _list_members(periode)


def equate(genre: str, tete: Cellule, membres: Iterable[Cellule | Reste]) -> Equation:
    """Members that add up to a head."""
    return Equation(genre, ((tete, -1), *((membre, 1) for membre in membres)))


def _at_least(genre: str, large: Iterable[Cellule], small: Iterable[Cellule]) -> Equation:
    """Cells with at least as many visits as others, together."""
    termes: list[Terme] = [*((cell, 1) for cell in large), *((cell, -1) for cell in small)]
    return Equation(genre, (*termes, (Ecart((genre, *termes)), -1)))


def _list_hours(periode: Periode, public: Public, cuts: dict[str, list[Cellule]]) -> Iterator[Equation]:
    """Hours of a weekday and its days, an hour and its weekdays, moments made of whole weekday-hours or days."""
    creneaux = cuts.get(FINE, [])
    regular = public[:2] not in periode.irreguliers
    if creneaux and public in periode.jours:
        for number in range(1, 8):
            hours = tuple((cell, 1) for cell in creneaux if cell[4][0] == str(number))
            yield Equation("jours", hours, _count_days(periode, public, {number}))
    if creneaux and "heure" in cuts:
        for heure in load_plan().modalites("heure"):
            yield equate("heure", (*public, "heure", heure), (cell for cell in creneaux if cell[4][2:] == heure))
    if "moment" not in cuts or not regular:
        return
    if public in periode.jours:
        week_end: Cellule = (*public, "moment", "week_end")
        yield Equation("week-end", ((week_end, 1),), _count_days(periode, public, {6, 7}))
    if creneaux:
        for moment, codes in _moments().items():
            yield equate("moment", (*public, "moment", moment), (cell for cell in creneaux if cell[4] in codes))


def _count_days(periode: Periode, public: Public, jours_semaine: set[int]) -> int:
    """Visits of these weekdays over the days of the period; a day without a row has none."""
    days = periode.jours[public].items()
    return sum(
        visites for jour, visites in days if jour in periode.jours_couverts and jour.isoweekday() in jours_semaine
    )


@cache
def _moments() -> dict[str, frozenset[str]]:
    """Weekday-hours that make up a moment where no school has class on a Saturday and every visit has a known moment.

    The evening is made of whole hours while the plan knows one evening, from hour to hour.
    """
    plan = load_plan()
    codes = plan.modalites(FINE)
    found = {"week_end": frozenset(code for code in codes if code[0] in _WEEK_END)}
    [*changed, soiree] = plan.soirees
    if not changed and not soiree.debut.minute and not soiree.fin.minute:
        hours = {f"{h:02}" for h in range(24) if h >= soiree.debut.hour or h < soiree.fin.hour}
        found["soir"] = frozenset(code for code in codes if code[0] not in _WEEK_END and code[2:] in hours)
    return found


def _list_overlaps(public: Public, cuts: dict[str, list[Cellule]]) -> Iterator[Equation]:
    """A visit has one service at least, hence one family and one type; those of a service have its family.

    So a cut, or a family, with a single used modality has the same visits as it.
    """
    total: Cellule = (*public, *TOTAL)
    for coupe in _OVERLAPPING:
        for cell in cuts.get(coupe, []):
            yield _at_least("au plus le total", [total], [cell])
        if coupe in cuts:
            yield _at_least("au moins le total", cuts[coupe], [total])
    if "famille" not in cuts or "service" not in cuts:
        return
    services: defaultdict[str, list[Cellule]] = defaultdict(list)
    for cell in cuts["service"]:
        services[_families()[cell[4]]].append(cell)
    for famille, cells in services.items():
        head: Cellule = (*public, "famille", famille)
        yield _at_least("au moins la famille", cells, [head])
        for cell in cells:
            yield _at_least("au plus la famille", [head], [cell])


@cache
def _families() -> dict[str, str]:
    return {service.code: service.famille for service in load_plan().services}


def _list_members(periode: Periode) -> Iterator[Equation]:
    """A group and its parts, a node and its children: modality by modality where the head shows the cut, and totals."""
    seen: defaultdict[bool, set[tuple[str, str]]] = defaultdict(set)
    for cell in periode.visites:
        if cell[3] != _BY_SCOPE:
            seen[cell[3] == FINE].add(cell[3:])
    for public in periode.totaux:
        for genre, members in _families_of(periode, public):
            if any(member in periode.totaux for member in members):
                yield equate(f"{genre}, total", (*public, *TOTAL), ((*member, *TOTAL) for member in members))
            for coupe, fine in (("", False), (FINE, True)):
                if periode.publishes(public, coupe):
                    yield from _list_cut(periode, genre, public, members, seen[fine])


def _list_cut(
    periode: Periode, genre: str, public: Public, members: list[Public], seen: set[tuple[str, str]]
) -> Iterator[Equation]:
    """The sums of one head over its members, for every modality that anybody has."""
    if not seen:
        return
    coupe = next(iter(seen))[0]
    split = [found for member in members for found in _expand(periode, member, coupe)]
    shown = [member for member in split if periode.publishes(member, coupe)]
    unseen = [m for m in split if not periode.publishes(m, coupe) and periode.totaux.get(m, 0) != 0]
    totals = [periode.totaux[member] for member in unseen]
    most = math.inf if None in totals else float(sum(filter(None, totals)))
    for pair in seen if shown else ():
        rest = [Reste((frozenset(unseen), *pair), most)] if unseen else []
        yield equate(genre, (*public, *pair), [*((*member, *pair) for member in shown), *rest])


def _families_of(periode: Periode, public: Public) -> Iterator[tuple[str, list[Public]]]:
    """The ways in which a node and profil is the sum of others."""
    niveau, territoire, profil = public
    if profil in PARTS:
        yield "parts", [(niveau, territoire, part) for part in PARTS[profil]]
    for children in _list_children(periode, (niveau, territoire)):
        yield "enfants", [(*enfant, profil) for enfant in children]


def _list_children(periode: Periode, noeud: Noeud) -> Iterator[list[Noeud]]:
    for niveau in _LEVELS:
        if (noeud, niveau) in periode.enfants:
            yield periode.enfants[noeud, niveau]


def _expand(periode: Periode, public: Public, coupe: str) -> list[Public]:
    """A member itself where it shows the cut, else the nearest below it that do, and what is left of them."""
    if periode.publishes(public, coupe):
        return [public]
    children = next(_list_children(periode, public[:2]), [])
    if children:
        return [found for child in children for found in _expand(periode, (*child, public[2]), coupe)]
    parts = [found for part in PARTS.get(public[2], ()) for found in _expand(periode, (*public[:2], part), coupe)]
    return parts if any(periode.publishes(part, coupe) for part in parts) else [public]
