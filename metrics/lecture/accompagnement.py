"""Schools to support under a node, from what the publication says and the edition holds in memory.

It must not query, nor judge a school: metrics.pilotage does, from published cells.
"""

from collections import Counter
from datetime import date

from marking_plan import MarkingPlan
from metrics.lecture.accompagnements import find_last
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Recall
from metrics.noms import fold
from metrics.tableau import Accompagnement, Constat, EcoleSuivie, Vue

_Rang = tuple[int, float, str, str]


def read_accompagnement(edition: Edition, plan: MarkingPlan, vue: Vue, recall: Recall) -> Accompagnement:
    """The list of a node: of a school, itself or nothing. The same for every span that ends after the same week."""
    semaine = edition.memoire.last_judged(vue.au)
    return recall(
        ("accompagnement", vue.niveau, vue.territoire, semaine),
        lambda: _build_accompagnement(edition, plan, vue, semaine),
    )


def _build_accompagnement(edition: Edition, plan: MarkingPlan, vue: Vue, semaine: date | None) -> Accompagnement:
    """First by cause, then by visits lost."""
    found = [
        _ecole(edition, uai, constats)
        for uai, constats in (edition.memoire.constats.get(semaine, {}) if semaine else {}).items()
        if edition.find_lieu(uai, vue.niveau) == vue.territoire
    ]
    counts = Counter(constat.cause for ecole in found for constat in ecole.constats)
    too_early = _find_too_early(edition, plan, semaine)
    ranks = {cause.code: rang for rang, cause in enumerate(plan.causes)}

    def order(ecole: EcoleSuivie) -> _Rang:
        first = ecole.constats[0]
        return ranks[first.cause], -(first.visites_perdues or 0), fold(ecole.nom), ecole.uai

    return Accompagnement(
        semaine=semaine,
        ecoles=tuple(sorted(found, key=order)),
        par_cause=tuple((c.code, None if c.code in too_early else counts[c.code]) for c in plan.causes),
        suivi=bool(edition.actions),
    )


def _find_too_early(edition: Edition, plan: MarkingPlan, semaine: date | None) -> set[str]:
    """Causes that compare a week with more judged ones than are published before it."""
    before = sum(semaine is not None and debut < semaine for debut in edition.memoire.jugees)
    return {"baisse"} if before < plan.accompagnement.semaines_baisse else set()


def _ecole(edition: Edition, uai: str, constats: tuple[Constat, ...]) -> EcoleSuivie:
    ecole = edition.ecoles[uai]
    commune, circonscription = ecole.lieux["commune"].nom, ecole.lieux["circonscription"].nom
    derniere = find_last(edition.actions, uai)
    return EcoleSuivie(uai, ecole.nom, ecole.type_ecole, commune, circonscription, constats, derniere)
