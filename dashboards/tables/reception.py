"""The table of what was received: expected and received school days, week after week.

It must not hold anything that isn't in the Tableau.
"""

from dashboards.tables.base import Colonne, Ligne, Table
from marking_plan import MarkingPlan
from metrics.tableau import Point, Tableau


def reception(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a week of the span in which days were expected."""
    colonnes = (
        Colonne("Semaine du", "jour"),
        Colonne("Jours d’école attendus", "nombre"),
        Colonne("Jours reçus", "nombre"),
        Colonne("Part reçue", "taux"),
        Colonne("Remarque"),
    )
    lignes = tuple(
        Ligne((point.debut, point.jours_attendus, point.jours_recus, point.part_recue, _remarque(point)))
        for point in expected_weeks(tableau)
    )
    del plan
    return Table("reception", "Jours d’école reçus parmi les jours attendus", colonnes, lignes)


def expected_weeks(tableau: Tableau) -> tuple[Point, ...]:
    """Weeks of the span in which a school day was expected."""
    return tuple(point for point in tableau.serie if point.dans_vue and point.jours_attendus)


def _remarque(point: Point) -> str:
    """What a week's figures lack."""
    if not point.jours_recus:
        return "rien n’a été reçu"
    return "incomplète" if point.incomplete else "provisoire" if point.provisoire else ""
