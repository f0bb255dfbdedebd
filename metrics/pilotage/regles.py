"""What a change at constant perimeter may not ask: each rule gives the French sentence of its refusal, or None.

It must not read a publication or write SQL: the plan alone decides.
"""

from typing import TYPE_CHECKING

from marking_plan import MarkingPlan, load_plan
from marking_plan.semaines import monday
from metrics.errors import RequeteRefusee
from metrics.requete.mots import quote, unknown

if TYPE_CHECKING:
    from metrics.pilotage.perimetre_constant import PerimetreConstant

_VISITES = "visites"


def check(requete: "PerimetreConstant") -> None:
    """Raise RequeteRefusee with the sentence of the first rule broken."""
    plan = load_plan()
    for rule in (_refuse_indicateur, _refuse_unknown, _refuse_dates, _refuse_spans):
        sentence = rule(requete, plan)
        if sentence is not None:
            raise RequeteRefusee(sentence)


def _refuse_indicateur(requete: "PerimetreConstant", plan: MarkingPlan) -> str | None:
    """Anything but visits: users do not exist over a perimeter or over several weeks (design 3)."""
    if requete.indicateur == _VISITES:
        return None
    indicateur = next((i for i in plan.indicateurs if i.nom == requete.indicateur), None)
    if indicateur is None:
        return unknown("À périmètre constant, l’indicateur", requete.indicateur, [_VISITES])
    why = f", car {indicateur.non_additif}" if indicateur.non_additif else ""
    return (
        f"On ne donne pas {indicateur.avec_article} à périmètre constant{why}\u00a0: demandez {quote(_VISITES)}, ou lisez un "
        "territoire semaine par semaine."
    )


def _refuse_unknown(requete: "PerimetreConstant", plan: MarkingPlan) -> str | None:
    """Codes that are not in the plan."""
    niveaux, profils = [n.code for n in plan.niveaux], [record.code for record in plan.records("profil")]
    if requete.niveau not in niveaux:
        return unknown("Le niveau", requete.niveau, niveaux)
    return None if requete.profil in profils else unknown("Le profil", requete.profil, profils)


def _refuse_dates(requete: "PerimetreConstant", plan: MarkingPlan) -> str | None:
    """Dates in the wrong order, or that are no Mondays; one bound of the second span without the other."""
    del plan
    if (requete.du_precedent is None) != (requete.au_precedent is None):
        return (
            "Les semaines de référence n’ont qu’une borne\u00a0: donnez leur premier et leur dernier lundi, "
            "ou ni l’un ni l’autre."
        )
    for du, au in ((requete.du, requete.au), (requete.du_precedent, requete.au_precedent)):
        if du is None or au is None:
            continue
        if du > au:
            return f"La période finit le {au}, avant de commencer le {du}. Échangez les deux dates."
        stray = next((jour for jour in (du, au) if jour != monday(jour)), None)
        if stray is not None:
            return f"Le {stray} n’est pas un lundi\u00a0: sa semaine commence le {monday(stray)}. Donnez cette date."
    return None


def _refuse_spans(requete: "PerimetreConstant", plan: MarkingPlan) -> str | None:
    """A reference that is not before what it is compared with."""
    del plan
    if requete.au_precedent is None or requete.au_precedent < requete.du:
        return None
    return (
        f"Les semaines de référence finissent le {requete.au_precedent}, et celles que vous leur comparez commencent le "
        f"{requete.du}\u00a0: donnez des semaines de référence qui finissent avant."
    )
