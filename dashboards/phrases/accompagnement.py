"""Why a school is listed among those to support, in words, from what the publication found.

It must not judge a school nor compute: every number is the publication's.
"""

from collections.abc import Sequence
from datetime import date

from dashboards.formats import jour, jour_court, majuscule, nombre, semaine
from marking_plan import MarkingPlan
from marking_plan.accompagnements import libelle_nature
from marking_plan.phrases import count_fr
from metrics.tableau import Action, Constat, Tableau

SANS_SEMAINE = (
    "Aucune semaine ne permet encore ce constat\u202f: les premières de l’année scolaire sont laissées de côté, "
    "comme celles qui peuvent encore recevoir des données."
)


def libelle_causes(causes: Sequence[str], plan: MarkingPlan) -> str:
    """« Baisse, parents absents »; empty when the school isn't listed."""
    return majuscule(", ".join(plan.libelle("cause", cause) for cause in causes))


def describe_constat(constat: Constat) -> str:
    """The evidence of one cause, in one sentence."""
    match constat.cause:
        case "jamais_demarree":
            semaines = count_fr(constat.semaines, "semaine d’école reçue", "semaines d’école reçues")
            return f"Aucune visite depuis l’ouverture, le {jour(constat.depuis)} ({semaines} en entier)."
        case "arret":
            semaines = count_fr(constat.semaines, "semaine d’école", "semaines d’école")
            return (
                f"Plus de visite depuis {semaines}\u202f; la dernière semaine active, celle du {jour(constat.depuis)}, "
                f"en avait reçu {nombre(constat.reference)}."
            )
        case "baisse":
            return (
                f"{_par_jour(constat.valeur)} par jour d’école, contre {nombre(constat.reference)} d’ordinaire "
                f"(médiane de {constat.semaines}\u00a0semaines)\u202f: {nombre(constat.visites_perdues)} de moins "
                "dans la semaine."
            )
        case "parents_absents":
            autres = count_fr(constat.reference, "visite d’autres personnes", "visites d’autres personnes")
            depuis = f" (la dernière, semaine du {jour(constat.depuis)})" if constat.depuis else ""
            semaines = count_fr(constat.semaines, "semaine d’école", "semaines d’école")
            return f"Aucune visite de parents depuis {semaines}{depuis}, mais {autres}."
        case _:
            recus = count_fr(constat.valeur, "jour reçu", "jours reçus")
            return f"{recus} sur {nombre(constat.reference)} attendus dans la semaine."


def _par_jour(visites: float) -> str:
    return count_fr(visites, "visite", "visites") if visites >= 1 or visites == 0 else "Moins d’une visite"


def name_action(action: Action) -> str:
    """« Visite de l’école »."""
    return majuscule(libelle_nature(action.nature))


def describe_derniere(action: Action | None) -> str:
    """The last thing done for a school, and when."""
    return f"{name_action(action)}, {jour_court(action.jour)}" if action else "Rien d’enregistré"


def resume_accompagnement(tableau: Tableau) -> str:
    """How many schools, at the end of which week, and why not of a later one."""
    accompagnement = tableau.accompagnement
    if accompagnement.semaine is None:
        return SANS_SEMAINE
    quand, apres = f"À la fin de la {semaine(accompagnement.semaine)}", _pas_encore(tableau, accompagnement.semaine)
    if not accompagnement.ecoles:
        return f"{quand}, aucune école ne répond aux critères.{apres}"
    comptees = count_fr(len(accompagnement.ecoles), "école est à accompagner", "écoles sont à accompagner")
    return f"{quand}, {comptees}.{apres}"


def _pas_encore(tableau: Tableau, jugee: date) -> str:
    """Later weeks of the span that aren't judged yet."""
    suivantes = sum(point.dans_vue and point.provisoire and point.debut > jugee for point in tableau.serie)
    if not suivantes:
        return ""
    mots = count_fr(suivantes, "semaine suivante peut", "semaines suivantes peuvent")
    pronom = "elle n’est pas encore jugée" if suivantes == 1 else "elles ne sont pas encore jugées"
    return f" {mots} encore recevoir des données\u202f: {pronom}."


def causes_en_tete(tableau: Tableau, plan: MarkingPlan) -> list[str]:
    """What the headline of a listed school begins with: each cause and its evidence. Nothing of a territory."""
    accompagnement = tableau.accompagnement
    if tableau.ecole is None or accompagnement.semaine is None or not accompagnement.ecoles:
        return []
    quand = f"à la fin de la {semaine(accompagnement.semaine)}"
    return [
        f"À accompagner {quand} ({plan.libelle('cause', constat.cause)})\u00a0: {_minuscule(describe_constat(constat))}"
        for constat in accompagnement.ecoles[0].constats
    ]


def _minuscule(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]


def describe_ecole(tableau: Tableau, plan: MarkingPlan) -> str:
    """Whether and why the school of a board is listed."""
    accompagnement = tableau.accompagnement
    if accompagnement.semaine is None:
        return SANS_SEMAINE
    quand = f"à la fin de la {semaine(accompagnement.semaine)}"
    if not accompagnement.ecoles:
        return f"L’école n’est pas dans la liste des écoles à accompagner {quand}."
    constats = accompagnement.ecoles[0].constats
    causes = libelle_causes([constat.cause for constat in constats], plan)
    preuves = " ".join(describe_constat(constat) for constat in constats)
    return f"L’école est dans la liste des écoles à accompagner {quand}\u00a0: {_minuscule(causes)}. {preuves}"
