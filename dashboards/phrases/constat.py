"""What a board says first: its headline, what changed since last year, and what is doubtful.

It must not compute: every number it names is already in the Tableau.
"""

from datetime import timedelta

from dashboards.formats import etendue, majuscule, mois, nombre, points, pourcentage, semaine, variation
from dashboards.phrases.accompagnement import causes_en_tete
from dashboards.phrases.noms import libelle_profil
from dashboards.phrases.publication import silence_vue
from dashboards.state import CONSTANT
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from marking_plan.semaines import annee_scolaire, month_bounds
from metrics.tableau import ANNEE, MOIS, SEMAINE, Constant, Ecart, Synthese, Tableau, Vue

RAISONS = {
    "sans_equivalent": "sans équivalent l’an dernier\u00a0: pas de semaine d’école de même rang",
    "non_publiee": "sans équivalent\u00a0: les mêmes semaines d’école de l’an dernier ne sont pas publiées",
    "incomplete": "pas de comparaison\u00a0: semaines incomplètes cette année ou l’an dernier",
    "sans_chiffre": "pas de comparaison\u00a0: sans chiffre publié cette année ou l’an dernier",
    "depart_faible": "pas de comparaison\u00a0: trop peu de visites l’an dernier",
    "depart_nul": "pas de comparaison\u00a0: aucune visite l’an dernier",
}


def periode(vue: Vue) -> str:
    """The span in words, to stand in a title or after a comma."""
    if vue.periode == MOIS:
        return mois(vue.du)
    return f"année scolaire {annee_scolaire(vue.du)}" if vue.periode == ANNEE else etendue(vue.du, vue.au)


def selection(vue: Vue, plan: MarkingPlan) -> str:
    """All that a view is of, for whom no longer sees the form: span, profil, service, schools."""
    service = [f"service «\u00a0{plan.libelle('service', vue.service)}\u00a0»"] if vue.service else []
    perimetre = ["périmètre constant"] if vue.perimetre == CONSTANT else []
    return majuscule(", ".join([periode(vue), libelle_profil(plan, vue.profil).lower(), *service, *perimetre]))


def constat(tableau: Tableau, plan: MarkingPlan) -> str:
    """The headline: what happened here, how it changed, who and what comes first, what is doubtful."""
    synthese, avant = tableau.synthese, [*_silence(tableau), *causes_en_tete(tableau, plan)]
    if synthese.visites is None:
        rien = f"{majuscule(_quand(tableau.vue))}, aucun chiffre n’est publié ici{_pourquoi(synthese, plan)}."
        return " ".join([*avant, rien])
    phrases = [
        *avant,
        *_recente(tableau, plan),
        _ensemble(tableau, plan),
        *_en_tete(synthese, tableau.vue, plan),
        *_doutes(tableau),
    ]
    return " ".join(phrases)


def _silence(tableau: Tableau) -> list[str]:
    """Said before any figure, where the view goes as far as the last day received."""
    muet = silence_vue(tableau)
    return [f"Attention\u00a0: {muet}."] if muet else []


def depart(tableau: Tableau) -> list[str]:
    """What is said of a node of an earlier year alone; a new year has the schools that are enrolled, open or seen in it."""
    if tableau.derniere_annee is None:
        return []
    montree = f"{tableau.derniere_annee} est la dernière année affichée."
    if tableau.ecole is None:
        return [f"Ce territoire n’a plus d’école cette année scolaire\u00a0: {montree}"]
    return [
        "Cette école n’est plus parmi celles de cette année scolaire\u00a0: elle n’est plus dans l’annuaire, ou rien n’en est "
        f"encore inscrit ni reçu. {majuscule(montree)}"
    ]


def _pourquoi(synthese: Synthese, plan: MarkingPlan) -> str:
    return "" if synthese.etat == "valeur" else f"\u202f: {plan.libelle('etat', synthese.etat)}"


def _quand(vue: Vue) -> str:
    if vue.periode == MOIS:
        return f"en {mois(vue.du)}"
    if vue.periode == ANNEE:
        return f"pendant l’année scolaire {annee_scolaire(vue.du)}"
    return f"pendant la {semaine(vue.du)}" if vue.du == vue.au else etendue(vue.du, vue.au)


