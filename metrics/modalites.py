"""Give every modality of every cut a number: counts work on integers, and ties fall in the order of texts.

It must not count; texts come back when counts are written.
"""

from collections.abc import Iterable
from itertools import count

import duckdb
import pyarrow as pa

from marking_plan import MarkingPlan
from metrics.reference import create_table

_PACKED = 32  # ranks that cubes/visites.sql packs into one integer
_OF_EVENTS = ("profil", "service", "appareil", "systeme", "navigateur", "type")
_HOURS = [f"{hour:02}" for hour in range(24)]


def load_modalites(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> None:
    """Tables modalites(cle, coupe, modalite, rang, numero_coupe), masques(coupe, cle, masque), tranches_du_plan, assiduites, appartenance.

    `rang` counts from 0 in its cut, in the order of texts; keys of a cut follow one another.
    """
    cles = _number(plan)
    coupes = list(dict.fromkeys(coupe for coupe, _ in cles))
    rows = [
        {"cle": cle, "coupe": coupe, "modalite": modalite, "rang": rang, "numero_coupe": coupes.index(coupe)}
        for (coupe, modalite), (cle, rang) in cles.items()
    ]
    create_table(connection, "modalites", pa.Table.from_pylist(rows))
    create_table(connection, "masques", pa.Table.from_pylist(list(_masks(plan, cles))))
    tranches = [{"cle": cles["duree", t.code][0], "min_s": t.min_s, "max_s": t.max_s} for t in plan.tranches]
    create_table(connection, "tranches_du_plan", pa.Table.from_pylist(tranches))
    assiduites = [
        {"cle": cles["assiduite", a.code][0], "min_visites": a.min_visites, "max_visites": a.max_visites}
        for a in plan.assiduites
    ]
    create_table(connection, "assiduites", pa.Table.from_pylist(assiduites))
    create_table(connection, "appartenance", pa.Table.from_pylist(list(_memberships(plan, cles))))


def _number(plan: MarkingPlan) -> dict[tuple[str, str], tuple[int, int]]:
    """(coupe, modalite) → (key, rank); profiles are numbered like a cut."""
    codes = {coupe: sorted({record.code for record in plan.records(coupe)}) for coupe in _OF_EVENTS[1:]}
    codes["profil"] = sorted(profil.code for profil in plan.profils)
    assert all(len(codes[coupe]) <= _PACKED for coupe in _OF_EVENTS), "a list is too long for cubes/visites.sql"
    codes |= {
        "total": ["total"],
        "famille": sorted(famille.code for famille in plan.familles),
        "duree": [tranche.code for tranche in plan.tranches],
        "assiduite": [assiduite.code for assiduite in plan.assiduites],
        "heure": _HOURS,
        "creneau": [f"{jour}-{heure}" for jour in range(1, 8) for heure in _HOURS],
    }
    for coupe in (c.code for c in plan.coupes if c.partition and c.code != "total"):
        codes[coupe] = [*codes[coupe], "toutes"]  # stands for a cut that is withheld whole
    keys = count(1)
    return {(coupe, code): (next(keys), rang) for coupe, listed in codes.items() for rang, code in enumerate(listed)}


def _masks(plan: MarkingPlan, cles: dict[tuple[str, str], tuple[int, int]]) -> Iterable[dict[str, object]]:
    """Bits of the visit's services or types that put it in a modality of an overlapping cut."""
    for (coupe, _), (cle, rang) in cles.items():
        if coupe in ("service", "type"):
            yield {"coupe": coupe, "cle": cle, "masque": 1 << rang}
    for famille in plan.familles:
        masque = sum(1 << cles["service", s.code][1] for s in plan.services if s.famille == famille.code)
        yield {"coupe": "famille", "cle": cles["famille", famille.code][0], "masque": masque}


def _memberships(plan: MarkingPlan, cles: dict[tuple[str, str], tuple[int, int]]) -> Iterable[dict[str, object]]:
    """Each profil in itself and in its groups; ranks of groups follow those of profiles."""
    groupes = [(p.code, (p.code,)) for p in plan.profils] + [(g.code, g.profils) for g in plan.groupes]
    for rang_groupe, (groupe, profils) in enumerate(groupes):
        for profil in profils:
            rang = cles["profil", profil][1]
            yield {"profil": profil, "groupe": groupe, "rang_profil": rang, "rang_groupe": rang_groupe}
