"""The tables of schools to support: how many by cause, and each of them with its evidence.

They must not hold anything that isn't in the Tableau.
"""

from dashboards.formats import majuscule
from dashboards.phrases.accompagnement import describe_constat, describe_derniere
from dashboards.tables.base import Colonne, Ligne, Table
from marking_plan import MarkingPlan
from metrics.tableau import Tableau

# Levels whose people look after schools; a collectivité has its schools' figures, not their list.
SUIVIS = ("region", "academie", "departement", "circonscription")
TROP_TOT = "trop tôt pour le dire"  # too few judged weeks: not a nil
COLONNES = (
    Colonne("UAI", ou="ecran"),
    Colonne("École"),
    Colonne("Cause"),
    Colonne("Constat"),
)
DERNIERE = Colonne(
    "Dernier accompagnement",
    aide="Ce que le registre des accompagnements dit de plus récent, quelle que soit la période choisie.",
)
LIEUX = (Colonne("Commune"), Colonne("Circonscription"))


def causes(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Schools by cause; a school with two causes counts in both. No row where no school is listed."""
    colonnes = (Colonne("Cause"), Colonne("Écoles", "nombre"))
    counts = (
        tableau.accompagnement.par_cause if tableau.noeud.niveau in SUIVIS and tableau.accompagnement.ecoles else ()
    )
    lignes = tuple(
        Ligne((majuscule(plan.libelle("cause", code)), TROP_TOT if ecoles is None else ecoles))
        for code, ecoles in counts
    )
    return Table("causes", "Écoles à accompagner par cause (une école peut en avoir plusieurs)", colonnes, lignes)


def accompagnement(tableau: Tableau, plan: MarkingPlan, limite: int | None = None) -> Table:
    """One row a school and cause, in the order of the list, those of the first `limite` schools; a circonscription does not
    repeat its own name."""
    suivi = tableau.accompagnement.suivi
    lieux = LIEUX[:1] if tableau.vue.niveau == "circonscription" else LIEUX
    lignes = tuple(
        Ligne(
            (
                ecole.uai,
                ecole.nom,
                majuscule(plan.libelle("cause", constat.cause)),
                describe_constat(constat),
                *([describe_derniere(ecole.derniere)] if suivi else []),
                *(ecole.commune, ecole.circonscription)[: len(lieux)],
            )
        )
        for ecole in (tableau.accompagnement.ecoles[:limite] if tableau.noeud.niveau in (*SUIVIS, "uai") else ())
        for constat in ecole.constats
    )
    colonnes = (*COLONNES, *([DERNIERE] if suivi else []), *lieux)
    return Table("accompagnement", "Écoles à accompagner", colonnes, lignes)
