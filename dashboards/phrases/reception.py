"""The sentence that says how many weeks came whole.

It must not compute: days are in the Tableau.
"""

from dashboards.formats import jour, majuscule
from dashboards.phrases.publication import silence_vue
from dashboards.tables import expected_weeks
from marking_plan.phrases import count_fr
from metrics.tableau import Tableau


def describe_reception(tableau: Tableau) -> str:
    """How many weeks of the span came whole, and since when nothing comes: those weeks are not among the published ones."""
    muet = silence_vue(tableau)
    return " ".join([_describe_weeks(tableau), *([f"{majuscule(muet)}."] if muet else [])])


def _describe_weeks(tableau: Tableau) -> str:
    points = expected_weeks(tableau)
    if not points:
        return "Aucun jour d’école n’était attendu sur la période."
    incompletes = [point for point in points if point.incomplete]
    semaines = count_fr(len(points), "semaine attendue", "semaines attendues")
    if not incompletes:
        return f"Les semaines publiées sont complètes ({semaines})."
    manquent = count_fr(len(incompletes), "est incomplète", "sont incomplètes")
    lundis = ", du ".join(jour(point.debut) for point in incompletes[:3])
    suite = "…" if len(incompletes) > 3 else ""
    return f"Sur {semaines}, {manquent}\u00a0: {'semaines' if len(incompletes) > 1 else 'semaine'} du {lundis}{suite}."
