"""What a query may not ask: the rules in order, and those on its lists, codes, dates and places.

It must not write SQL or read a publication: the plan alone decides. Each rule gives the French sentence of its refusal, or None.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire, bounds, monday
from metrics.errors import RequeteRefusee
from metrics.requete.existence import refuse_absent, refuse_cut, refuse_mixed, refuse_profil, refuse_unpublished
from metrics.requete.expressions import explain_expression
from metrics.requete.mots import quote, unknown
from metrics.requete.sommes import above, refuse_dimensions, refuse_overlaps, refuse_sums

if TYPE_CHECKING:
    from metrics.requete.requete import Requete


def check(requete: "Requete", plan: MarkingPlan) -> None:
    """Raise RequeteRefusee with the sentence of the first rule broken."""
    for rule in RULES:
        sentence = rule(requete, plan)
        if sentence is not None:
            raise RequeteRefusee(sentence)


def _refuse_lists(requete: "Requete", plan: MarkingPlan) -> str | None:
    """Lists that name nothing, or the same thing twice."""
    del plan
    lists = {"indicateurs": requete.indicateurs, "profils": requete.profils}
    if isinstance(requete.territoires, tuple):
        lists["territoires"] = requete.territoires
    if requete.modalites is not None:
        lists["modalites"] = requete.modalites
    empty = next((nom for nom, codes in lists.items() if not codes), None)
    if empty is not None:
        return f"La liste {quote(empty)} est vide, et une requête doit y nommer quelque chose. Complétez-la."
    for nom, codes in {**lists, "agreger": requete.agreger}.items():
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return f"La liste {quote(nom)} nomme deux fois {quote(twice)}, qui compterait double. Retirez-en un."
    return None


def _refuse_unknown(requete: "Requete", plan: MarkingPlan) -> str | None:
    """Codes that are not in the plan, and computations written as text."""
    for kind, code, known in _codes(requete, plan):
        if code not in known:
            return unknown(kind, code, known)
    noms = {indicateur.nom for indicateur in plan.indicateurs}
    return next((explain_expression(nom, plan) for nom in requete.indicateurs if nom not in noms), None)


def _codes(requete: "Requete", plan: MarkingPlan) -> Iterator[tuple[str, str, list[str]]]:
    """Each code that a query gives, with its kind and the codes that there are."""
    niveaux = [niveau.code for niveau in plan.niveaux]
    coupes = [coupe.code for coupe in plan.coupes]
    profils = [record.code for record in plan.records("profil")]
    yield "Le niveau", requete.niveau, niveaux
    if not isinstance(requete.territoires, tuple):
        yield "Le niveau", requete.territoires.niveau, niveaux
    yield "La période", requete.periode, [periode.code for periode in plan.periodes]
    yield from (("Le profil", profil, profils) for profil in requete.profils)
    yield "La coupe", requete.coupe, coupes
    modalites = list(plan.modalites(requete.coupe))
    kind = f"Dans la coupe {quote(plan.libelle('coupe', requete.coupe))}, la modalité"
    yield from ((kind, modalite, modalites) for modalite in requete.modalites or ())


def _refuse_dates(requete: "Requete", plan: MarkingPlan) -> str | None:
    """Dates in the wrong order, or that name no period."""
    if requete.du > requete.au:
        return f"La requête finit le {requete.au}, avant de commencer le {requete.du}. Échangez les deux dates."
    for jour in (requete.du, requete.au):
        first = _first_day(requete.periode, jour)
        if jour != first:
            periode = quote(plan.libelle("periode", requete.periode))
            return (
                f"Le {jour} n’est pas le premier jour d’une période {periode}\u00a0: celle qui le contient commence le "
                f"{first}. Donnez cette date."
            )
    return None


def _first_day(periode: str, jour: date) -> date:
    match periode:
        case "semaine":
            return monday(jour)
        case "mois":
            return jour.replace(day=1)
        case "annee":
            return bounds(annee_scolaire(jour))[0]
        case _:
            return jour


def _refuse_children(requete: "Requete", plan: MarkingPlan) -> str | None:
    """Children of a level that does not hold them whole: a commune may straddle circonscriptions."""
    if isinstance(requete.territoires, tuple):
        return None
    parent = requete.territoires.niveau
    held = [n.code for n in plan.niveaux if parent in above(plan, n.code) or (n.code == "uai" and parent != "uai")]
    if requete.niveau in held:
        return None
    asked, within = plan.pluriel_niveau(requete.niveau), ", ".join(map(plan.pluriel_niveau, held))
    reunit = f"qui ne réunit en entier que\u00a0: {within}" if held else "qui n’en réunit aucun"
    place = f"un territoire de niveau {quote(plan.libelle('niveau', parent))}"
    return f"Vous demandez les {asked} sous {place}, {reunit}. Donnez plutôt la liste des {asked}."


Rule = Callable[["Requete", MarkingPlan], str | None]
RULES: tuple[Rule, ...] = (
    _refuse_lists,
    _refuse_unknown,
    _refuse_dates,
    _refuse_children,
    refuse_cut,
    refuse_absent,
    refuse_unpublished,
    refuse_mixed,
    refuse_profil,
    refuse_dimensions,
    refuse_sums,
    refuse_overlaps,
)
