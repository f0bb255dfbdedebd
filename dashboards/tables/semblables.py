"""The table of a school beside similar ones: its own figure and the quartiles of the others, one column an indicator.

It must not hold anything that isn't in the Tableau, nor another school's name or figure.
"""

from dashboards import formats
from dashboards.phrases.noms import libelle_profil
from dashboards.tables.base import Colonne, Genre, Ligne, Table, Valeur, or_manque
from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.tableau import ANNEE, SEMAINE, Comparaison, Tableau

TROP_PEU = "trop peu d’écoles semblables"


def semblables(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Rows are the school, the quartiles and the schools behind them."""
    comparaisons = tableau.semblables.comparaisons if tableau.semblables else ()
    colonnes = (
        Colonne("Repère"),
        *(Colonne(titre_comparaison(c, tableau, plan), genre_comparaison(c)) for c in comparaisons),
    )
    cellules: tuple[tuple[str, tuple[Valeur, ...]], ...] = (
        ("Cette école", tuple(or_manque(c.valeur, c.etat, plan) for c in comparaisons)),
        ("Un quart des autres sont sous", tuple(_quartile(c.premier_quartile) for c in comparaisons)),
        ("Médiane des autres", tuple(_quartile(c.mediane) for c in comparaisons)),
        ("Un quart des autres sont au-dessus de", tuple(_quartile(c.troisieme_quartile) for c in comparaisons)),
    )
    lignes = tuple(Ligne((nom, *valeurs)) for nom, valeurs in cellules if comparaisons)
    return Table("semblables", "L’école et les écoles semblables", colonnes, lignes)


def _quartile(valeur: float | None) -> Valeur:
    return TROP_PEU if valeur is None else valeur


def genre_comparaison(comparaison: Comparaison) -> Genre:
    """How its figures are spelt."""
    return "taux" if comparaison.base else "decimal"


def titre_comparaison(comparaison: Comparaison, tableau: Tableau, plan: MarkingPlan) -> str:
    """The indicator, its profil and its period."""
    profil = libelle_profil(plan, comparaison.profil)
    periode = tableau.vue.periode
    if comparaison.debut_taux is None:
        quand = "par semaine d’école" if periode == SEMAINE else "dans l’année" if periode == ANNEE else "dans le mois"
        return f"{plan.indicateur('visites').libelle} pour un élève {quand} ({profil.lower()})"
    debut = comparaison.debut_taux
    quand = annee_scolaire(debut) if periode == ANNEE else formats.mois(debut)
    return f"{plan.indicateur('taux_utilisation').libelle} ({profil.lower()}, {quand})"
