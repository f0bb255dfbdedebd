"""The table of rates: users over those who could come, with what is counted and when.

It must not hold anything that isn't in the Tableau.
"""

from dashboards.phrases.noms import libelle_profil
from dashboards.tables.base import (
    Colonne,
    Ligne,
    Table,
    colonne_etat,
    colonne_remarques,
    mesure,
    or_manque,
    reserve_etat,
)
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Tableau, Taux

BASES = {
    "comptes_ouverts": "comptes ouverts",
    "comptes_actives": "comptes activés",
    "eleves_onde": "élèves du recensement",
}
A_EXPLIQUER = ("sans_objet", "sans_effectif", "au_regroupement")


def taux(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a profil; parents over pupils are never a percentage."""
    colonnes = (
        Colonne("Profil"),
        mesure(plan, "taux_utilisation", "taux"),
        *([Colonne("Pour 100 élèves", "nombre")] if _has_pour_100(tableau) else []),
        mesure(plan, "utilisateurs"),
        Colonne("Effectif", "nombre"),
        Colonne("Compté en"),
        Colonne("Compté le", "jour"),
        colonne_etat(),
        colonne_remarques("Remarques", (_remarques(t, plan) for t in tableau.taux)),
    )
    lignes = tuple(_ligne(t, _has_pour_100(tableau), plan) for t in tableau.taux)
    return Table("taux", plan.indicateur("taux_utilisation").libelle, colonnes, lignes)


def _has_pour_100(tableau: Tableau) -> bool:
    return any(t.pour_100_eleves for t in tableau.taux)


def _ligne(t: Taux, pour_100: bool, plan: MarkingPlan) -> Ligne:
    part = None if t.pour_100_eleves else or_manque(t.taux, t.etat, plan)
    par_cent = or_manque(t.taux and t.taux * 100, t.etat, plan) if t.pour_100_eleves else None
    cellules = (
        libelle_profil(plan, t.profil), part, *([par_cent] if pour_100 else []),
        t.utilisateurs, t.effectif, BASES.get(t.base, t.base), t.constate_le, plan.libelle("etat", t.etat),
        _remarques(t, plan),
    )  # fmt: skip
    return Ligne(cellules, t.etat)


def _remarques(t: Taux, plan: MarkingPlan) -> str:
    lues = (pourquoi(t, plan), reserve_etat(t.taux, t.etat, plan), *alertes(t), *remarques(t))
    return ", ".join(texte for texte in lues if texte)


def alertes(t: Taux) -> list[str]:
    """What makes a rate doubtful wherever it is read."""
    mots = (
        (t.depasse_effectif, "plus de 100\u202f%\u00a0: effectif ancien, incomplet ou d’un autre public"),
        (t.ecoles_sans_effectif, f"taux trop haut\u00a0: {count_fr(t.ecoles_sans_effectif, 'école', 'écoles')} sans effectif"),
    )  # fmt: skip
    return [texte for vrai, texte in mots if vrai and t.taux is not None]


def preelementaire(t: Taux) -> str:
    """Whom a rate with pupils leaves out of its effectif alone: their users can't be told apart from the others."""
    ecoles = count_fr(t.ecoles_preelementaire, "école", "écoles")
    return (
        f"{ecoles} avec du préélémentaire, ou de type inconnu\u00a0: ces élèves sont hors de l’effectif quand on les y distingue, "
        "et comptent parmi les utilisateurs s’ils viennent"
    )


def pourquoi(t: Taux, plan: MarkingPlan) -> str:
    """Why there is no rate, where the state in its place doesn't say it by itself."""
    found = {etat.code: etat.definition for etat in plan.etats}
    return found[t.etat].removesuffix(".") if t.taux is None and t.etat in A_EXPLIQUER else ""


def remarques(t: Taux) -> list[str]:
    """What a rate leaves out or takes in."""
    mots = (
        (t.ecoles_non_recues, f"sans {count_fr(t.ecoles_non_recues, 'école non reçue', 'écoles non reçues')}"),
        (t.ecoles_preelementaire, preelementaire(t)),
    )  # fmt: skip
    return [texte for vrai, texte in mots if vrai and t.taux is not None]
