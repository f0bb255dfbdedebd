"""Sentences on a school beside similar ones.

They must not compute, nor name another school.
"""

from dashboards.formats import nombre
from dashboards.tables import display, genre_comparaison, titre_comparaison
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Comparaison, Semblables, Tableau

POSITIONS = {
    "sous": "parmi le quart des plus petites valeurs",
    "centrale_basse": "dans la moitié centrale, sous la médiane",
    "mediane": "à la médiane",
    "centrale_haute": "dans la moitié centrale, au-dessus de la médiane",
    "au_dessus": "parmi le quart des plus grandes valeurs",
}


MOTIFS = {
    "sans_type": "La nature de l’école n’est pas connue\u202f: elle n’est comparée à aucune autre.",
    "sans_eleves": "L’effectif d’élèves n’a pas été transmis\u202f: l’école n’est comparée à aucune autre.",
}


def describe_semblables(semblables: Semblables, plan: MarkingPlan) -> str:
    """Which schools this one is set beside."""
    if semblables.motif in MOTIFS:
        return MOTIFS[semblables.motif]
    nature = plan.libelle("type_ecole", semblables.type_ecole or "")
    qui = f"école {nature}, {semblables.tranche}, {semblables.territoire}"
    if semblables.motif:
        return (
            f"Trop peu d’écoles semblables ({qui})\u202f: {nombre(semblables.candidates)}, et il en faut "
            f"{nombre(semblables.ecoles_minimum)} pour qu’aucune ne se devine."
        )
    autres = count_fr(semblables.candidates, "autre école semblable", "autres écoles semblables")
    return f"Comparée à {autres} ({qui}). Aucune n’est nommée, aucun rang n’est donné."


def describe_comparaison(comparaison: Comparaison, tableau: Tableau, plan: MarkingPlan) -> str:
    """Where the school stands for one indicator, and among how many."""
    titre, genre = titre_comparaison(comparaison, tableau, plan), genre_comparaison(comparaison)
    comparees = f"{count_fr(comparaison.ecoles, 'école comparée', 'écoles comparées')}{_laissees(comparaison)}"
    if comparaison.mediane is None:
        return f"{titre}\u00a0: trop peu d’écoles semblables ont un chiffre ({comparees})."
    mediane = f"médiane {display(comparaison.mediane, genre)}"
    if comparaison.position is None:
        etat = plan.libelle("etat", comparaison.etat)
        return f"{titre}\u00a0: pas de chiffre pour cette école ({etat})\u202f; {mediane} ({comparees})."
    valeur = display(comparaison.valeur, genre)
    return f"{titre}\u00a0: {valeur}, {POSITIONS[comparaison.position]} ({mediane}\u202f; {comparees})."


def _laissees(comparaison: Comparaison) -> str:
    laissees = [
        count_fr(comparaison.masquees, "masquée", "masquées") if comparaison.masquees else "",
        f"{nombre(comparaison.sans_chiffre)} sans chiffre" if comparaison.sans_chiffre else "",
    ]
    textes = [texte for texte in laissees if texte]
    return f"\u202f; laissées de côté\u00a0: {', '.join(textes)}" if textes else ""
