"""The sentence that sums the series up.

It must not compute: every number it names is already in the Tableau.
"""

from collections.abc import Sequence

from dashboards.formats import semaine
from marking_plan.phrases import count_fr
from metrics.tableau import Point, Tableau

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
