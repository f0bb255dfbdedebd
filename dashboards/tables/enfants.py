"""The table of a node's children: territories by their schools, schools one by one.

It must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.phrases.accompagnement import libelle_causes
from dashboards.phrases.noms import libelle_profil
from dashboards.tables.accompagnement import SUIVIS
from dashboards.tables.base import PAR_SEMAINE, Colonne, Ligne, Manque, Table, Valeur, mesure, or_manque, reserve_etat
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.noms import fold
from metrics.tableau import SEMAINE, Enfant, Tableau

A_ACCOMPAGNER = "À accompagner"
EVOLUTION = Colonne(
    "Évolution par jour d’école, sur un an",
    "variation",
    "evolution",
    "Visites par jour d’école, face aux mêmes semaines d’école de l’an dernier\u202f: celles de la période qui sont complètes "
    "les deux années. Pas de pourcentage en dessous de 20\u00a0visites l’an dernier.",
)


def enfants(tableau: Tableau, plan: MarkingPlan, limite: int | None = None) -> Table:
    """One row a child territory, in the order of `tableau.enfants`, the first `limite` of them; of its last school weeks the page
    makes a drawing."""
    niveau = tableau.enfants[0].niveau if tableau.enfants else tableau.vue.detail or "uai"
    pluriel = titre_enfants(niveau, plan)
    nom = Colonne(formats.majuscule(plan.libelle("niveau", niveau)), tri="nom")
    columns, row = _TOTAUX if tableau.totaux_seuls else _ECOLES if niveau == "uai" else _TERRITOIRES
    reserves = any(_reserve(enfant, plan) for enfant in tableau.enfants)
    colonnes = (
        Colonne("UAI" if niveau == "uai" else "Code"),
        nom,
        *columns(tableau, plan),
        *([Colonne("Réserve", "reserve")] if reserves else []),
        *(Colonne(f"Visites, {formats.semaine(debut)}", "nombre", ou="fichier") for debut in tableau.semaines_tendance),
    )
    lignes = tuple(
        Ligne(
            (
                enfant.territoire,
                enfant.nom,
                *row(enfant, tableau, plan),
                *([_reserve(enfant, plan)] if reserves else []),
                *_tendance(enfant, plan),
            ),
            enfant.etat,
        )
        for enfant in tableau.enfants[:limite]
    )
    table = Table("enfants", pluriel, colonnes, lignes)
    return table if tableau.vue.profil == "tous" else _drop(table, ("eleves", "parents"))


def titre_enfants(niveau: str, plan: MarkingPlan) -> str:
    """Title of the table of children of a level."""
    return formats.majuscule(plan.pluriel_niveau(niveau))


def _colonnes_totaux(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    """For who reads totals alone."""
    return (mesure(plan, "visites", tri="visites"), _utilisateurs(tableau, plan))


def _ligne_totaux(enfant: Enfant, tableau: Tableau, plan: MarkingPlan) -> tuple[Valeur, ...]:
    del tableau
    return (or_manque(enfant.visites, enfant.etat, plan), enfant.utilisateurs_moyens)


def _drop(table: Table, tris: tuple[str, ...]) -> Table:
    """The table without columns of other profiles than the one that is asked for."""
    kept = [rang for rang, colonne in enumerate(table.colonnes) if colonne.tri not in tris]
    lignes = tuple(Ligne(tuple(ligne.cellules[rang] for rang in kept), ligne.etat) for ligne in table.lignes)
    return Table(table.code, table.titre, tuple(table.colonnes[rang] for rang in kept), lignes)


def _utilisateurs(tableau: Tableau, plan: MarkingPlan) -> Colonne:
    suite = PAR_SEMAINE if tableau.vue.periode == SEMAINE else ""
    return mesure(plan, "utilisateurs", suite=suite, tri="utilisateurs", ou="ecran")


def _suit(tableau: Tableau) -> bool:
    """Whether who reads the board looks after its schools: a commune or a regroupement has their figures, not their list."""
    return tableau.noeud.niveau in SUIVIS


def _names_tell_type(tableau: Tableau, plan: MarkingPlan) -> bool:
    """« École maternelle Ferry » says its type already: the column is left to files."""
    types = ((enfant, plan.libelle("type_ecole", enfant.type_ecole or "")) for enfant in tableau.enfants)
    return all(fold(libelle) in fold(enfant.nom) for enfant, libelle in types)


def _has_taux(tableau: Tableau) -> bool:
    return any(enfant.etat_taux for enfant in tableau.enfants)


def _taux(tableau: Tableau, plan: MarkingPlan) -> Colonne:
    """Of which week it is, where the span has several; a month's or a year's is the board's own."""
    reference = tableau.synthese.reference
    suite = (
        f", semaine du {formats.jour_sans_annee(reference.debut)}"
        if tableau.vue.periode == SEMAINE and reference
        else ""
    )
    return mesure(plan, "taux_utilisation", "taux", suite, tri="taux")


