"""A school beside similar ones (design 10): who they are, from the edition, and their quartiles.

It must not let out another school's name or figure: quartiles, and only of enough schools.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from marking_plan.semaines import annee_scolaire
from marking_plan.semblables import ReglageSemblables, TrancheEleves, find_semblables
from metrics.lecture.ecoles import Ecole
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Recall
from metrics.lecture.mesures_ecoles import Mesures, QuestionTaux, measure_visites, read_taux_ecoles
from metrics.lecture.taux import BASES
from metrics.tableau import MOIS, SEMAINE, Comparaison, Noeud, Semblables, Vue

Groupe = tuple[str, ...]  # UAIs, the school's own among them

_LEVELS = ("academie", "region")  # nearest first
_PROFIL_TAUX = {"maternelle": "parents"}  # pupils of préélémentaire have no rate (design 3); elsewhere that of pupils


@dataclass(frozen=True, slots=True)
class Choix:
    """The others, and who they are; nothing to read when `motif` says why."""

    semblables: Semblables
    groupe: Groupe = ()


class _Line(NamedTuple):
    indicateur: str
    base: str | None
    etat: str
    valeur: float | None
    premier_quartile: float | None
    mediane: float | None
    troisieme_quartile: float | None
    ecoles: int
    masquees: int
    sans_chiffre: int


def read_semblables(edition: Edition, vue: Vue, recall: Recall) -> Semblables:
    """The school beside the others; what is the same for all schools of a group is read once."""
    choix = choose_semblables(edition, vue, recall)
    if choix.semblables.motif:
        return choix.semblables
    visites: Mesures = recall(
        ("visites_semblables", choix.groupe, vue.periode, vue.du, vue.au, vue.profil),
        lambda: measure_visites(edition, vue, choix.groupe),
    )
    question = ask_taux(vue, choix.semblables.type_ecole)
    taux: dict[str, Mesures] = recall(question, lambda: read_taux_ecoles(edition, question))
    lines = [_place("visites_par_eleve", None, visites, vue.territoire, choix.groupe)]
    lines += [_place("taux_utilisation", base, own, vue.territoire, choix.groupe) for base, own in taux.items() if vue.territoire in own]  # fmt: skip
    return build_semblables(choix, lines, vue)


def choose_semblables(edition: Edition, vue: Vue, recall: Recall) -> Choix:
    """Open schools of the same nature and band of pupils, of the académie, else of the région."""
    ecole, annee, reglage = edition.ecoles[vue.territoire], annee_scolaire(vue.au), find_semblables(vue.au)
    eleves = edition.memoire.eleves.get((annee, vue.territoire))
    if ecole.type_ecole is None or eleves is None:
        motif = "sans_type" if ecole.type_ecole is None else "sans_eleves"
        return Choix(_describe(ecole, reglage, _LEVELS[0], None, 0, motif))
    tranche = reglage.find_tranche(eleves)
    for niveau in _LEVELS:
        place = ecole.lieux[niveau]
        key = ("semblables", annee, ecole.type_ecole, tranche, place)
        groupe: Groupe = recall(key, partial(_list_groupe, edition, ecole.type_ecole, place, annee, tranche))
        count = len(groupe) - (ecole.uai in groupe)
        if count >= reglage.ecoles_minimum:
            return Choix(_describe(ecole, reglage, niveau, tranche, count, None), groupe)
    return Choix(_describe(ecole, reglage, _LEVELS[-1], tranche, count, "trop_peu"))


def ask_taux(vue: Vue, type_ecole: str | None) -> QuestionTaux:
    """Which rates a view compares: those of a month, when it is about weeks."""
    periode = MOIS if vue.periode == SEMAINE else vue.periode
    return QuestionTaux(periode, rate_period(vue), _profil_taux(vue, type_ecole))


def build_semblables(choix: Choix, lines: Sequence[_Line], vue: Vue) -> Semblables:
    """The comparisons; one base for the rate, that of the school."""
    rates = [line for line in lines if line.base in BASES]
    rates.sort(key=lambda line: (line.valeur is None, BASES.index(line.base or "")))
    chosen = [*(line for line in lines if line.indicateur == "visites_par_eleve"), *rates[:1]]
    comparaisons = tuple(_compare(line, vue, choix.semblables) for line in chosen)
    return replace(choix.semblables, comparaisons=comparaisons)


def _place(indicateur: str, base: str | None, mesures: Mesures, uai: str, groupe: Groupe) -> _Line:
    """A school among the others: its own figure, their quartiles, and how many of them have none."""
    own = mesures[uai]
    others = [mesures[other] for other in groupe if other != uai and other in mesures]
    values = sorted(other.valeur for other in others if other.valeur is not None)
    masquees = sum(other.etat == "secret" for other in others)
    sans_chiffre = sum(other.etat not in ("valeur", "secret") for other in others)
    bas, milieu, haut = (_find_quantile(values, part) for part in (0.25, 0.5, 0.75))
    return _Line(indicateur, base, own.etat, own.valeur, bas, milieu, haut, len(values), masquees, sans_chiffre)


def _find_quantile(values: Sequence[float], part: float) -> float | None:
    """As SQL's percentile_cont: between the two values around, in proportion."""
    if not values:
        return None
    rang = (len(values) - 1) * part
    bas, reste = int(rang), rang - int(rang)
    return values[bas] * (1 - reste) + values[bas + 1] * reste if reste else values[bas]


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


def _list_groupe(edition: Edition, type_ecole: str, place: Noeud, annee: str, tranche: TrancheEleves) -> Groupe:
    """Schools of a nature and band of pupils in a place."""
    eleves = edition.memoire.eleves
    return tuple(
        ecole.uai
        for ecole in edition.ecoles.values()
        if ecole.type_ecole == type_ecole
        and ecole.lieux[place.niveau].territoire == place.territoire
        and tranche.holds(eleves.get((annee, ecole.uai)))
    )


def _compare(line: _Line, vue: Vue, semblables: Semblables) -> Comparaison:
    taux, enough = line.base is not None, line.ecoles >= semblables.ecoles_minimum
    quartiles = (line.premier_quartile, line.mediane, line.troisieme_quartile) if enough else (None, None, None)
    return Comparaison(
        line.indicateur,
        _profil_taux(vue, semblables.type_ecole) if taux else vue.profil,
        line.base,
        rate_period(vue) if taux else None,
        line.etat,
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
