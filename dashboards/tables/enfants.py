"""The table of a node's children: territories by their schools, schools one by one.

It must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.phrases.accompagnement import libelle_causes
from dashboards.tables.base import PAR_SEMAINE, Colonne, Ligne, Table, Valeur, mesure, or_manque
from marking_plan import MarkingPlan
from metrics.tableau import SEMAINE, Enfant, Tableau

A_ACCOMPAGNER = "À accompagner"


def enfants(tableau: Tableau, plan: MarkingPlan, limite: int | None = None) -> Table:
    """One row a child territory, in the order of `tableau.enfants`: the first `limite` of them."""
    niveau = tableau.enfants[0].niveau if tableau.enfants else tableau.vue.detail or "uai"
    pluriel = titre_enfants(niveau, plan)
    nom = Colonne(formats.majuscule(plan.libelle("niveau", niveau)), tri="nom")
    if tableau.totaux_seuls:
        lignes = tuple(_ligne_totaux(enfant, plan) for enfant in tableau.enfants)
        code = Colonne("UAI" if niveau == "uai" else "Code")
        return Table("enfants", pluriel, (code, nom, *_colonnes_totaux(tableau, plan)), lignes)
    if niveau == "uai":
        lieu = (
            () if tableau.vue.niveau == "commune" else (Colonne("Commune"),)
        )  # a commune does not repeat its own name
        lignes = tuple(_ligne_ecole(enfant, plan, len(lieu)) for enfant in tableau.enfants[:limite])
        return Table("enfants", pluriel, (Colonne("UAI"), nom, *lieu, *_colonnes_ecoles(tableau, plan)), lignes)
    lignes = tuple(_ligne_territoire(enfant, plan) for enfant in tableau.enfants[:limite])
    return Table("enfants", pluriel, (Colonne("Code"), nom, *_colonnes_territoires(tableau, plan)), lignes)


def titre_enfants(niveau: str, plan: MarkingPlan) -> str:
    """Title of the table of children of a level."""
    return formats.majuscule(plan.pluriel_niveau(niveau))


def _colonnes_totaux(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    """For who reads totals alone."""
    return (mesure(plan, "visites", tri="visites"), _utilisateurs(tableau, plan), Colonne("État", "etat"))


def _ligne_totaux(enfant: Enfant, plan: MarkingPlan) -> Ligne:
    visites = or_manque(enfant.visites, enfant.etat, plan)
    cellules = (enfant.territoire, enfant.nom, visites, enfant.utilisateurs_moyens, _etat(enfant, plan))
    return Ligne(cellules, enfant.etat)


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


def _ligne_ecole(enfant: Enfant, plan: MarkingPlan, lieux: int) -> Ligne:
    cellules: tuple[Valeur, ...] = (
        enfant.territoire,
        enfant.nom,
        *(enfant.commune,)[:lieux],
        libelle_causes(enfant.causes, plan),
        plan.libelle("type_ecole", enfant.type_ecole or ""),
        enfant.effectif,
        or_manque(enfant.visites, enfant.etat, plan),
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
        or_manque(enfant.visites, enfant.etat, plan),
        enfant.utilisateurs_moyens,
        enfant.duree_moyenne_s,
        enfant.ecoles_actives,
        enfant.ecoles_ouvertes,
        enfant.ecoles_a_accompagner,
        _etat(enfant, plan),
    )
    return Ligne(cellules, enfant.etat)


def _etat(enfant: Enfant, plan: MarkingPlan) -> str:
    """The state of the span, and how many of its weeks are missing from the visits."""
    etat = plan.libelle("etat", enfant.etat)
    if not enfant.semaines_sans_chiffre or enfant.visites is None:
        return etat
    return f"{etat}, {formats.accord(enfant.semaines_sans_chiffre, 'semaine', 'semaines')} sans chiffre"
