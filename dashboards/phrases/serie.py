"""The sentence that sums the series up.

It must not compute: every number it names is already in the Tableau.
"""

from dashboards.formats import accord, semaine
from metrics.tableau import Tableau


def resume_serie(tableau: Tableau) -> str:
    """Peak week and number of weeks of the span, beside which the whole school year is drawn."""
    synthese = tableau.synthese
    if synthese.semaine_max is None:
        connues = any(point.visites is not None for point in tableau.serie if point.dans_vue)
        return "Aucune visite sur la période choisie." if connues else "Aucune semaine n’a de chiffre publié."
    sommet = f"{accord(synthese.visites_max, 'visite', 'visites')} pendant la {semaine(synthese.semaine_max)}"
    comparees = sum(p.precedent is not None and p.precedent.visites is not None for p in tableau.serie)
    suite = (
        f" En gris, derrière {accord(comparees, 'semaine', 'semaines')}, la même semaine d’école de l’an dernier."
        if comparees
        else " L’an dernier n’a pas de semaine publiée à comparer."
    )
    choisies = f"{accord(synthese.semaines, 'semaine', 'semaines')} d’école avec des chiffres dans la période choisie"
    return f"{choisies}. La plus fréquentée\u00a0: {sommet}.{suite}"
