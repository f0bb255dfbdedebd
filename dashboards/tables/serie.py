"""The table of the weekly series.

It must not hold anything that isn't in the Tableau.
"""

from dashboards.tables.base import Colonne, Ligne, Table, mesure
from marking_plan import MarkingPlan
from metrics.tableau import Point, Tableau


def _colonnes_serie(plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        Colonne("Semaine du", "jour"),
        mesure(plan, "visites"),
        mesure(plan, "utilisateurs"),
        mesure(plan, "duree_moyenne_s", "duree"),
        mesure(plan, "duree_mediane_s", "duree"),
        Colonne("Jours d’école", "nombre"),
        *(mesure(plan, nom) for nom in ("ouvertes", "mesurees", "actives")),
        Colonne("État", "etat"),
        Colonne("Remarques"),
    )


def serie(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a week, absent figures with their state."""
    lignes = tuple(_ligne_serie(point, plan) for point in tableau.serie)
    return Table("serie", "Fréquentation semaine par semaine", _colonnes_serie(plan), lignes)


def _ligne_serie(point: Point, plan: MarkingPlan) -> Ligne:
    remarques = [
        mot
        for mot, vrai in (
            ("vacances", point.vacances),
            ("semaine incomplète", point.incomplete),
            ("chiffres provisoires", point.provisoire),
        )
        if vrai
    ]
    cellules = (
        point.debut, point.visites, point.utilisateurs, point.duree_moyenne_s, point.duree_mediane_s,
        point.jours_ecole, point.ouvertes, point.mesurees, point.actives,
        plan.libelle("etat", point.etat), ", ".join(remarques),
    )  # fmt: skip
    return Ligne(cellules, point.etat)
