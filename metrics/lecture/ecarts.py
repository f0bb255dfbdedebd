"""How a span compares with the same school weeks of last year, from the points of the series.

It must not query. Weeks compare in pairs, whole ones alone, visits by school day; users never add up over weeks.
"""

from collections.abc import Sequence

from metrics.lecture.serie import DEPART_MIN
from metrics.ratios import ratio
from metrics.tableau import Ecart, Point, Precedent

SANS_EQUIVALENT, NON_PUBLIEE, INCOMPLETE, SANS_CHIFFRE, DEPART_FAIBLE, DEPART_NUL = (
    "sans_equivalent", "non_publiee", "incomplete", "sans_chiffre", "depart_faible", "depart_nul",
)  # fmt: skip
_Pair = tuple[Point, Precedent]


def compare_weeks(serie: Sequence[Point]) -> Ecart | None:
    """Change over the pairs of weeks that compare; None without a school week."""
    ecole = [point for point in serie if not point.vacances]
    if not ecole:
        return None
    reasons = [_reason(point) for point in ecole]
    pairs = [(p, p.precedent) for p, why in zip(ecole, reasons, strict=True) if not why and p.precedent is not None]
    left = len(ecole) - len(pairs)
    depart = sum(before.visites or 0 for _, before in pairs)
    if depart < DEPART_MIN and pairs:
        return Ecart(None, None, None, len(pairs), left, False, DEPART_FAIBLE if depart else DEPART_NUL)
    if not pairs:
        return Ecart(None, None, None, 0, left, False, max(set(reasons), key=reasons.count))
    return Ecart(
        visites=_by_school_day(pairs),
        utilisateurs=_change(sum(p.utilisateurs or 0 for p, _ in pairs), sum(a.utilisateurs or 0 for _, a in pairs)),
        duree_moyenne_s=_mean_duration(pairs),
        semaines=len(pairs),
        ecartees=left,
        provisoire=any(p.provisoire for p, _ in pairs),
    )


def _reason(point: Point) -> str:
    """Why a school week compares with nothing; empty when it does."""
    before = point.precedent
    if before is None:
        return SANS_EQUIVALENT
    if before.etat is None:
        return NON_PUBLIEE
    if point.visites is None or before.visites is None:
        return SANS_CHIFFRE
    return INCOMPLETE if point.incomplete or before.incomplete else ""


def _by_school_day(pairs: Sequence[_Pair]) -> float | None:
    now = ratio(sum(p.visites or 0 for p, _ in pairs), sum(p.jours_ecole for p, _ in pairs))
    before = ratio(sum(a.visites or 0 for _, a in pairs), sum(a.jours_ecole for _, a in pairs))
    return _change(now, before)


def _mean_duration(pairs: Sequence[_Pair]) -> float | None:
    now = ratio(sum(p.duree_s or 0 for p, _ in pairs), sum(p.visites or 0 for p, _ in pairs))
    before = ratio(sum(a.duree_s or 0 for _, a in pairs), sum(a.visites or 0 for _, a in pairs))
    return _change(now, before)


def _change(now: float | None, before: float | None) -> float | None:
    return None if now is None or not before else now / before - 1
