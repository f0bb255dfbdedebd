"""Sentences beside the map: what it shows, how to read it, what it leaves out.

They must not compute: every number they name is already in the Tableau.
"""

from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Carte


def resume_carte(carte: Carte, plan: MarkingPlan) -> str:
    """How many places, and the one with most visits."""
    lieux = f"Sur la carte\u00a0: {_lieux(carte, plan)}"
    connus = [lieu for lieu in carte.lieux if lieu.visites]
    if not connus:
        return f"{lieux}, sans visite publiée."
    premier = max(connus, key=lambda lieu: lieu.visites or 0)
    parmi = " parmi les chiffres publiés" if any(lieu.etat == "secret" for lieu in carte.lieux) else ""
    return (
        f"{lieux}. Le plus de visites{parmi}\u00a0: {premier.nom} ({count_fr(premier.visites, 'visite', 'visites')})."
    )


def _lieux(carte: Carte, plan: MarkingPlan) -> str:
    return count_fr(len(carte.lieux), plan.libelle("niveau", carte.niveau), plan.pluriel_niveau(carte.niveau))


def trop_de_lieux(carte: Carte, plan: MarkingPlan) -> str:
    """Why there is no map."""
    return f"{_lieux(carte, plan)}\u00a0: trop de points pour une carte lisible. Choisissez un détail moins fin, ou un territoire plus petit."


def note_carte(carte: Carte) -> str:
    """How to read the map, what it leaves out, where its contours come from."""
    phrases = ["La couleur suit le nombre de visites sur la période\u202f: qui a plus d’élèves en a d’ordinaire plus."]
    if len(carte.classes) > 1:
        phrases.append("Les classes comptent à peu près autant de territoires chacune.")
    if any(not lieu.contour for lieu in carte.lieux):
        phrases.append("Un point est à l’adresse de l’école, ou au milieu des écoles du territoire.")
    if carte.sans_position:
        absents = count_fr(carte.sans_position, "territoire n’a pas", "territoires n’ont pas")
        phrases.append(f"{absents} de coordonnées connues\u202f: le tableau les montre, la carte non.")
    return " ".join([*phrases, *([f"Contours\u00a0: {carte.source}."] if carte.source else [])])
