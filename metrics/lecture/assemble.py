"""Put a whole board together from the rows of its queries.

It must not query or format.
"""

from dataclasses import dataclass

from marking_plan import MarkingPlan
from metrics.engine import Row
from metrics.lecture.edition import Edition
from metrics.lecture.effectifs import build_fiche, sum_effectifs
from metrics.lecture.enfants import build_enfants
from metrics.lecture.parts import build_creneaux, build_durees, build_parts, build_services, group_cuts
from metrics.lecture.serie import measured_weeks, read_point
from metrics.lecture.synthese import build_synthese
from metrics.tableau import Tableau, Vue


@dataclass(frozen=True, slots=True)
class Rows:
    """Results of a board's queries, as read, and the level of its children."""

    serie: list[Row]
    parts: list[Row]
    enfants: list[Row]
    effectifs: list[Row]
    niveau_enfants: str | None


def build_tableau(edition: Edition, plan: MarkingPlan, vue: Vue, rows: Rows) -> Tableau:
    """The whole board of a view."""
    serie = tuple(read_point(row) for row in rows.serie)
    semaines = measured_weeks(serie)
    cuts = group_cuts(rows.parts)
    visites = sum(point.visites or 0 for point in serie)
    effectifs = sum_effectifs(rows.effectifs, plan, vue.profil)
    tous = sum(modalite.visites for modalite in cuts["profil"].modalites)
    profils = build_parts(cuts["profil"], tous, len(semaines))
    services = build_services(cuts["service"], plan, visites, len(semaines))
    return Tableau(
        vue=vue,
        noeud=edition.noeuds[vue.niveau, vue.territoire],
        ascendants=edition.ascendants[vue.niveau, vue.territoire],
        publication=edition.publication,
        periode=edition.periode,
        synthese=build_synthese(serie, semaines, profils, services, effectifs),
        serie=serie,
        profils=profils,
        services=services,
        creneaux=build_creneaux(cuts["creneau"]),
        appareils=build_parts(cuts["appareil"], visites, len(semaines)),
        systemes=build_parts(cuts["systeme"], visites, len(semaines)),
        navigateurs=build_parts(cuts["navigateur"], visites, len(semaines)),
        durees=build_durees(cuts["duree"], plan, visites, len(semaines)),
        enfants=build_enfants(
            edition, rows.niveau_enfants or "uai", rows.enfants, vue, {point.debut for point in semaines}, effectifs
        ),
        ecole=build_fiche(edition, plan, vue, rows.effectifs),
    )
