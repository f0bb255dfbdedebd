"""Sentences on peaks and on the suggested access.

They must not compute: every number they name is already in the Tableau.
"""

from dashboards import formats
from dashboards.formats import nombre
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from marking_plan.pics import find_acces
from marking_plan.semaines import annee_scolaire
from metrics.tableau import Acces, Debit

RESERVE_PIC = (
    "On ne sait pas d’où les personnes se connectent\u202f: le pic est trop haut pour décrire l’usage dans l’école, "
    "et trop bas là où la ligne est mauvaise."
)

UNE_LIGNE = (
    "Ce débit suppose une seule ligne pour toutes les écoles de la commune. Quand chaque bâtiment a la sienne, c’est le "
    "tableau école par école qui compte."
)


def describe_pic(acces: Acces) -> str:
    """The largest published peak of the span."""
    if acces.pic is not None:
        visites = count_fr(acces.pic.pic_simultane, "visite en même temps", "visites en même temps")
        quand = formats.demi_journee(acces.pic.demi_journee)
        return f"Au plus {visites}, le {quand} de la {formats.semaine(acces.pic.debut)}."
    if any(pic.etat == "secret" for pic in acces.pics):
        return "Les pics de la période sont protégés (secret statistique) ou nuls."
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
