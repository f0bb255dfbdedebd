"""Read the cuts of a node over a span, with its profiles and its rates: two queries, the profiles from memory.

It must not share out nor judge: parts.py and taux.py do.
"""

from collections.abc import Sequence
from typing import cast

from metrics.engine import Parameters, Row, fetch
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Recall
from metrics.lecture.parts import Ligne
from metrics.lecture.serie import find_reference
from metrics.lecture.totaux import SECRET, VALEUR, Cumul
from metrics.tableau import SEMAINE, Point, Vue

_Cut = tuple[str, str, str, int | None, int | None, int | None]  # coupe, modalite, etat, visites, utilisateurs, duree_s


def read_parts(
    edition: Edition, vue: Vue, profils: Sequence[str], serie: Sequence[Point], recall: Recall
) -> list[Ligne]:
    """The cuts over the span, and the rates of its period: for weeks, of the most recent whole one."""
    return [*_read_cuts(edition, vue), *_read_profils(edition, vue, profils), *_read_taux(edition, vue, serie, recall)]


def _read_cuts(edition: Edition, vue: Vue) -> list[Ligne]:
    node: Parameters = {"niveau": vue.niveau, "territoire": vue.territoire, "profil": vue.profil, "du": vue.du}
    if vue.periode != SEMAINE:
        return [Ligne(*cast("_Cut", row)) for row in fetch(edition.connection, f"lecture/parts_{vue.periode}", node)]
    ecole = set(edition.memoire.semaines_ecole)
    sans_ecole = [debut for debut in edition.catalogue.semaines if vue.du <= debut <= vue.au and debut not in ecole]
    span: Parameters = {**node, "au": vue.au, "sans_ecole": sans_ecole}
    return [_over_weeks(row) for row in fetch(edition.connection, "lecture/parts_semaine", span)]


def _over_weeks(row: Row) -> Ligne:
    """A modality masked in one of the weeks has no figure: the others would not be its sum; the total adds those that have one."""
    coupe, modalite, etat, visites, utilisateurs, duree_s = cast("_Cut", row)
    if etat == "valeur":
        return Ligne(coupe, modalite, etat, visites, utilisateurs, duree_s)
    return Ligne(coupe, modalite, etat, visites if coupe == "total" else None, None, None)


def _read_profils(edition: Edition, vue: Vue, profils: Sequence[str]) -> list[Ligne]:
    """Totals of these profiles over the span, as the cut `profil`."""
    keys = [(vue.periode, vue.niveau, vue.territoire, profil) for profil in profils]
    ecole = edition.memoire.semaines_ecole if vue.periode == SEMAINE else None
    cumuls = edition.totaux.add_up(keys, vue.du, vue.au, ecole)
    return [line for profil, cumul in zip(profils, cumuls, strict=True) for line in _describe(profil, cumul)]


def _describe(profil: str, cumul: Cumul) -> list[Ligne]:
    if cumul.etats[SECRET]:
        return [Ligne("profil", profil, "secret", None, None, None)]
    if cumul.etats[VALEUR]:
        return [Ligne("profil", profil, "valeur", cumul.visites, cumul.utilisateurs, cumul.duree_s)]
    return []


def _read_taux(edition: Edition, vue: Vue, serie: Sequence[Point], recall: Recall) -> list[Ligne]:
    """Asked once for all spans that have the same last whole week."""
    reference = find_reference([point for point in serie if point.dans_vue])
    weeks, before = vue.periode == SEMAINE, reference.precedent if reference else None
    if weeks and reference is None:
        return []
    parameters: Parameters = {
        "periode": vue.periode,
        "niveau": vue.niveau,
        "territoire": vue.territoire,
        "reference": reference.debut if weeks and reference else vue.du,
        "precedente": before.debut if weeks and before else None,
    }
    rows = recall(
        ("taux_noeud", *parameters.values()), lambda: fetch(edition.connection, "lecture/taux_noeud", parameters)
    )
    return [Ligne._make(row) for row in rows]
