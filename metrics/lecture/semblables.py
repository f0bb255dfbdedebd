"""A school beside similar ones (design 10): who they are, from the edition, and their quartiles, from semblables.sql.

It must not let out another school's name or figure: quartiles, and only of enough schools.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from marking_plan.semaines import annee_scolaire, bounds
from marking_plan.semblables import ReglageSemblables, TrancheEleves, find_semblables
from metrics.engine import Parameters, Row, fetch
from metrics.lecture.edition import Ecole, Edition
from metrics.lecture.taux import BASES
from metrics.tableau import MOIS, SEMAINE, Comparaison, Semblables, Vue

_LEVELS = ("academie", "region")  # nearest first
_PROFIL_TAUX = {"maternelle": "parents"}  # pupils of préélémentaire have no rate (design 3); elsewhere that of pupils


@dataclass(frozen=True, slots=True)
class Choix:
    """The others, and who they are; nothing to read when `motif` says why."""

    semblables: Semblables
    uais: tuple[str, ...] = ()


class _Line(NamedTuple):
    indicateur: str
    base: str | None
    etat: str | None
    valeur: float | None
    premier_quartile: float | None
    mediane: float | None
    troisieme_quartile: float | None
    ecoles: int
    masquees: int
    sans_chiffre: int


def read_semblables(edition: Edition, vue: Vue) -> Semblables:
    """The school beside the others: one query, none when there are too few of them."""
    choix = choose_semblables(edition, vue)
    if choix.semblables.motif:
        return choix.semblables
    return build_semblables(choix, fetch(edition.connection, "lecture/semblables", ask_semblables(vue, choix)), vue)


def choose_semblables(edition: Edition, vue: Vue) -> Choix:
    """Open schools of the same nature and band of pupils, of the académie, else of the région."""
    ecole, annee, reglage = edition.ecoles[vue.territoire], annee_scolaire(vue.au), find_semblables(vue.au)
    eleves = edition.memoire.eleves.get((annee, vue.territoire))
    if ecole.type_ecole is None or eleves is None:
        motif = "sans_type" if ecole.type_ecole is None else "sans_eleves"
        return Choix(_describe(ecole, reglage, _LEVELS[0], None, 0, motif))
    tranche = reglage.find_tranche(eleves)
    for niveau in _LEVELS:
        uais = _list_others(edition, ecole, niveau, annee, tranche)
        if len(uais) >= reglage.ecoles_minimum:
            return Choix(_describe(ecole, reglage, niveau, tranche, len(uais), None), uais)
    return Choix(_describe(ecole, reglage, _LEVELS[-1], tranche, len(uais), "trop_peu"))


def ask_semblables(vue: Vue, choix: Choix) -> Parameters:
    """Parameters of semblables.sql."""
    annee = bounds(annee_scolaire(vue.au))[0]
    return {
        "uai": vue.territoire,
        "semblables": list(choix.uais),
        "annee": annee,
        "profil": vue.profil,
        "du": vue.du,
        "au": vue.au,
        "periode": vue.periode,
        "periode_taux": MOIS if vue.periode == SEMAINE else vue.periode,
        "debut_taux": rate_period(vue),
        "profil_taux": _profil_taux(vue, choix.semblables.type_ecole),
    }


def build_semblables(choix: Choix, rows: list[Row], vue: Vue) -> Semblables:
    """The comparisons; one base for the rate, that of the school."""
    lines = [_Line._make(row) for row in rows]
    rates = [line for line in lines if line.base in BASES and line.etat is not None]
    rates.sort(key=lambda line: (line.valeur is None, BASES.index(line.base or "")))
    chosen = [*(line for line in lines if line.indicateur == "visites_par_eleve"), *rates[:1]]
    comparaisons = tuple(_compare(line, vue, choix.semblables) for line in chosen)
    return replace(choix.semblables, comparaisons=comparaisons)


def rate_period(vue: Vue) -> date:
    """First day of the month or year asked for; of weeks, of the last month that ends within them, else of the last one."""
    if vue.periode != SEMAINE:
        return vue.du
    end = vue.au + timedelta(days=7)  # the day after the span: a month that ends the day before is whole
    whole = (end.replace(day=1) - timedelta(days=1)).replace(day=1)
    return whole if whole >= vue.du.replace(day=1) else vue.au.replace(day=1)


def _profil_taux(vue: Vue, type_ecole: str | None) -> str:
    return _PROFIL_TAUX.get(type_ecole or "", "eleve") if vue.profil == "tous" else vue.profil


def _describe(
    ecole: Ecole, reglage: ReglageSemblables, niveau: str, tranche: TrancheEleves | None, count: int, motif: str | None
) -> Semblables:
    lieu, libelle = ecole.lieux[niveau].nom, tranche.libelle if tranche else None
    return Semblables(ecole.type_ecole, libelle, niveau, lieu, reglage.ecoles_minimum, count, motif)


def _list_others(edition: Edition, ecole: Ecole, niveau: str, annee: str, tranche: TrancheEleves) -> tuple[str, ...]:
    eleves, place = edition.memoire.eleves, ecole.lieux[niveau]
    return tuple(
        other.uai
        for other in edition.ecoles.values()
        if other.type_ecole == ecole.type_ecole
        and other.uai != ecole.uai
        and other.lieux[niveau].territoire == place.territoire
        and tranche.holds(eleves.get((annee, other.uai)))
    )


def _compare(line: _Line, vue: Vue, semblables: Semblables) -> Comparaison:
    taux, enough = line.base is not None, line.ecoles >= semblables.ecoles_minimum
    quartiles = (line.premier_quartile, line.mediane, line.troisieme_quartile) if enough else (None, None, None)
    return Comparaison(
        line.indicateur,
        _profil_taux(vue, semblables.type_ecole) if taux else vue.profil,
        line.base,
        rate_period(vue) if taux else None,
        line.etat or "non_recu",
        line.valeur,
        *quartiles,
        _position(line.valeur, *quartiles),
        line.ecoles,
        line.masquees,
        line.sans_chiffre,
    )


def _position(valeur: float | None, bas: float | None, milieu: float | None, haut: float | None) -> str | None:
    """Where a figure lies among the quartiles of the others."""
    if valeur is None or bas is None or milieu is None or haut is None:
        return None
    if valeur < bas:
        return "sous"
    if valeur > haut:
        return "au_dessus"
    if valeur == milieu:
        return "mediane"
    return "centrale_basse" if valeur < milieu else "centrale_haute"
