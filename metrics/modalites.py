"""Give every modality of every cut a number: counts work on integers, and ties fall in the order of texts.

It must not count; texts come back when counts are written.
"""

from collections.abc import Iterable
from datetime import date
from itertools import count, zip_longest

import duckdb
import pyarrow as pa

from marking_plan import MarkingPlan
from marking_plan.modalites import TOUTES
from metrics.reference import create_table

_PACKED = 32  # ranks that cubes/evenements.sql packs into one integer
_OF_EVENTS = ("profil", "service", "appareil", "systeme", "navigateur", "type")
_HOURS = [f"{hour:02}" for hour in range(24)]
_FRIDAY = 5
_IN_BITS = ("service", "type", "appareil", "systeme", "navigateur", "heure", "duree", "moment")
_SUMS = 64  # sums that cellules/paires.sql can number

Numbers = dict[tuple[str, str], tuple[int, int]]  # (coupe, modalite) → (key, rank)


def load_modalites(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> None:
    """Tables modalites(cle, coupe, modalite, rang, somme), inclusions(tete, cle, exacte), masques(coupe, cle, masque),
    tranches_du_plan, assiduites, soirees(depuis, jusqu_a, debut_min, fin_min), appartenance.

    `rang` counts from 0 in its cut, in the order of texts; keys of a cut follow one another. Modalities of one `somme` add up to
    a published number, those without one overlap.
    """
    cles = _number(plan)
    sommes = _number_sums(plan, cles)
    rows = [
        {"cle": cle, "coupe": coupe, "modalite": modalite, "rang": rang, "somme": sommes.get((coupe, modalite))}
        for (coupe, modalite), (cle, rang) in cles.items()
    ]
    create_table(connection, "modalites", pa.Table.from_pylist(rows))
    create_table(connection, "inclusions", pa.Table.from_pylist(list(_inclusions(plan, cles))))
    create_table(connection, "masques", pa.Table.from_pylist(list(_masks(plan, cles))))
    tranches = [{"cle": cles["duree", t.code][0], "min_s": t.min_s, "max_s": t.max_s} for t in plan.tranches]
    create_table(connection, "tranches_du_plan", pa.Table.from_pylist(tranches))
    assiduites = [
        {"cle": cles["assiduite", a.code][0], "min_visites": a.min_visites, "max_visites": a.max_visites}
        for a in plan.assiduites
    ]
    create_table(connection, "assiduites", pa.Table.from_pylist(assiduites))
    create_table(connection, "soirees", pa.Table.from_pylist(list(_evenings(plan))))
    create_table(connection, "appartenance", pa.Table.from_pylist(list(_memberships(plan, cles))))


def _number(plan: MarkingPlan) -> Numbers:
    """(coupe, modalite) → (key, rank); profiles are numbered like a cut."""
    codes = {coupe: sorted({record.code for record in plan.records(coupe)}) for coupe in _OF_EVENTS[1:]}
    codes["profil"] = sorted(profil.code for profil in plan.profils)
    assert all(len(codes[coupe]) <= _PACKED for coupe in _OF_EVENTS), "a list is too long for cubes/evenements.sql"
    codes |= {
        "total": ["total"],
        "famille": sorted(famille.code for famille in plan.familles),
        "duree": [tranche.code for tranche in plan.tranches],
        "assiduite": [assiduite.code for assiduite in plan.assiduites],
        "heure": _HOURS,
        "creneau": [f"{jour}-{heure}" for jour in range(1, 8) for heure in _HOURS],
        "moment": [moment.code for moment in plan.moments],
    }
    for coupe in (c.code for c in plan.coupes if c.code != "total"):
        codes[coupe] = [*codes[coupe], TOUTES]
    keys = count(1)
    return {(coupe, code): (next(keys), rang) for coupe, listed in codes.items() for rang, code in enumerate(listed)}


def _number_sums(plan: MarkingPlan, cles: Numbers) -> dict[tuple[str, str], int]:
    """Number of the published sum that each modality of a cut without overlap belongs to: the total, or for an hour of a
    weekday the days' totals."""
    partitions = {coupe.code for coupe in plan.coupes if coupe.partition} - {"total"}
    groups = {key: (key[0], key[1][0] if key[0] == "creneau" else "") for key in cles if key[0] in partitions}
    numbers = {group: n for n, group in enumerate(dict.fromkeys(groups.values()))}
    assert len(numbers) <= _SUMS, "cellules/paires.sql numbers fewer sums"
    return {key: numbers[group] for key, group in groups.items() if key[1] != TOUTES}


def _inclusions(plan: MarkingPlan, cles: Numbers) -> Iterable[dict[str, object]]:
    """Modalities that make up one of another cut: an hour is the sum of its weekdays, the week-end and the evening of their
    weekday-hours; a family with one used service is it.

    Moments are so made of whole hours where all weeks of class are known, none with Saturday: elsewhere this masks more than
    needed. Other moments by day are what is left. The evening is the last one declared.
    """
    night = plan.soirees[-1]
    for (coupe, code), (cle, _) in cles.items():
        if coupe == "creneau" and code != TOUTES:
            jour, _, heure = code.partition("-")
            yield {"tete": cles["heure", heure][0], "cle": cle, "exacte": True}
            if int(jour) > _FRIDAY:
                yield {"tete": cles["moment", "week_end"][0], "cle": cle, "exacte": True}
            elif not night.fin.hour <= int(heure) < night.debut.hour:
                yield {"tete": cles["moment", "soir"][0], "cle": cle, "exacte": True}
    for service in plan.services:
        yield {"tete": cles["famille", service.famille][0], "cle": cles["service", service.code][0], "exacte": False}


def _masks(plan: MarkingPlan, cles: Numbers) -> Iterable[dict[str, object]]:
    """Bit of each modality of a cut short enough for one integer, and the services' bits that make up a family."""
    for (coupe, code), (cle, rang) in cles.items():
        if coupe in _IN_BITS and code != TOUTES:
            yield {"coupe": coupe, "cle": cle, "masque": 1 << rang}
    for famille in plan.familles:
        masque = sum(1 << cles["service", s.code][1] for s in plan.services if s.famille == famille.code)
        yield {"coupe": "famille", "cle": cles["famille", famille.code][0], "masque": masque}


def _evenings(plan: MarkingPlan) -> Iterable[dict[str, object]]:
    """Hours of the evening in minutes since local midnight, with the days on which they hold (`jusqu_a` excluded)."""
    for soiree, after in zip_longest(plan.soirees, plan.soirees[1:]):
        debut, fin = (60 * instant.hour + instant.minute for instant in (soiree.debut, soiree.fin))
        depuis, jusqu_a = soiree.depuis or date.min, after.depuis if after else date.max
        yield {"depuis": depuis, "jusqu_a": jusqu_a, "debut_min": debut, "fin_min": fin}


def _memberships(plan: MarkingPlan, cles: Numbers) -> Iterable[dict[str, object]]:
    """Each profil in itself and in its groups; ranks of groups follow those of profiles."""
    groupes = [(p.code, (p.code,)) for p in plan.profils] + [(g.code, g.profils) for g in plan.groupes]
    for rang_groupe, (groupe, profils) in enumerate(groupes):
        for profil in profils:
            rang = cles["profil", profil][1]
            yield {"profil": profil, "groupe": groupe, "rang_profil": rang, "rang_groupe": rang_groupe}
