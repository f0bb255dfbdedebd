"""Say why a computation written as text is refused: a query names indicators, the plan holds their expressions.

It must not run or parse SQL: it looks for the indicators that a text names.
"""

import re

from marking_plan import MarkingPlan
from metrics.requete.mots import quote, unknown

_WORD = re.compile(r"\w+")
_ADDS = re.compile(r"\b(sum|somme|total|avg|mean|moyenne)\b|\+")


def explain_expression(texte: str, plan: MarkingPlan) -> str:
    """Why `texte`, which is no indicator's name, can't be asked for."""
    words = set(_WORD.findall(texte.casefold()))
    named = [indicateur for indicateur in plan.indicateurs if indicateur.nom in words]
    if not named:
        return unknown("L’indicateur", texte, [indicateur.nom for indicateur in plan.indicateurs])
    never = next((indicateur for indicateur in named if not indicateur.sommes), None)
    if never is None:
        return (
            f"{quote(texte)} est un calcul, et une requête nomme des indicateurs\u00a0: leur calcul est dans le plan. "
            f"Demandez {quote(named[0].nom)}, et dites dans {quote('agreger')} sur quoi le réunir."
        )
    if _ADDS.search(texte.casefold()):
        return (
            f"{quote(texte)} est refusé\u00a0: on n’additionne pas {never.avec_article}, car {never.non_additif}. "
            f"Demandez {quote(never.nom)} à la période et au territoire voulus."
        )
    return (
        f"{quote(texte)} est un calcul, et une requête nomme des indicateurs\u00a0: on ne calcule rien à partir de cases de "
        f"{quote(never.nom)}. Demandez cet indicateur à la période et au territoire voulus."
    )
