"""Accounts and pupils behind a node, and the school's own card.

It must not query, and joins counts with counts only: never persons.
"""

from collections import defaultdict
from typing import cast

from marking_plan import MarkingPlan
from metrics.engine import Row
from metrics.lecture.edition import Edition
from metrics.tableau import FicheEcole, Vue

_BASES = ("comptes_actives", "comptes_ouverts", "eleves_onde")  # most telling first


def sum_effectifs(rows: list[Row], plan: MarkingPlan, profil: str) -> dict[str, int]:
    """Accounts of a profil or group by child node, on one base: the most telling that every figure shares."""
    members = next((set(g.profils) for g in plan.groupes if g.code == profil), {profil})
    typed = [row for row in cast("list[tuple[str, str, str, int]]", rows) if row[1] in members]
    base = next((b for b in _BASES if any(row[2] == b for row in typed)), None)
    totals: dict[str, int] = defaultdict(int)
    for enfant, _, row_base, effectif in typed:
        if row_base == base:
            totals[enfant] += effectif
    return totals


def build_fiche(edition: Edition, plan: MarkingPlan, vue: Vue, rows: list[Row]) -> FicheEcole | None:
    """What is known of the school; None for any other node."""
    if vue.niveau != "uai":
        return None
    ecole = edition.ecoles[vue.territoire]
    counts = [(p.code, sum(sum_effectifs(rows, plan, p.code).values())) for p in plan.profils]
    return FicheEcole(
        uai=ecole.uai,
        nom=ecole.nom,
        type_ecole=ecole.type_ecole,
        secteur=ecole.secteur,
        commune=ecole.lieux["commune"].nom,
        circonscription=ecole.lieux["circonscription"].nom,
        ouverte_le=ecole.ouverte_le,
        rattachement=ecole.rattachement,
        effectifs=tuple((code, count) for code, count in counts if count),
    )
