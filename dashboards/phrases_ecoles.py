"""Sentences on a school beside similar ones, on peaks and accesses, and on how its users are attached to it.

They must not compute: every number they name is already in the Tableau.
"""

from dashboards import formats
from dashboards.formats import accord, jour, nombre
from dashboards.tables import display, expected_weeks, genre_comparaison, titre_comparaison
from marking_plan import MarkingPlan
from marking_plan.pics import find_acces
from marking_plan.semaines import annee_scolaire
from metrics.tableau import Acces, Comparaison, Debit, Semblables, Tableau

RATTACHEMENTS = {
    "ecole_active": "L’ENT compte chaque visite dans l’école où la personne travaille à ce moment-là.",
    "premiere_structure": (
        "L’ENT compte une personne de plusieurs écoles dans la première seulement\u202f: ici, ses visites peuvent manquer "
        "ou venir d’une école voisine. Les parents se lisent au niveau du regroupement."
    ),
    "inconnu": (
        "Le prestataire n’a pas dit dans quelle école il compte une personne qui en a plusieurs\u202f: les parents de "
        "fratries peuvent n’être comptés que dans l’une d’elles."
    ),
}
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
RESERVE_PIC = (
    "On ne sait pas d’où les personnes se connectent\u202f: le pic est trop haut pour décrire l’usage dans l’école, "
    "et trop bas là où la ligne est mauvaise."
)


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
    autres = accord(semblables.candidates, "autre école semblable", "autres écoles semblables")
    return f"Comparée à {autres} ({qui}). Aucune n’est nommée, aucun rang n’est donné."


def describe_comparaison(comparaison: Comparaison, tableau: Tableau, plan: MarkingPlan) -> str:
    """Where the school stands for one indicator, and among how many."""
    titre, genre = titre_comparaison(comparaison, tableau, plan), genre_comparaison(comparaison)
    comparees = f"{accord(comparaison.ecoles, 'école comparée', 'écoles comparées')}{_laissees(comparaison)}"
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
        accord(comparaison.masquees, "masquée", "masquées") if comparaison.masquees else "",
        f"{nombre(comparaison.sans_chiffre)} sans chiffre" if comparaison.sans_chiffre else "",
    ]
    textes = [texte for texte in laissees if texte]
    return f"\u202f; laissées de côté\u00a0: {', '.join(textes)}" if textes else ""


def describe_pic(acces: Acces) -> str:
    """The largest published peak of the span."""
    if acces.pic is not None:
        visites = accord(acces.pic.pic_simultane, "visite en même temps", "visites en même temps")
        quand = formats.demi_journee(acces.pic.demi_journee)
        return f"Au plus {visites}, le {quand} de la {formats.semaine(acces.pic.debut)}."
    if any(pic.etat == "secret" for pic in acces.pics):
        return "Les pics de la période sont protégés (trop peu de personnes) ou nuls."
    if any(pic.pic_simultane == 0 for pic in acces.pics):
        return "Aucune visite en classe sur la période."
    return "Aucun pic n’est publié sur la période."


def describe_debit(debit: Debit | None, plan: MarkingPlan) -> str:
    """The suggested access, or why there is none."""
    if debit is None:
        return "Aucun accès n’est suggéré\u202f: l’école n’était pas ouverte cette année-là."
    if debit.debit_suggere_mbit_s is None:
        return f"Aucun accès n’est suggéré ({plan.libelle('etat', debit.etat)})."
    annee = annee_scolaire(debit.debut)
    debit_suggere = f"{nombre(debit.debit_suggere_mbit_s)}\u00a0Mbit/s"
    return f"Accès suggéré pour {annee}\u00a0: {debit_suggere}, pour {nombre(debit.personnes_retenues)} personnes ensemble."


def explain_debit(debit: Debit) -> str:
    """The formula, with the parameters in force that year."""
    reglage = find_acces(debit.debut)
    return (
        f"Calcul\u00a0: une classe de {reglage.eleves_par_classe.valeur} élèves par tranche commencée de "
        f"{reglage.eleves_pour_une_classe.valeur} élèves, une au moins\u202f; le plus grand pic publié la remplace s’il la "
        f"dépasse. Débit = personnes retenues × {nombre(reglage.kbit_s_par_personne.valeur)}\u00a0kbit/s, plus "
        f"{reglage.marge_pct.valeur}\u202f%, et {reglage.minimum_mbit_s.valeur}\u00a0Mbit/s au moins "
        f"(paramètres {reglage.version}). {RESERVE_PIC}"
    )


def describe_rattachement(rattachement: str) -> str:
    """In which school the ENT counts somebody who has several."""
    return RATTACHEMENTS.get(rattachement, RATTACHEMENTS["inconnu"])


def describe_reception(tableau: Tableau) -> str:
    """How many weeks of the span came whole."""
    points = expected_weeks(tableau)
    if not points:
        return "Aucun jour d’école n’était attendu sur la période."
    incompletes = [point for point in points if point.incomplete]
    semaines = accord(len(points), "semaine attendue", "semaines attendues")
    if not incompletes:
        return f"Tout ce qui était attendu est arrivé ({semaines})."
    manquent = accord(len(incompletes), "est incomplète", "sont incomplètes")
    lundis = ", du ".join(jour(point.debut) for point in incompletes[:3])
    suite = "…" if len(incompletes) > 3 else ""
    return f"Sur {semaines}, {manquent}\u00a0: {'semaines' if len(incompletes) > 1 else 'semaine'} du {lundis}{suite}."
