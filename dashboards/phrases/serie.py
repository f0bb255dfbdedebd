"""The sentence that sums the series up.

It must not compute: every number it names is already in the Tableau.
"""

from collections import Counter
from collections.abc import Sequence

from dashboards.formats import jour, semaine
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Point, Rupture, Tableau

LIEUX_NOMMES = 3

BRUTES = (
    "Barres et points sont les totaux de chaque semaine, quel qu’y soit le nombre de jours d’école\u202f; les évolutions, elles, "
    "sont par jour d’école."
)


def resume_serie(tableau: Tableau) -> str:
    """Peak week and number of weeks of the span, beside which the whole school year is drawn."""
    synthese = tableau.synthese
    if synthese.semaine_max is None:
        return _sans_visite([point for point in tableau.serie if point.dans_vue])
    sommet = f"{count_fr(synthese.visites_max, 'visite', 'visites')} pendant la {semaine(synthese.semaine_max)}"
    comparees = sum(p.precedent is not None and p.precedent.visites is not None for p in tableau.serie)
    suite = (
        f" En gris, derrière {count_fr(comparees, 'semaine', 'semaines')}, la même semaine d’école de l’an dernier."
        if comparees
        else " L’an dernier n’a pas de semaine publiée à comparer."
    )
    choisies = f"{count_fr(synthese.semaines, 'semaine', 'semaines')} d’école avec des chiffres dans la période choisie"
    return f"{choisies}. La plus fréquentée\u00a0: {sommet}.{suite}"


def situate_rupture(rupture: Rupture, plan: MarkingPlan) -> str:
    """When it was, and where."""
    jours = f"{jour(rupture.debut)}{f' – {jour(rupture.fin)}' if rupture.fin else ''}"
    return ", ".join([jours, *name_lieux(rupture, plan)])


def name_lieux(rupture: Rupture, plan: MarkingPlan) -> list[str]:
    """The parts of the node that it bears on, named while they are few, else counted; nothing when it bears on the whole."""
    if len(rupture.lieux) <= LIEUX_NOMMES:
        return [lieu.nom for lieu in rupture.lieux]
    comptes = Counter(lieu.niveau for lieu in rupture.lieux)
    return [count_fr(n, plan.libelle("niveau", c), plan.pluriel_niveau(c)) for c, n in comptes.items()]


def _sans_visite(semaines: Sequence[Point]) -> str:
    """A nil is a figure: it is told apart from weeks that have none, and from a nil that is only presumed."""
    nulles = sum(point.visites is not None for point in semaines)
    if not nulles:
        return "Aucune semaine n’a de chiffre publié."
    recue = " reçue" if any(point.etat == "presume" for point in semaines) else ""
    if nulles == len(semaines):
        return f"Aucune visite{recue} sur la période choisie."
    return (
        f"Aucune visite{recue} dans {count_fr(nulles, 'semaine', 'semaines')} de la période choisie\u202f; "
        f"{count_fr(len(semaines) - nulles, 'semaine n’a', 'semaines n’ont')} pas de chiffre publié."
    )
