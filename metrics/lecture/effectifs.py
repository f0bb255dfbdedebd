"""Accounts and pupils behind a node, and the school's own card.

It must not query, and joins counts with counts only: never persons.
"""

from collections.abc import Sequence

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.lecture.edition import Edition
from metrics.lecture.memoire import Compte
from metrics.tableau import FicheEcole, Vue

_BASES = ("comptes_actives", "comptes_ouverts", "eleves_onde")  # most telling first


def find_comptes(edition: Edition, vue: Vue, niveau: str, territoire: str) -> list[Compte]:
    """Counts of a node in the school year in which the span ends."""
    return edition.memoire.effectifs.get((annee_scolaire(vue.au), niveau, territoire), [])


def choose_base(comptes: Sequence[Compte], plan: MarkingPlan, profil: str) -> str | None:
    """The most telling base in which a node has a count of a profil or group."""
    members = _list_members(plan, profil)
    return next((b for b in _BASES if any(base == b and code in members for code, base, _ in comptes)), None)


def sum_effectifs(comptes: Sequence[Compte], plan: MarkingPlan, profil: str, base: str | None) -> int | None:
    """Accounts of a profil or group on one base; None when none was given."""
    members = _list_members(plan, profil)
    found = [effectif for code, own, effectif in comptes if own == base and code in members]
    return sum(found) if found else None


def build_fiche(edition: Edition, plan: MarkingPlan, vue: Vue) -> FicheEcole | None:
    """What is known of the school; None for any other node."""
    if vue.niveau != "uai":
        return None
    ecole = edition.ecoles[vue.territoire]
    comptes = find_comptes(edition, vue, vue.niveau, vue.territoire)
    counts = [(p.code, sum_effectifs(comptes, plan, p.code, choose_base(comptes, plan, p.code))) for p in plan.profils]
    return FicheEcole(
        uai=ecole.uai,
        nom=ecole.nom,
        type_ecole=ecole.type_ecole,
        secteur=ecole.secteur,
        commune=ecole.lieux["commune"],
        circonscription=ecole.lieux["circonscription"],
        ouverte_le=ecole.ouverte_le,
        rattachement=ecole.rattachement,
        effectifs=tuple((code, count) for code, count in counts if count),
        regroupement=ecole.lieux.get("regroupement"),
    )


def _list_members(plan: MarkingPlan, profil: str) -> set[str]:
    return next((set(groupe.profils) for groupe in plan.groupes if groupe.code == profil), {profil})
