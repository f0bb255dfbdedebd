"""Sentences that say a board in words: its headline, and the summary of each chart.

They must not compute: every number they name is already in the Tableau, the largest row of a table at most is chosen.
"""

from dashboards.formats import JOURS, accord, etendue, heure, majuscule, pourcentage, semaine
from marking_plan import MarkingPlan
from metrics.tableau import Creneau, Part, PartService, Synthese, Tableau

RESERVE_DUREE = (
    "La durée va de la première à la dernière action\u202f; le temps passé sur la dernière page ne peut pas être connu. "
    "Une visite d’une seule action compte donc 0\u00a0s."
)


def libelle_profil(plan: MarkingPlan, code: str) -> str:
    """A profil or group named in the plural: « Enseignants »."""
    pluriels = {profil.code: profil.libelle_pluriel for profil in plan.profils}
    return pluriels.get(code) or plan.libelle("profil", code)


def libelle_modalite(kind: str, code: str, plan: MarkingPlan) -> str:
    """A modality as a row names it: profils in the plural; bands with a capital, which names such as iOS must not get."""
    if kind == "profil":
        return libelle_profil(plan, code)
    libelle = plan.libelle(kind, code)
    return majuscule(libelle) if kind == "tranche" else libelle


def constat(tableau: Tableau, plan: MarkingPlan) -> str:
    """The headline: what happened here over the span."""
    synthese = tableau.synthese
    if synthese.visites is None:
        return f"{majuscule(_quand(tableau))}, aucun chiffre n’est publié ici."
    visites = accord(synthese.visites, "visite", "visites")
    return f"{majuscule(_quand(tableau))}, {_sujet(tableau)} {visites}{_qui(tableau, plan)}.{_en_tete(synthese, plan)}"


def _quand(tableau: Tableau) -> str:
    vue = tableau.vue
    return f"pendant la {semaine(vue.du)}" if vue.du == vue.au else etendue(vue.du, vue.au)


def _sujet(tableau: Tableau) -> str:
    if tableau.ecole is not None:
        return "l’école a reçu"
    ouvertes = accord(tableau.synthese.ouvertes, "école ouverte", "écoles ouvertes")
    return f"{ouvertes} {'ont' if tableau.synthese.ouvertes >= 2 else 'a'} reçu"  # open at the end of the span


def _qui(tableau: Tableau, plan: MarkingPlan) -> str:
    profil = tableau.vue.profil
    return "" if profil == "tous" else f" du profil «\u00a0{libelle_profil(plan, profil)}\u00a0»"


def _en_tete(synthese: Synthese, plan: MarkingPlan) -> str:
    tetes = []
    if synthese.profil_premier:
        qui, part = libelle_profil(plan, synthese.profil_premier), pourcentage(synthese.part_profil_premier)
        tetes.append(f"le profil «\u00a0{qui}\u00a0» ({part} des visites)")
    if synthese.service_premier:
        quoi, part = (
            plan.libelle("service", synthese.service_premier),
            pourcentage(synthese.part_service_premier),
        )
        tetes.append(f"le service «\u00a0{quoi}\u00a0» ({part} des visites)")
    return f" En tête, {' et '.join(tetes)}." if tetes else ""


def resume_serie(tableau: Tableau) -> str:
    """Peak week and number of weeks."""
    synthese = tableau.synthese
    if synthese.semaine_max is None:
        return "Aucune semaine n’a de chiffre publié."
    sommet = f"{accord(synthese.visites_max, 'visite', 'visites')} pendant la {semaine(synthese.semaine_max)}"
    return f"{accord(synthese.semaines, 'semaine', 'semaines')} d’école avec des chiffres. La plus fréquentée\u00a0: {sommet}."


def resume_parts(kind: str, parts: tuple[Part, ...], plan: MarkingPlan) -> str:
    """Which modality comes first."""
    if not parts:
        return "Aucun chiffre n’est publié pour cette sélection."
    premiere = max(parts, key=lambda part: part.visites)
    libelle = libelle_modalite(kind, premiere.code, plan)
    return f"En tête\u00a0: «\u00a0{libelle}\u00a0», {pourcentage(premiere.part)} des visites."


def resume_services(services: tuple[PartService, ...], plan: MarkingPlan) -> str:
    """The three services most seen, and why shares don't add up."""
    vus = sorted((s for s in services if s.visites), key=lambda s: -s.visites)[:3]
    if not vus:
        return "Aucune visite de service n’est publiée pour cette sélection."
    noms = ", ".join(f"{plan.libelle('service', s.code)} ({pourcentage(s.part)})" for s in vus)
    return (
        f"Les plus utilisés\u00a0: {noms}. Une visite compte pour chaque service ouvert\u202f; "
        "les parts ne s’additionnent donc pas."
    )


def resume_creneaux(creneaux: tuple[Creneau, ...]) -> str:
    """Busiest hour of the week."""
    if not creneaux:
        return "Aucun chiffre n’est publié pour cette sélection."
    pointe = max(creneaux, key=lambda c: c.visites)
    return (
        f"Le moment le plus fréquenté est le {JOURS[pointe.jour - 1]} à partir de {heure(pointe.heure)} "
        f"({accord(pointe.visites, 'visite', 'visites')} commencées sur la période)."
    )
