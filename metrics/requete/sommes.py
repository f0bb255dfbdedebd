"""What may be put together: over which dimensions, of which indicators, cuts and profiles.

It must not look at a figure. Each rule gives the French sentence of its refusal, or None.
"""

from itertools import combinations
from typing import TYPE_CHECKING

from marking_plan import MarkingPlan
from marking_plan.coherence import AXES
from marking_plan.records import Coupe, Indicateur
from metrics.requete.mots import enumerate_quoted, quote

if TYPE_CHECKING:
    from metrics.requete.requete import Requete


def above(plan: MarkingPlan, niveau: str) -> list[str]:
    """Levels that hold a level whole, the nearest first."""
    parents = {record.code: record.parent for record in plan.niveaux}
    found = []
    while (parent := parents[niveau]) is not None:
        found.append(parent)
        niveau = parent
    return found


def refuse_dimensions(requete: "Requete", plan: MarkingPlan) -> str | None:
    """A dimension that the query does not have."""
    own = [*AXES, *([] if requete.coupe == "total" else [requete.coupe])]
    stray = next((dimension for dimension in requete.agreger if dimension not in own), None)
    if stray is None:
        return None
    coupe = quote(plan.libelle("coupe", requete.coupe))
    return (
        f"On ne peut pas réunir sur {quote(stray)}, car la requête porte sur la coupe {coupe}. "
        f"Choisissez parmi\u00a0: {', '.join(own)}."
    )


def refuse_sums(requete: "Requete", plan: MarkingPlan) -> str | None:
    """An indicator over a dimension where the plan does not declare it additive."""
    for indicateur in map(plan.indicateur, requete.indicateurs):
        for dimension in requete.agreger:
            if dimension not in plan.additif_sur(indicateur):
                sur = f"On n’additionne pas {indicateur.avec_article} sur les {_plural(requete, plan, dimension)}"
                why = _why(indicateur, plan, dimension)
                return f"{sur}{why} {_cure(requete, plan, indicateur, dimension)}"
    return None


def refuse_overlaps(requete: "Requete", plan: MarkingPlan) -> str | None:
    """Profiles and groups that have someone in common."""
    if "profil" not in requete.agreger:
        return None
    members = {profil.code: (profil.code,) for profil in plan.profils} | {g.code: g.profils for g in plan.groupes}
    for one, other in combinations(requete.profils, 2):
        common = next((code for code in members[one] if code in members[other]), None)
        if common is not None:
            names = [quote(plan.libelle("profil", code)) for code in (one, other, common)]
            return (
                f"On n’additionne pas les profils {names[0]} et {names[1]}, qui se recouvrent\u00a0: le profil {names[2]} "
                "y compterait deux fois. Demandez l’un ou l’autre."
            )
    return None


def _plural(requete: "Requete", plan: MarkingPlan, dimension: str) -> str:
    """« semaines », « écoles », « profils », « appareils »: what cells are told apart by."""
    match dimension:
        case "periode":
            return next(p.libelle_pluriel for p in plan.periodes if p.code == requete.periode)
        case "territoire":
            return plan.pluriel_niveau(requete.niveau)
        case "profil":
            return "profils"
        case _:
            return _coupe(plan, dimension).libelle_pluriel


def _why(indicateur: Indicateur, plan: MarkingPlan, dimension: str) -> str:
    if indicateur.non_additif:
        return f"\u00a0: {indicateur.non_additif}."
    definition = _coupe(plan, dimension).definition
    if not _coupe(plan, dimension).partition:
        return f", qui se recouvrent\u00a0: {definition[:1].lower()}{definition[1:]}"
    return "\u00a0: le plan ne le déclare pas."


def _cure(requete: "Requete", plan: MarkingPlan, indicateur: Indicateur, dimension: str) -> str:
    """What to ask for instead."""
    match dimension:
        case "periode":
            codes = [periode.code for periode in plan.periodes]
            longer = codes[codes.index(requete.periode) + 1 :]
            there = [code for code in longer if requete.coupe in plan.coupes_of(indicateur, code)]
            kind, what, alone = "periode", "la période", requete.periode
        case "territoire":
            there = [n for n in above(plan, requete.niveau) if n in (indicateur.niveaux or (n,))][:1]
            kind, what, alone = "niveau", "le territoire qui les réunit, de niveau", requete.niveau
        case "profil":
            there, kind, what, alone = ["tous"], "profil", "un groupe de profils, par exemple", "profil"
        case _:
            there, kind, what, alone = ["total"], "coupe", "la coupe", dimension
    if not there:
        return f"Lisez chaque {plan.libelle(kind, alone)} à part."
    return f"Demandez {what} {enumerate_quoted([plan.libelle(kind, code) for code in there])}."


def _coupe(plan: MarkingPlan, code: str) -> Coupe:
    return next(coupe for coupe in plan.coupes if coupe.code == code)
