"""The table of a node's children.

It must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.tables.base import PAR_SEMAINE, Colonne, Ligne, Table, Valeur, mesure
from marking_plan import MarkingPlan
from metrics.tableau import Enfant, Tableau

COLONNES_ECOLES = (
    Colonne("Effectif", "nombre", "effectif"),
    Colonne("Dernière semaine active", "jour", "derniere"),
    Colonne("Type"),
    Colonne("État", "etat"),
)


def enfants(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a child territory, in the order of `tableau.enfants`."""
    niveau = tableau.enfants[0].niveau if tableau.enfants else "uai"
    ecoles = niveau == "uai"
    pluriel = {n.code: n.libelle_pluriel for n in plan.niveaux}[niveau]
    lignes = tuple(_ligne_enfant(enfant, ecoles, plan) for enfant in tableau.enfants)
    nom = Colonne(formats.majuscule(plan.libelle("niveau", niveau)), tri="nom")
    mesures = (
        mesure(plan, "visites", tri="visites"),
        mesure(plan, "utilisateurs", suite=PAR_SEMAINE, tri="utilisateurs"),
        mesure(plan, "duree_moyenne_s", "duree", tri="duree"),
    )
    fin = COLONNES_ECOLES if ecoles else _colonnes_territoires(plan)
    return Table("enfants", formats.majuscule(pluriel), (Colonne("Code"), nom, *mesures, *fin), lignes)


def _colonnes_territoires(plan: MarkingPlan) -> tuple[Colonne, ...]:
    schools = tuple(mesure(plan, nom, tri=nom) for nom in ("actives", "ouvertes"))
    return (*schools, Colonne("État", "etat"))


def _ligne_enfant(enfant: Enfant, ecole: bool, plan: MarkingPlan) -> Ligne:
    fin: tuple[Valeur, ...] = (enfant.ecoles_actives, enfant.ecoles_ouvertes)
    if ecole:
        fin = (enfant.effectif, enfant.derniere_semaine_active, plan.libelle("type_ecole", enfant.type_ecole or ""))
    mesures = (enfant.visites, enfant.utilisateurs_moyens, enfant.duree_moyenne_s)
    cellules = (enfant.territoire, enfant.nom, *mesures, *fin, plan.libelle("etat", enfant.etat))
    return Ligne(cellules, enfant.etat)
