"""Read the cuts of a node over a span, with its profiles and its rates: two queries at most, the profiles from memory.

It must not share out nor judge: parts.py and taux.py do.
"""

from collections.abc import Sequence
from typing import cast

from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, fetch
from metrics.lecture.coupes_semaine import Coupes
from metrics.lecture.cumuls import SECRET, VALEUR, Cumul, add_up
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Recall
from metrics.lecture.parts import Ligne
from metrics.lecture.serie import find_reference
from metrics.lecture.taux_hauts import NIVEAUX_HAUTS
from metrics.tableau import SEMAINE, Point, Vue

_Cut = tuple[str, str, str, int | None, int | None, int | None]  # coupe, modalite, etat, visites, utilisateurs, duree_s


def read_parts(
    edition: Edition, vue: Vue, profils: Sequence[str], serie: Sequence[Point], coupes: Coupes, recall: Recall
) -> list[Ligne]:
    """The cuts over the span, and the rates of its period: for weeks, of the most recent whole one."""
    return [
        *_read_cuts(edition, vue, coupes),
        *_read_profils(edition, vue, profils),
        *_read_taux(edition, vue, profils, serie, recall),
    ]


def _read_cuts(edition: Edition, vue: Vue, coupes: Coupes) -> list[Ligne]:
    if vue.periode != SEMAINE:
        node: Parameters = {"niveau": vue.niveau, "territoire": vue.territoire, "profil": vue.profil, "du": vue.du}
        return [Ligne(*cast("_Cut", row)) for row in fetch(edition.connection, f"lecture/parts_{vue.periode}", node)]
    suites = coupes(annee_scolaire(vue.au))
    cumuls = add_up(suites, [*suites.places], vue.du, vue.au, edition.memoire.semaines_ecole)
    return [
        line
        for (coupe, modalite), cumul in zip(suites.places, cumuls, strict=True)
        for line in _describe(coupe, modalite, cumul)
    ]


def _read_profils(edition: Edition, vue: Vue, profils: Sequence[str]) -> list[Ligne]:
    """Totals of these profiles over the span, as the cut `profil`."""
    keys = [(vue.periode, vue.niveau, vue.territoire, profil) for profil in profils]
    ecole = edition.memoire.semaines_ecole if vue.periode == SEMAINE else None
    cumuls = add_up(edition.totaux.cellules, keys, vue.du, vue.au, ecole)
    return [line for profil, cumul in zip(profils, cumuls, strict=True) for line in _describe("profil", profil, cumul)]


def _describe(coupe: str, modalite: str, cumul: Cumul) -> list[Ligne]:
    """A modality masked in one of the weeks has no figure: the others would not be its sum; the total adds those that have one."""
    if cumul.etats[SECRET]:
        return [Ligne(coupe, modalite, "secret", cumul.visites if coupe == "total" else None, None, None)]
    if cumul.etats[VALEUR]:
        return [Ligne(coupe, modalite, "valeur", cumul.visites, cumul.utilisateurs, cumul.duree_s)]
    return []


def _read_taux(
    edition: Edition, vue: Vue, profils: Sequence[str], serie: Sequence[Point], recall: Recall
) -> list[Ligne]:
    """From memory from the circonscription up; else asked once for all spans that have the same last whole week."""
    reference = find_reference([point for point in serie if point.dans_vue])
    weeks, before = vue.periode == SEMAINE, reference.precedent if reference else None
    if weeks and reference is None:
        return []
    debut = reference.debut if weeks and reference else vue.du
    precedent = before.debut if weeks and before else None
    if vue.niveau in NIVEAUX_HAUTS:
        return edition.taux.read(
            vue, tuple(dict.fromkeys((vue.profil, *profils))), [debut, *([precedent] if precedent else [])]
        )
    parameters: Parameters = {
        "periode": vue.periode,
        "niveau": vue.niveau,
        "territoire": vue.territoire,
        "reference": debut,
        "precedente": precedent,
    }
    rows = recall(
        ("taux_noeud", *parameters.values()), lambda: fetch(edition.connection, "lecture/taux_noeud", parameters)
    )
    return [Ligne._make(row) for row in rows]