def _recente(tableau: Tableau, plan: MarkingPlan) -> list[str]:
    """The most recent whole week, when the span has others."""
    vue, point = tableau.vue, tableau.synthese.reference
    if vue.periode != SEMAINE or vue.du == vue.au or point is None or vue.perimetre == CONSTANT:
        return []
    before = point.precedent
    if point.visites == 0:
        suite = ""  # a change of − 100 % would say no more
    elif before is None:
        suite = ", sans équivalent l’an dernier"
    elif before.evolution is None:
        suite = ", sans comparaison possible avec l’an dernier"
    else:
        suite = f", {variation(before.evolution)} par jour d’école sur un an"
    fin = " (provisoire)" if point.provisoire else ""
    return [
        f"Dernière semaine d’école complète, la {semaine(point.debut)}\u00a0: "
        f"{count_fr(point.visites, 'visite', 'visites')}{_quoi(vue, plan)}{suite}{fin}."
    ]


def _ensemble(tableau: Tableau, plan: MarkingPlan) -> str:
    synthese, vue = tableau.synthese, tableau.vue
    visites = count_fr(synthese.visites, "visite", "visites")
    quand = majuscule(_quand(vue))
    if vue.periode == ANNEE and _en_cours(tableau):
        quand = f"Depuis le début de l’année scolaire {annee_scolaire(vue.du)}, en cours"
    if vue.periode == MOIS and tableau.publication.instant.date() <= month_bounds(vue.du)[1]:
        quand = f"{quand}, encore en cours"
    return f"{quand}, {_sujet(tableau)} {visites}{_quoi(vue, plan)}{_evolution(synthese, vue)}."


def _evolution(synthese: Synthese, vue: Vue) -> str:
    """The change of the schools that are compared: all of them, or those of a constant perimeter alone."""
    constant = vue.perimetre == CONSTANT
    compared = synthese.constant.evolution if constant and synthese.constant else None
    change = compared if constant else synthese.ecart.visites if synthese.ecart else None
    if change is None or not synthese.visites:
        return ""
    return f", {variation(change)} par jour d’école sur un an{' à périmètre constant' if constant else ''}"


def _en_cours(tableau: Tableau) -> bool:
    annee = tableau.offre.find_annee(annee_scolaire(tableau.vue.au))
    return annee is not None and not annee.finie


def _sujet(tableau: Tableau) -> str:
    if tableau.ecole is not None:
        return "l’école a reçu"
    ouvertes = count_fr(tableau.synthese.ouvertes, "école ouverte", "écoles ouvertes")
    return f"{ouvertes} {'ont' if tableau.synthese.ouvertes >= 2 else 'a'} reçu"  # open at the end of the span


def _quoi(vue: Vue, plan: MarkingPlan) -> str:
    service = f" du service «\u00a0{plan.libelle('service', vue.service)}\u00a0»" if vue.service else ""
    profil = "" if vue.profil == "tous" else f" du profil «\u00a0{libelle_profil(plan, vue.profil)}\u00a0»"
    return service + profil


def _en_tete(synthese: Synthese, vue: Vue, plan: MarkingPlan) -> list[str]:
    if vue.service:  # what follows is of all visits
        return []
    tetes = []
    if synthese.profil_premier and vue.profil == "tous":
        qui = libelle_profil(plan, synthese.profil_premier)
        tetes.append(
            f"le profil «\u00a0{qui}\u00a0» ({_devant(synthese.part_profil_premier, synthese.marge_profil_premier)})"
        )
    if synthese.service_premier:
        quoi = plan.libelle("service", synthese.service_premier)
        devant = _devant(synthese.part_service_premier, synthese.marge_service_premier)
        tetes.append(f"le service «\u00a0{quoi}\u00a0» ({devant}, page d’accueil à part)")
    return [f"En tête, {' et '.join(tetes)}."] if tetes else []


def _devant(part: float | None, marge: float | None) -> str:
    suite = f", {points(marge)} devant le suivant" if marge and part and marge < part else ""
    return f"{pourcentage(part)} des visites{suite}"


