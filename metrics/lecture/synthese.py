"""The headline figures of a board, computed from its series and cuts.

It must not query. Users are never summed over weeks: only their weekly mean exists over a span.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.lecture.cumuls import ETATS
from metrics.lecture.decoupage import Coupes
from metrics.lecture.ecarts import compare_weeks
from metrics.lecture.serie import find_reference, measured_weeks
from metrics.ratios import ratio
from metrics.tableau import SEMAINE, Constant, Coupe, Part, PartService, Point, Synthese, Vue

_ACCUEIL = "accueil"


@dataclass(frozen=True, slots=True)
class Mesures:
    """Visits, users and durations of the span: of a month or a year as published, of weeks as they add up."""

    etat: str
    visites: int | None
    utilisateurs: int | None
    duree_s: int | None


def sum_weeks(serie: Sequence[Point]) -> Mesures:
    """What weeks add up to: visits and durations alone; the users of one week are its own."""
    figures = [point for point in serie if point.visites is not None]
    etats = {point.etat for point in serie}
    etat = next((etat for etat in ETATS if etat in etats), "non_recu")
    if not figures:
        return Mesures(etat, None, None, None)
    users = figures[0].utilisateurs if len(serie) == 1 else None
    return Mesures(etat, sum(p.visites or 0 for p in figures), users, sum(p.duree_s or 0 for p in figures))


def build_synthese(
    vue: Vue, serie: Sequence[Point], mesures: Mesures, cuts: Coupes, effectif: int | None, constant: Constant | None,
) -> Synthese:  # fmt: skip
    """Headline figures; `serie` holds the weeks of the span, and schools are those of the last one."""
    semaines, ecole = measured_weeks(serie), [point for point in serie if not point.vacances]
    best = max((p for p in serie if p.visites), key=lambda point: point.visites or 0, default=None)
    last = serie[-1] if serie else None
    profil, service = _first_profil(cuts), _first_service(cuts)
    return Synthese(
        visites=mesures.visites,
        utilisateurs_moyens=ratio(sum(p.utilisateurs or 0 for p in semaines), len(semaines)),
        duree_moyenne_s=ratio(mesures.duree_s, mesures.visites),
        semaines=len(semaines),
        semaine_max=best.debut if best else None,
        visites_max=best.visites if best else None,
        profil_premier=profil[0] if profil else None,
        part_profil_premier=profil[1] if profil else None,
        service_premier=service[0] if service else None,
        part_service_premier=service[1] if service else None,
        inscrites=last.inscrites if last else 0,
        ouvertes=last.ouvertes if last else 0,
        mesurees=last.mesurees if last else 0,
        actives=last.actives if last else 0,
        effectif=effectif,
        utilisateurs=mesures.utilisateurs,
        etat=mesures.etat,
        reference=find_reference(serie) if vue.periode == SEMAINE else None,
        marge_profil_premier=profil[2] if profil else None,
        marge_service_premier=service[2] if service else None,
        non_recues=sum(point.etat == "non_recu" for point in ecole),
        masquees=sum(point.etat == "secret" for point in serie) if vue.periode == SEMAINE else 0,
        provisoires=sum(point.provisoire for point in ecole),
        incompletes=sum(point.incomplete and point.etat != "non_recu" for point in ecole),
        ecart=compare_weeks(serie),
        constant=constant,
    )


def _first_profil(cuts: Coupes) -> tuple[str, float, float] | None:
    """The first profil, if all that no profil tells would not come before it; that counts as one more, behind."""
    reste = cuts.coupes.get("profil", Coupe()).part_reste
    first = _first(cuts.profils, reste)
    return first if first and first[1] > reste else None


def _first_service(cuts: Coupes) -> tuple[str, float, float] | None:
    """The first service but the home page, which nearly every visit opens. None while one is masked: services overlap, so it
    may be the largest, whatever is left of the visits."""
    masked = cuts.coupes.get("service", Coupe()).secrets
    return None if masked else _first([service for service in cuts.services if service.code != _ACCUEIL])


def _first(parts: Sequence[Part] | Sequence[PartService], reste: float = 0.0) -> tuple[str, float, float] | None:
    """Code and share of the largest part, and what parts it from the next, at the least."""
    ordered = sorted((p for p in parts if p.visites), key=lambda p: -p.visites)
    if not ordered:
        return None
    second = ordered[1].part if len(ordered) > 1 else 0.0
    return ordered[0].code, ordered[0].part, ordered[0].part - max(second, reste)
