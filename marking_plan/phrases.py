"""Say in French what the plan declares of an indicator or a cut: unit, periods, additivity, comment of a column.

It must not define anything: every word and fact comes from the records.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import floor

from marking_plan.coherence import AXES
from marking_plan.plan import MarkingPlan
from marking_plan.records import Coupe, Indicateur


def enumerate_fr(words: Sequence[str], last: str = "et") -> str:
    """« jour, semaine et mois »."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@lru_cache(4096)
def number_fr(value: float) -> str:
    """« 12 345 »; a mean is rounded to a whole number, and a half to the one above."""
    return f"{floor(value + 0.5):,}".replace(",", "\u202f")


def count_fr(value: float | None, singular: str, plural: str) -> str:
    """« 0 école », « 1 école », « 2 écoles »: French counts from two. A number never leaves its noun at the end of a line; an unknown
    one is a dash."""
    if value is None:
        return f"–\u00a0{plural}"
    return f"{number_fr(value)}\u00a0{singular if round(value) < 2 else plural}"


def describe_indicateur(plan: MarkingPlan, indicateur: Indicateur) -> str:
    """Definition, unit, periods, levels, additivity and computation of an indicator."""
    niveaux = [plan.libelle("niveau", code) for code in indicateur.niveaux]
    phrases = [
        indicateur.definition,
        f"Unité\u00a0: {indicateur.unite}.",
        _where(plan, indicateur),
        *([f"Niveaux\u00a0: {enumerate_fr(niveaux)}."] if niveaux else []),
        describe_additivity(plan, indicateur),
        f"Calcul\u00a0: {indicateur.expression}.",
    ]
    return " ".join(phrases)


def describe_coupe(plan: MarkingPlan, coupe: Coupe) -> str:
    """Definition of a cut, its periods, and whether its modalities overlap."""
    overlap = "" if coupe.partition else " Les modalités se recouvrent\u00a0: elles ne s’additionnent pas."
    return f"{coupe.definition} Donnée par {_periodes(plan, coupe.periodes)}.{overlap}"


def comment_column(plan: MarkingPlan, indicateur: Indicateur, periode: str | None, coupes: bool = True) -> str:
    """Comment of the column of an indicator, in a table of one period (None: of several), with other cuts than total or not."""
    unite = "" if indicateur.unite == indicateur.nom else f", en {indicateur.unite}"
    if periode is None:
        return f"{indicateur.libelle}{unite}. {indicateur.definition}{_never_added(indicateur)}"
    if periode not in indicateur.periodes:
        return f"{indicateur.libelle}\u00a0: NULL, l’indicateur n’existe que par {_periodes(plan, indicateur.periodes)}"
    seule = " pour la coupe total seule," if coupes and _is_total_only(plan, indicateur, periode) else ""
    nulle = "ailleurs et sans valeur" if seule else "sans valeur"
    tete = f"{indicateur.libelle} par {plan.libelle('periode', periode)}{unite}"
    return f"{tete},{seule} NULL {nulle}. {indicateur.definition}{_never_added(indicateur)}"


def _where(plan: MarkingPlan, indicateur: Indicateur) -> str:
    """Periods where it exists, and those where it has no cut."""
    seuls = [code for code in indicateur.periodes if _is_total_only(plan, indicateur, code)]
    tete = f"Donné par {_periodes(plan, indicateur.periodes)}"
    if not seuls:
        return f"{tete}."
    if any(plan.coupes_of(indicateur, code) != ("total",) for code in indicateur.periodes):
        return f"{tete} (par {_periodes(plan, seuls)}, pour la coupe total seulement)."
    return f"{tete}, pour la coupe total seulement."


def _is_total_only(plan: MarkingPlan, indicateur: Indicateur, periode: str) -> bool:
    """Whether an indicator has no cut where others have some."""
    others = any(periode in coupe.periodes for coupe in plan.coupes if coupe.code != "total")
    return others and plan.coupes_of(indicateur, periode) == ("total",)


def _never_added(indicateur: Indicateur) -> str:
    return "" if indicateur.sommes else f" Ne s’additionne jamais\u00a0: {indicateur.non_additif}."


def describe_additivity(plan: MarkingPlan, indicateur: Indicateur) -> str:
    """Over which dimensions it can be had from published cells, and how when it is no plain sum."""
    if not indicateur.sommes:
        return _never_added(indicateur).strip()
    sur = plan.additif_sur(indicateur)
    names = [AXES[axe] for axe in AXES if axe in sur]
    names += [coupe.libelle.lower() for coupe in plan.coupes if coupe.code in sur]
    sauf = f", et non ailleurs\u00a0: {indicateur.non_additif}" if indicateur.non_additif else ""
    if indicateur.additif_sur:
        return f"S’additionne sur {', '.join(names)}{sauf}."
    return f"Sur plusieurs cases ({', '.join(names)}), se calcule à nouveau\u00a0: {indicateur.expression_agregee}."


def _periodes(plan: MarkingPlan, codes: Iterable[str]) -> str:
    return enumerate_fr([plan.libelle("periode", code) for code in codes])