def _doutes(tableau: Tableau) -> list[str]:
    synthese = tableau.synthese
    doutes = [
        texte
        for compte, texte in (
            (synthese.non_recues, count_fr(synthese.non_recues, "semaine non reçue", "semaines non reçues")),
            (synthese.masquees, count_fr(synthese.masquees, "semaine masquée", "semaines masquées")),
            (synthese.incompletes, count_fr(synthese.incompletes, "semaine incomplète", "semaines incomplètes")),
            (synthese.provisoires, count_fr(synthese.provisoires, "semaine provisoire", "semaines provisoires")),
        )
        if compte
    ]
    return [f"À lire avec prudence\u00a0: {', '.join(doutes)}."] if doutes else []


def ecart_visites(ecart: Ecart | None, vue: Vue) -> str:
    """The change of visits, as a key figure's note tells it, with what it is had from."""
    phrase = _ecart(ecart, ecart.visites if ecart else None, " par jour d’école")
    if ecart is None or ecart.visites is None:
        return phrase
    detail = count_fr(ecart.semaines, "semaine d’école comparée", "semaines d’école comparées")
    if vue.periode == MOIS:
        detail += " (celles qui commencent dans le mois)"
    if ecart.ecartees:
        detail += f", {nombre(ecart.ecartees)} sans comparaison possible"
    return f"{phrase} {detail}."


def sans_masquees(synthese: Synthese) -> str:
    """What a sum of weeks leaves out; empty when none of them is masked."""
    masquees = count_fr(synthese.masquees, "semaine masquée", "semaines masquées")
    return f"Sans {masquees} (secret statistique)." if synthese.masquees else ""


def bornes(vue: Vue) -> str:
    """Why the visits of a school year are not those of its weeks: weeks are whole, and one straddles 1 August. Else empty."""
    if vue.periode == ANNEE:
        return (
            "Du 1er\u00a0août au 31\u00a0juillet, jour pour jour\u202f; la somme des semaines en diffère un peu, car elles sont "
            "entières, même à cheval sur le 1er\u00a0août."
        )
    straddles = vue.periode == SEMAINE and annee_scolaire(vue.au) != annee_scolaire(vue.au + timedelta(days=6))
    return (
        "Semaines entières\u202f: la dernière déborde sur l’année scolaire suivante, quand le total de l’année s’arrête au "
        "31\u00a0juillet."
        if straddles
        else ""
    )


def ecart_utilisateurs(ecart: Ecart | None) -> str:
    """The change of the mean weekly users."""
    return _ecart(ecart, ecart.utilisateurs if ecart else None, " en moyenne par semaine")


def ecart_duree(ecart: Ecart | None) -> str:
    """The change of the mean duration."""
    return _ecart(ecart, ecart.duree_moyenne_s if ecart else None, "")


def _ecart(ecart: Ecart | None, valeur: float | None, unite: str) -> str:
    """« + 4,0 % par jour d’école sur un an. », or why not."""
    if ecart is None:
        return "Sans comparaison\u00a0: aucune semaine d’école."
    if valeur is None:
        return f"{majuscule(RAISONS.get(ecart.raison, 'pas de comparaison'))}."
    return f"{majuscule(variation(valeur))}{unite} sur un an{' (provisoire)' if ecart.provisoire else ''}."


def constant_ecoles(constant: Constant) -> str:
    """Which schools a constant perimeter keeps, and what leaves the others out."""
    dehors = [
        texte
        for compte, texte in (
            (
                constant.non_ouvertes,
                f"{count_fr(constant.non_ouvertes, 'école', 'écoles')} sans ENT ouvert les deux années",
            ),
            (
                constant.non_recues,
                f"{count_fr(constant.non_recues, 'école', 'écoles')} sans données reçues une semaine au moins",
            ),
            (
                constant.masquees,
                f"{count_fr(constant.masquees, 'école', 'écoles')} au chiffre masqué une semaine au moins",
            ),
        )
        if compte
    ]
    return f"Laissées de côté\u00a0: {', '.join(dehors)}." if dehors else "Aucune école n’est laissée de côté."
