"""The headline figures of a board, computed from its series and cuts.

It must not query. Users are never summed over weeks: only their weekly mean exists over a span.
"""

from collections.abc import Sequence

from metrics.lecture.ratios import ratio
from metrics.tableau import Part, PartService, Point, Synthese


def build_synthese(
    serie: Sequence[Point],
    semaines: list[Point],
    profils: tuple[Part, ...],
    services: tuple[PartService, ...],
    effectifs: dict[str, int],
) -> Synthese:
    """Headline figures; `semaines` are the school weeks with figures, among `serie`."""
    figures = [point for point in serie if point.visites is not None]
    visites = sum(point.visites or 0 for point in figures)
    best = max(figures, key=lambda point: point.visites or 0, default=None)
    last = serie[-1] if serie else None
    first = profils[0] if profils else None
    service = services[0] if services and services[0].visites else None
    return Synthese(
        visites=visites if figures else None,
        utilisateurs_moyens=ratio(sum(p.utilisateurs or 0 for p in semaines), len(semaines)),
        duree_moyenne_s=ratio(sum(point.duree_s or 0 for point in figures), visites),
        semaines=len(semaines),
        semaine_max=best.debut if best and visites else None,
        visites_max=best.visites if best and visites else None,
        profil_premier=first.code if first else None,
        part_profil_premier=first.part if first else None,
        service_premier=service.code if service else None,
        part_service_premier=service.part if service else None,
        inscrites=last.inscrites if last else 0,
        ouvertes=last.ouvertes if last else 0,
        mesurees=last.mesurees if last else 0,
        actives=last.actives if last else 0,
        effectif=sum(effectifs.values()) or None,
    )
