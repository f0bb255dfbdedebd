"""What the drawings of a table of children show, and at which scale.

It must not compute: weeks and states are the Tableau's.
"""

from dashboards.formats import jour
from dashboards.spark import SIGNES
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Tableau


def describe_tendance(tableau: Tableau, plan: MarkingPlan) -> str:
    """Which weeks, the scale of the bars, the signs of what has no bar."""
    semaines = tableau.semaines_tendance
    if not semaines:
        return "Aucune semaine d’école n’est publiée\u202f: il n’y a rien à dessiner."
    etendue = (
        f"{count_fr(len(semaines), 'semaine', 'semaines')} d’école, de celle du {jour(semaines[0])} à celle du {jour(semaines[-1])}"
        if len(semaines) > 1
        else f"la semaine du {jour(semaines[0])}"
    )
    presents = {etat for enfant in tableau.enfants for etat in enfant.etats_semaines}
    signes = [f"{SIGNES[etat.code]} {etat.libelle}" for etat in plan.etats if etat.code in presents & SIGNES.keys()]
    suite = f" Sans barre\u00a0: {', '.join(signes)}." if signes else ""
    return (
        f"Dessins\u00a0: une barre de visites par semaine, {etendue}. La plus haute barre d’une ligne est le maximum de cette "
        f"ligne\u202f: les hauteurs ne se comparent pas d’une ligne à l’autre (les nombres sont dans le fichier CSV).{suite}"
    )
