"""The table of a node's children: territories by their schools, schools one by one.

It must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.phrases.accompagnement import libelle_causes
from dashboards.phrases.noms import libelle_profil
from dashboards.tables.base import PAR_SEMAINE, Colonne, Ligne, Manque, Table, Valeur, mesure, or_manque
from marking_plan import MarkingPlan
from metrics.tableau import SEMAINE, Enfant, Tableau

A_ACCOMPAGNER = "À accompagner"


def enfants(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a child territory, in the order of `tableau.enfants`."""
    niveau = tableau.enfants[0].niveau if tableau.enfants else "uai"
    pluriel = formats.majuscule({n.code: n.libelle_pluriel for n in plan.niveaux}[niveau])
    nom = Colonne(formats.majuscule(plan.libelle("niveau", niveau)), tri="nom")
    if niveau == "uai":
        lignes = tuple(_ligne_ecole(enfant, plan) for enfant in tableau.enfants)
        table = Table("enfants", pluriel, (Colonne("UAI"), nom, *_colonnes_ecoles(tableau, plan)), lignes)
        return table if tableau.vue.profil == "tous" else _drop(table, ("eleves", "parents"))
    lignes = tuple(_ligne_territoire(enfant, plan) for enfant in tableau.enfants)
    return Table("enfants", pluriel, (Colonne("Code"), nom, *_colonnes_territoires(tableau, plan)), lignes)


def _drop(table: Table, tris: tuple[str, ...]) -> Table:
    """The table without columns of other profiles than the one that is asked for."""
    kept = [rang for rang, colonne in enumerate(table.colonnes) if colonne.tri not in tris]
    lignes = tuple(Ligne(tuple(ligne.cellules[rang] for rang in kept), ligne.etat) for ligne in table.lignes)
    return Table(table.code, table.titre, tuple(table.colonnes[rang] for rang in kept), lignes)


def _utilisateurs(tableau: Tableau, plan: MarkingPlan) -> Colonne:
    suite = PAR_SEMAINE if tableau.vue.periode == SEMAINE else ""
    return mesure(plan, "utilisateurs", suite=suite, tri="utilisateurs")


def _colonnes_ecoles(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    visites = plan.indicateur("visites").libelle
    return (
        Colonne(A_ACCOMPAGNER, tri="accompagner"),
        Colonne("Type"),
        Colonne("Élèves inscrits", "nombre", "effectif"),
        mesure(plan, "visites", tri="visites"),
        Colonne(f"{visites} d’élèves", "nombre", "eleves"),
        Colonne(f"{visites} de parents", "nombre", "parents"),
        _utilisateurs(tableau, plan),
        Colonne("Dernière semaine active", "jour", "derniere"),
        Colonne("État", "etat"),
    )


def _ligne_ecole(enfant: Enfant, plan: MarkingPlan) -> Ligne:
    cellules: tuple[Valeur, ...] = (
        enfant.territoire,
        enfant.nom,
        libelle_causes(enfant.causes, plan),
        plan.libelle("type_ecole", enfant.type_ecole or ""),
        enfant.effectif,
        _visites(enfant, plan),
        or_manque(enfant.visites_eleves, enfant.etat_eleves, plan),
        or_manque(enfant.visites_parents, enfant.etat_parents, plan),
        enfant.utilisateurs_moyens,
        enfant.derniere_semaine_active,
        _etat(enfant, plan),
    )
    return Ligne(cellules, enfant.etat)


def _colonnes_territoires(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        mesure(plan, "visites", tri="visites"),
        _utilisateurs(tableau, plan),
        mesure(plan, "duree_moyenne_s", "duree", tri="duree"),
        *(mesure(plan, nom, tri=nom) for nom in ("actives", "ouvertes")),
        Colonne(f"Écoles {A_ACCOMPAGNER.lower()}", "nombre", "accompagner"),
        Colonne("État", "etat"),
    )


def _ligne_territoire(enfant: Enfant, plan: MarkingPlan) -> Ligne:
    cellules: tuple[Valeur, ...] = (
        enfant.territoire,
        enfant.nom,
        _visites(enfant, plan),
        enfant.utilisateurs_moyens,
        enfant.duree_moyenne_s,
        enfant.ecoles_actives,
        enfant.ecoles_ouvertes,
        enfant.ecoles_a_accompagner,
        _etat(enfant, plan),
    )
    return Ligne(cellules, enfant.etat)


def _visites(enfant: Enfant, plan: MarkingPlan) -> Valeur:
    """Visits; of a profil that the child publishes within a group alone, which one: it is no secret."""
    if enfant.groupe and enfant.visites is None:
        return Manque(enfant.etat, _compte_dans(enfant, plan))
    return or_manque(enfant.visites, enfant.etat, plan)


def _compte_dans(enfant: Enfant, plan: MarkingPlan) -> str:
    return f"compté dans «\u00a0{libelle_profil(plan, enfant.groupe)}\u00a0»"


def _etat(enfant: Enfant, plan: MarkingPlan) -> str:
    """The state of the span, and how many of its weeks are missing from the visits."""
    if enfant.groupe and enfant.visites is None:
        return _compte_dans(enfant, plan)
    etat = plan.libelle("etat", enfant.etat)
    if not enfant.semaines_sans_chiffre or enfant.visites is None:
        return etat
    return f"{etat}, {formats.accord(enfant.semaines_sans_chiffre, 'semaine', 'semaines')} sans chiffre"
