"""Put a whole board together from what was read for it.

It must not query or format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marking_plan import MarkingPlan
from metrics.lecture.accompagnements import list_actions
from metrics.lecture.carte import build_carte
from metrics.lecture.decoupage import build_coupes
from metrics.lecture.edition import Edition
from metrics.lecture.effectifs import build_fiche, choose_base, find_comptes, sum_effectifs
from metrics.lecture.fratrie import TREND_WEEKS
from metrics.lecture.parts import Ligne
from metrics.lecture.ruptures import build_ruptures
from metrics.lecture.serie import find_reference, measured_weeks
from metrics.lecture.synthese import Mesures, build_synthese, sum_weeks
from metrics.lecture.taux import build_taux
from metrics.tableau import (
    SEMAINE,
    Acces,
    Accompagnement,
    Constant,
    Enfant,
    Noeud,
    Offre,
    Point,
    Semblables,
    Tableau,
    Vue,
)


@dataclass(frozen=True, slots=True)
class Lectures:
    """What was read for a board, with what was known before."""

    offre: Offre
    profils: tuple[str, ...]
    serie: tuple[Point, ...]
    parts: list[Ligne]
    enfants: tuple[Enfant, ...]
    constant: Constant | None
    acces: Acces | None
    accompagnement: Accompagnement
    semblables: Semblables | None


def build_tableau(edition: Edition, plan: MarkingPlan, vue: Vue, lues: Lectures) -> Tableau:
    """The whole board of a view."""
    span = tuple(point for point in lues.serie if point.dans_vue)
    mesures = _measure(vue, span, lues.parts)
    comptes = find_comptes(edition, vue, vue.niveau, vue.territoire)
    effectif = sum_effectifs(comptes, plan, vue.profil, choose_base(comptes, plan, vue.profil))
    count = len(measured_weeks(span)) if vue.periode == SEMAINE else 1
    cuts = build_coupes(lues.parts, vue, lues.offre, plan, lues.profils, mesures.visites, count)
    key, chemin = (vue.niveau, vue.territoire), _path(edition, vue)
    return Tableau(
        vue=vue,
        noeud=chemin[-1],
        ascendants=edition.ascendants[key],
        publication=edition.publication,
        synthese=build_synthese(vue, span, mesures, cuts, effectif, lues.constant),
        serie=lues.serie,
        profils=cuts.profils,
        services=cuts.services,
        creneaux=cuts.creneaux,
        moments=cuts.parts["moment"],
        appareils=cuts.parts["appareil"],
        systemes=cuts.parts["systeme"],
        navigateurs=cuts.parts["navigateur"],
        durees=cuts.parts["duree"],
        enfants=lues.enfants,
        ecole=build_fiche(edition, plan, vue),
        offre=lues.offre,
        familles=cuts.parts["famille"],
        taux=build_taux(lues.parts, (vue.profil, *lues.profils), _rate_period(vue, span)),
        coupes=cuts.coupes,
        accompagnement=lues.accompagnement,
        acces=lues.acces,
        semblables=lues.semblables,
        ruptures=build_ruptures(edition.ruptures, edition.noeuds, edition.ascendants, chemin, *_drawn(vue, lues.serie)),
        carte=build_carte(edition.geographie, chemin, lues.enfants),
        actions=list_actions(edition.actions, vue),
        semaines_tendance=tuple(edition.memoire.last_weeks(vue.au, TREND_WEEKS)) if lues.enfants else (),
        derniere_annee=edition.departs.get(key),
        jour=edition.jours.get(key),
    )


def _drawn(vue: Vue, serie: Sequence[Point]) -> tuple[date, date]:
    """First and last week of the series, which is of a whole school year whatever the span."""
    return (serie[0].debut, serie[-1].debut) if serie else (vue.du, vue.au)


def _path(edition: Edition, vue: Vue) -> list[Noeud]:
    """The node with all that it lies in, from the région down: of a school, its commune and regroupement too."""
    key = (vue.niveau, vue.territoire)
    around = list(edition.ascendants[key])
    if vue.niveau == "uai":
        lieux = edition.ecoles[vue.territoire].lieux
        around += [lieu for niveau, lieu in lieux.items() if niveau in ("commune", "regroupement")]
    return [*around, edition.noeuds[key]]


def _rate_period(vue: Vue, span: Sequence[Point]) -> date | None:
    """First day of the period that rates are of."""
    if vue.periode != SEMAINE:
        return vue.du
    reference = find_reference(span)
    return reference.debut if reference else None


def _measure(vue: Vue, span: Sequence[Point], lignes: Sequence[Ligne]) -> Mesures:
    """Figures of the span: those of weeks add up, those of a month or a year are published."""
    if vue.periode == SEMAINE or vue.perimetre == "constant":
        return sum_weeks(span)
    total = next((ligne for ligne in lignes if ligne.coupe == "total"), None)
    if total is None:
        return Mesures("non_ouverte", None, None, None)
    if not vue.service or total.visites is None:
        return Mesures(total.etat, total.visites, total.utilisateurs, total.duree_s)
    service = next((li for li in lignes if li.coupe == "service" and li.modalite in (vue.service, "toutes")), None)
    if service is None:
        return Mesures("valeur", 0, None, 0)
    return Mesures(service.etat, service.visites, None, service.duree_s)