def _taux_ecole(enfant: Enfant, plan: MarkingPlan) -> Valeur:
    """A dash where no rate is published of the school at all."""
    return or_manque(enfant.taux, enfant.etat_taux, plan) if enfant.etat_taux else None


def _lieu(tableau: Tableau, valeur: Valeur) -> tuple[Valeur, ...]:
    """A commune does not repeat its own name."""
    return () if tableau.vue.niveau == "commune" else (valeur,)


def _colonnes_ecoles(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    visites = plan.indicateur("visites").libelle
    return (
        *(Colonne(str(titre)) for titre in _lieu(tableau, "Commune")),
        *([Colonne(A_ACCOMPAGNER, tri="accompagner")] if _suit(tableau) else []),
        mesure(plan, "visites", tri="visites"),
        EVOLUTION,
        Colonne(f"{visites} d’élèves", "nombre", "eleves"),
        Colonne(f"{visites} de parents", "nombre", "parents"),
        _utilisateurs(tableau, plan),
        *([_taux(tableau, plan)] if _has_taux(tableau) else []),
        Colonne("Dernière semaine active", "jour", "derniere", ou="ecran"),
        Colonne("Élèves inscrits", "nombre", "effectif"),
        Colonne("Type", ou="fichier" if _names_tell_type(tableau, plan) else "ecran"),
    )


def _ligne_ecole(enfant: Enfant, tableau: Tableau, plan: MarkingPlan) -> tuple[Valeur, ...]:
    return (
        *_lieu(tableau, enfant.commune),
        *([libelle_causes(enfant.causes, plan)] if _suit(tableau) else []),
        _visites(enfant, plan),
        enfant.evolution,
        or_manque(enfant.visites_eleves, enfant.etat_eleves, plan),
        or_manque(enfant.visites_parents, enfant.etat_parents, plan),
        enfant.utilisateurs_moyens,
        *([_taux_ecole(enfant, plan)] if _has_taux(tableau) else []),
        enfant.derniere_semaine_active,
        enfant.effectif,
        plan.libelle("type_ecole", enfant.type_ecole or ""),
    )


def _colonnes_territoires(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        mesure(plan, "visites", tri="visites"),
        EVOLUTION,
        _utilisateurs(tableau, plan),
        mesure(plan, "duree_moyenne_s", "duree", tri="duree"),
        *(mesure(plan, nom, tri=nom) for nom in ("actives", "ouvertes")),
        Colonne(f"Écoles {A_ACCOMPAGNER.lower()}", "nombre", "accompagner"),
    )


def _ligne_territoire(enfant: Enfant, tableau: Tableau, plan: MarkingPlan) -> tuple[Valeur, ...]:
    return (
        _visites(enfant, plan),
        enfant.evolution,
        enfant.utilisateurs_moyens,
        enfant.duree_moyenne_s,
        enfant.ecoles_actives,
        enfant.ecoles_ouvertes,
        enfant.ecoles_a_accompagner,
    )


_TOTAUX = (_colonnes_totaux, _ligne_totaux)
_ECOLES = (_colonnes_ecoles, _ligne_ecole)
_TERRITOIRES = (_colonnes_territoires, _ligne_territoire)


def _tendance(enfant: Enfant, plan: MarkingPlan) -> tuple[Valeur, ...]:
    """Visits of the last school weeks."""
    weeks = zip(enfant.visites_semaines, enfant.etats_semaines, strict=True)
    return tuple(or_manque(visites, etat, plan) for visites, etat in weeks)


def _reserve(enfant: Enfant, plan: MarkingPlan) -> str:
    """What the visits shown must be read with: a state that isn't a plain value, weeks that are missing from them."""
    if enfant.visites is None:
        return ""  # the state stands in its place
    etat = reserve_etat(enfant.visites, enfant.etat, plan)
    sans = enfant.semaines_sans_chiffre
    manques = f"{count_fr(sans, 'semaine', 'semaines')} sans chiffre" if sans else ""
    return ", ".join(texte for texte in (etat, manques) if texte)


def _visites(enfant: Enfant, plan: MarkingPlan) -> Valeur:
    """Visits; of a profil that the child publishes within a group alone, which one: it is no secret."""
    if enfant.groupe and enfant.visites is None:
        return Manque(enfant.etat, _compte_dans(enfant, plan))
    return or_manque(enfant.visites, enfant.etat, plan)


def _compte_dans(enfant: Enfant, plan: MarkingPlan) -> str:
    return f"compté dans «\u00a0{libelle_profil(plan, enfant.groupe)}\u00a0»"
