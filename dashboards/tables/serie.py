"""The table of the weekly series, beside last year's.

It must not hold anything that isn't in the Tableau.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from dashboards.phrases.serie import name_lieux
from dashboards.tables.base import ORDINAIRES, Colonne, Ligne, Table, colonne_etat, mesure
from marking_plan import MarkingPlan
from marking_plan.accompagnements import libelle_nature
from marking_plan.semaines import monday
from metrics.tableau import Point, Tableau

DIMANCHE, SEMAINE = timedelta(days=6), timedelta(weeks=1)


def _colonnes_serie(plan: MarkingPlan, service: str) -> tuple[Colonne, ...]:
    return (
        Colonne("Semaine du", "jour"),
        mesure(plan, "visites", suite=service),
        mesure(plan, "utilisateurs", suite=service),
        mesure(plan, "duree_moyenne_s", "duree", service),
        mesure(plan, "duree_mediane_s", "duree", service),
        Colonne("Jours d’école", "nombre"),
        Colonne("Même semaine d’école l’an dernier", "jour"),
        Colonne(f"Visites l’an dernier{service}", "nombre"),
        Colonne("Évolution par jour d’école", "variation"),
        *(mesure(plan, nom) for nom in ("ouvertes", "mesurees", "actives")),
        colonne_etat(),
        Colonne("Remarques"),
    )


def serie(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a week of the school year, absent figures with their state; headings name the service that it is about."""
    service = tableau.vue.service and f" ({plan.libelle('service', tableau.vue.service)})"
    ruptures = _place_ruptures(tableau, plan) if tableau.serie else {}
    lignes = tuple(_ligne_serie(point, tableau, plan, ruptures.get(point.debut, ())) for point in tableau.serie)
    return Table("serie", f"Fréquentation semaine par semaine{service}", _colonnes_serie(plan, service), lignes)


def _place_ruptures(tableau: Tableau, plan: MarkingPlan) -> dict[date, list[str]]:
    """Breaks that begin in each week, or last through it, with the parts of the node that they bear on."""
    placed, last = defaultdict[date, list[str]](list), tableau.serie[-1].debut
    for rupture in tableau.ruptures:
        lieux = ", ".join(name_lieux(rupture, plan))
        lundi = monday(rupture.debut)
        while lundi <= min(rupture.fin or rupture.debut, last):
            placed[lundi].append(f"{rupture.titre} ({lieux})" if lieux else rupture.titre)
            lundi += SEMAINE
    return placed


def _ligne_serie(point: Point, tableau: Tableau, plan: MarkingPlan, ruptures: Sequence[str]) -> Ligne:
    before = point.precedent
    cellules = (
        point.debut, point.visites, point.utilisateurs, point.duree_moyenne_s, point.duree_mediane_s,
        point.jours_ecole, before.debut if before else None, before.visites if before else None,
        before.evolution if before else None, point.ouvertes, point.mesurees, point.actives,
        plan.libelle("etat", point.etat), ", ".join(_remarques(point, tableau, plan, ruptures)),
    )  # fmt: skip
    return Ligne(cellules, point.etat)


def _remarques(point: Point, tableau: Tableau, plan: MarkingPlan, ruptures: Sequence[str]) -> list[str]:
    before = point.precedent
    etat = "" if point.etat in ORDINAIRES else plan.libelle("etat", point.etat)
    mots = (
        (etat, bool(etat)),
        ("vacances", point.vacances),
        ("semaine incomplète", point.incomplete),
        ("chiffres provisoires", point.provisoire),
        ("sans équivalent l’an dernier", before is None and not point.vacances),
        ("l’an dernier n’est pas publié", before is not None and before.etat is None),
        ("l’an dernier incomplet", before is not None and before.etat is not None and before.incomplete),
        ("hors de la période choisie", not point.dans_vue),
    )
    absent = before.etat if before and before.etat not in (None, "valeur", "presume") else None
    return [
        *(mot for mot, vrai in mots if vrai),
        *([f"l’an dernier\u00a0: {plan.libelle('etat', absent)}"] if absent else []),
        *(f"rupture\u00a0: {titre}" for titre in ruptures),
        *(
            f"accompagnement\u00a0: {libelle_nature(action.nature)}"
            for action in tableau.actions
            if point.debut <= action.jour <= point.debut + DIMANCHE
        ),
    ]
