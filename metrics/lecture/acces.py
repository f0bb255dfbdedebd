"""Peaks, suggested access and monthly totals of a school or a commune, from what is held in memory.

It must not query, nor compute an access: metrics.pics does.
"""

from collections import Counter
from datetime import date

from marking_plan.semaines import annee_scolaire, bounds, monday
from metrics.lecture.cumuls import ETATS
from metrics.lecture.edition import Edition
from metrics.lecture.suites import known
from metrics.lecture.totaux import DEMI_JOURNEES
from metrics.noms import fold
from metrics.ratios import is_complete
from metrics.tableau import MOIS, SEMAINE, Acces, Debit, Mois, Noeud, Pic, Vue

_NIVEAUX = ("uai", "commune")


def read_acces(edition: Edition, vue: Vue) -> Acces | None:
    """Peaks of the span; months and access of the school year in which it ends. None at a level that has none."""
    if vue.niveau not in _NIVEAUX:
        return None
    pics = _read_pics(edition, vue, vue.du, vue.au)
    year = _read_pics(edition, vue, *bounds(annee_scolaire(vue.au)))
    return Acces(
        pics=pics,
        mois=_read_mois(edition, vue),
        debit=edition.memoire.debits.get((annee_scolaire(vue.au), vue.niveau, vue.territoire)),
        ecoles=_read_ecoles(edition, vue),
        pic=max((pic for pic in pics if pic.pic_simultane), key=lambda pic: pic.pic_simultane or 0, default=None),
        pic_secret=any(pic.etat == "secret" for pic in year),
    )


def _read_ecoles(edition: Edition, vue: Vue) -> tuple[tuple[Noeud, Debit], ...]:
    """Schools of a commune by name, but those that were not open in that school year."""
    annee, debits = annee_scolaire(vue.au), edition.memoire.debits
    codes = edition.list_enfants(annee, vue.niveau, vue.territoire, "uai") if vue.niveau == "commune" else []
    found = [(edition.noeuds["uai", code], debits.get((annee, "uai", code))) for code in codes]
    opened = [(noeud, debit) for noeud, debit in found if debit is not None]
    return tuple(sorted(opened, key=lambda row: (fold(row[0].nom), row[0].territoire)))


def _read_pics(edition: Edition, vue: Vue, du: date, au: date) -> tuple[Pic, ...]:
    key, columns = (vue.niveau, vue.territoire), ("etat", "pic_simultane", "demi_journee")
    return tuple(
        Pic(debut, ETATS[etat], known(pic), DEMI_JOURNEES[demi_journee] if demi_journee >= 0 else None)
        for debut, (etat, pic, demi_journee) in edition.totaux.pics.read(key, monday(du), au, *columns)
    )


def _read_mois(edition: Edition, vue: Vue) -> tuple[Mois, ...]:
    """Every published month of the school year, with the weeks beginning in it that lack days."""
    key, columns = (MOIS, vue.niveau, vue.territoire, "tous"), ("etat", "visites", "utilisateurs", "provisoire")
    year = bounds(annee_scolaire(vue.au))
    weeks = edition.totaux.perimetres.read((SEMAINE, *key[1:3]), *year, "jours_attendus", "jours_recus")
    short = Counter(debut.replace(day=1) for debut, (attendus, recus) in weeks if not is_complete(recus, attendus))
    return tuple(
        Mois(debut, ETATS[etat], known(visites), known(utilisateurs), bool(provisoire), short[debut])
        for debut, (etat, visites, utilisateurs, provisoire) in edition.totaux.cellules.read(key, *year, *columns)
    )
