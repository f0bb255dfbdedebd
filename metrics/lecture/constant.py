"""The change of a board's visits at constant perimeter, over the weeks of its series that are over and compare.

It must not count: metrics.pilotage does, and says what this tells of masked schools.
"""

from collections.abc import Sequence
from datetime import timedelta

from metrics.lecture.edition import Edition
from metrics.pilotage import SANS_EQUIVALENT, Evolution, PerimetreConstant, read_comparees
from metrics.tableau import Constant, Point, Precedent, Vue

_DIMANCHE = timedelta(days=6)


def read_constant(edition: Edition, vue: Vue, serie: Sequence[Point]) -> Constant | None:
    """The change over the span; None when it has no school week that is over."""
    ecole = [p for p in serie if p.dans_vue and not p.vacances and edition.catalogue.is_over(p.debut + _DIMANCHE)]
    if not ecole:
        return None
    requete = PerimetreConstant(
        niveau=vue.niveau, territoire=vue.territoire, du=ecole[0].debut, au=ecole[-1].debut, profil=vue.profil
    )
    found = read_comparees(edition.connection, requete, _pair(ecole))
    return Constant(
        etat=found.etat,
        evolution=found.evolution,
        visites=found.visites,
        visites_precedentes=found.visites_precedentes,
        semaines=len(found.semaines),
        ecoles=found.ecoles,
        non_ouvertes=found.non_ouvertes,
        non_recues=found.non_recues,
        masquees=found.masquees,
        provisoire=found.provisoire,
        ecartees=len(found.sans_equivalent),
    )


def _pair(ecole: Sequence[Point]) -> Evolution:
    """Whole weeks whose equivalent is published and whole: the same as compare without a constant perimeter."""
    pairs = [(p, p.precedent) for p in ecole if p.precedent is not None and _are_whole(p, p.precedent)]
    return Evolution(
        etat=SANS_EQUIVALENT,
        semaines=tuple(p.debut for p, _ in pairs),
        semaines_precedentes=tuple(before.debut for _, before in pairs),
        sans_equivalent=tuple(p.debut for p in ecole if p.debut not in {q.debut for q, _ in pairs}),
        jours_ecole=sum(p.jours_ecole for p, _ in pairs),
        jours_ecole_precedents=sum(before.jours_ecole for _, before in pairs),
    )


def _are_whole(point: Point, before: Precedent) -> bool:
    return before.etat is not None and not point.incomplete and not before.incomplete
