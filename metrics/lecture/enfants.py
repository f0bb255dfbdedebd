"""The children of a node, each with its visits, its last six school weeks and what lists it, from totals held in memory.

It must not query: rates of schools are given to it. Users are never summed over children, nor over weeks: only a child's own weekly mean exists.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from marking_plan.semaines import annee_scolaire
from metrics.lecture.coupes import find_groupe
from metrics.lecture.cumuls import ETATS, NON_RECU, PUBLIES, SECRET, Cumul
from metrics.lecture.edition import Edition
from metrics.lecture.fratrie import Fratrie, read_fratrie
from metrics.lecture.mesures_ecoles import Mesure, Mesures
from metrics.lecture.suites import known
from metrics.noms import fold
from metrics.ratios import ratio
from metrics.tableau import EcoleSuivie, Enfant, Noeud, Vue

_SANS_TAUX = Mesure("", None)


class Signes(NamedTuple):
    """Why a school is listed, how many listed schools a territory has, the rate of a school."""

    causes: tuple[str, ...]
    a_accompagner: int
    taux: Mesure


def read_enfants(
    edition: Edition, vue: Vue, niveau: str, taux: Mesures, listees: Sequence[EcoleSuivie]
) -> tuple[Enfant, ...]:
    """Children of a level, by name; those of which nothing of the span is published are left out. `taux`: those of schools;
    `listees`: the node's schools to support."""
    causes = {ecole.uai: tuple(constat.cause for constat in ecole.constats) for ecole in listees}
    listed = Counter(edition.find_lieu(uai, niveau) for uai in causes)
    fratrie = read_fratrie(edition, vue, niveau)
    found = [
        _enfant(edition, vue, fratrie, rang, Signes(causes.get(code, ()), listed[code], taux.get(code, _SANS_TAUX)))
        for rang, code in enumerate(fratrie.codes)
        if any(any(cumul.etats) for cumul in fratrie.cumuls[rang].values())
    ]
    return tuple(sorted(found, key=lambda enfant: (fold(enfant.nom), enfant.territoire)))


def _enfant(edition: Edition, vue: Vue, fratrie: Fratrie, rang: int, signes: Signes) -> Enfant:
    code, niveau, cumuls = fratrie.codes[rang], fratrie.niveau, fratrie.cumuls[rang]
    noeud = edition.noeuds.get((niveau, code)) or Noeud(niveau, code, code)
    ecole = edition.ecoles.get(code) if niveau == "uai" else None
    own, every = cumuls[vue.profil], sum(cumuls["tous"].etats)
    etats, eleves, parents = (_states(cumuls[profil], every) for profil in (vue.profil, "eleve", "parents"))
    actives, ouvertes = fratrie.ecoles[rang]
    published = [profil.code for profil in edition.catalogue.profils.get((annee_scolaire(vue.au), niveau, code), ())]
    return Enfant(
        niveau=niveau,
        territoire=code,
        nom=noeud.nom,
        type_ecole=ecole.type_ecole if ecole else None,
        etat=_strongest(etats),
        visites=own.visites,
        utilisateurs_moyens=ratio(own.utilisateurs, own.cellules_utilisateurs),
        duree_moyenne_s=ratio(own.duree_s, own.visites),
        effectif=edition.memoire.eleves.get((annee_scolaire(vue.au), code)) if niveau == "uai" else None,
        derniere_semaine_active=fratrie.actives[rang],
        visites_semaines=tuple(known(visites) for visites in fratrie.visites_semaines[rang]),
        ecoles_actives=actives,
        ecoles_ouvertes=ouvertes,
        etats_semaines=_trend(fratrie.etats_semaines[rang], fratrie.etats_tous[rang]),
        semaines_sans_chiffre=etats[SECRET] + etats[NON_RECU],
        visites_eleves=None if eleves[SECRET] else cumuls["eleve"].visites,
        etat_eleves="secret" if eleves[SECRET] else _strongest(eleves),
        visites_parents=None if parents[SECRET] else cumuls["parents"].visites,
        etat_parents="secret" if parents[SECRET] else _strongest(parents),
        commune=ecole.lieux["commune"].nom if ecole else "",
        evolution=fratrie.evolutions[rang],
        causes=signes.causes,
        ecoles_a_accompagner=signes.a_accompagner,
        groupe=find_groupe(published, vue.profil),
        taux=signes.taux.valeur,
        etat_taux=signes.taux.etat,
    )


def _states(cumul: Cumul, every: int) -> list[int]:
    """States of the weeks of a profil. Those known for `tous` alone are secret: the child does not publish this profil."""
    etats = list(cumul.etats)
    etats[SECRET] += max(0, every - sum(etats))
    return etats


def _strongest(etats: Sequence[int]) -> str:
    return next((etat for etat, cells in zip(ETATS, etats, strict=True) if cells), "non_ouverte")


def _trend(own: Sequence[int], every: Sequence[int]) -> tuple[str, ...]:
    """States of the last school weeks; a week known for `tous` alone is secret."""
    return tuple(
        ETATS[etat] if etat >= 0 else _unpublished(ETATS[tous] if tous >= 0 else "non_ouverte")
        for etat, tous in zip(own, every, strict=True)
    )


def _unpublished(etat: str) -> str:
    return "secret" if etat in PUBLIES else etat
