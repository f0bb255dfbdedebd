"""Read peaks, suggested access and monthly totals of a school or a commune: one query.

It must not compute an access: metrics.pics does.
"""

from datetime import date
from typing import NamedTuple

from marking_plan.semaines import annee_scolaire, bounds, monday
from metrics.engine import Parameters, fetch
from metrics.lecture.edition import Edition
from metrics.tableau import Acces, Debit, Mois, Pic, Vue

_NIVEAUX = ("uai", "commune")


class _Line(NamedTuple):
    periode: str
    debut: date
    etat: str
    pic_simultane: int | None
    demi_journee: str | None
    visites: int | None
    utilisateurs: int | None
    provisoire: bool
    eleves: int | None
    base: str | None
    constate_le: date | None
    eleves_prevus: int | None
    pic_max: int | None
    personnes_retenues: int | None
    debit_suggere_mbit_s: int | None


def read_acces(edition: Edition, vue: Vue) -> Acces | None:
    """Peaks of the span; months and access of the school year in which it ends. None at a level that has none."""
    if vue.niveau not in _NIVEAUX:
        return None
    place: Parameters = {"niveau": vue.niveau, "territoire": vue.territoire}
    span: Parameters = {"du": monday(vue.du), "au": vue.au, "annee": bounds(annee_scolaire(vue.au))[0]}
    return _build([_Line._make(row) for row in fetch(edition.connection, "lecture/acces", {**place, **span})])


def _build(lines: list[_Line]) -> Acces:
    """What the lines say; the largest peak is the span's, the first one of equals."""
    pics = tuple(
        Pic(line.debut, line.etat, line.pic_simultane, line.demi_journee) for line in lines if line.periode == "semaine"
    )
    mois = tuple(
        Mois(line.debut, line.etat, line.visites, line.utilisateurs, line.provisoire)
        for line in lines
        if line.periode == "mois"
    )
    return Acces(
        pics=pics,
        mois=mois,
        debit=next((_debit(line) for line in lines if line.periode == "annee"), None),
        pic=max((pic for pic in pics if pic.pic_simultane), key=lambda pic: pic.pic_simultane or 0, default=None),
    )


def _debit(line: _Line) -> Debit:
    return Debit(
        debut=line.debut,
        etat=line.etat,
        eleves=line.eleves,
        base=line.base,
        constate_le=line.constate_le,
        eleves_prevus=line.eleves_prevus,
        pic_max=line.pic_max,
        personnes_retenues=line.personnes_retenues,
        debit_suggere_mbit_s=line.debit_suggere_mbit_s,
    )
