"""How profils and other modalities are called on a board.

It must not define a word: the marking plan does.
"""

from dashboards.formats import majuscule
from marking_plan import MarkingPlan


def libelle_profil(plan: MarkingPlan, code: str) -> str:
    """A profil or group named in the plural: « Enseignants »."""
    pluriels = {profil.code: profil.libelle_pluriel for profil in plan.profils}
    return pluriels.get(code) or plan.libelle("profil", code)


def libelle_modalite(kind: str, code: str, plan: MarkingPlan) -> str:
    """A modality as a row names it: profils in the plural; bands with a capital, which names such as iOS must not get."""
    if kind == "profil":
        return libelle_profil(plan, code)
    libelle = plan.libelle(kind, code)
    return majuscule(libelle) if kind == "tranche" else libelle
