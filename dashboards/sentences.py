"""Sentences that sum each block of a board up, and say what it doesn't show.

They must not compute: every number they name is already in the Tableau, the largest row of a table at most is chosen.
"""

from datetime import date

from dashboards.formats import JOURS, accord, heure, majuscule, mois, nombre, pourcentage, semaine
from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.tableau import ANNEE, MOIS, Carte, Coupe, Creneau, Part, PartService, Tableau

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


def resume_serie(tableau: Tableau) -> str:
    """Peak week and number of weeks of the span, beside which the whole school year is drawn."""
    synthese = tableau.synthese
    if synthese.semaine_max is None:
        connues = any(point.visites is not None for point in tableau.serie if point.dans_vue)
        return "Aucune visite sur la période choisie." if connues else "Aucune semaine n’a de chiffre publié."
    sommet = f"{accord(synthese.visites_max, 'visite', 'visites')} pendant la {semaine(synthese.semaine_max)}"
    comparees = sum(p.precedent is not None and p.precedent.visites is not None for p in tableau.serie)
    suite = (
        f" En gris, derrière {accord(comparees, 'semaine', 'semaines')}, la même semaine d’école de l’an dernier."
        if comparees
        else " L’an dernier n’a pas de semaine publiée à comparer."
    )
    choisies = f"{accord(synthese.semaines, 'semaine', 'semaines')} d’école avec des chiffres dans la période choisie"
    return f"{choisies}. La plus fréquentée\u00a0: {sommet}.{suite}"


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


ABSENCES = {
    "par_mois": "Ce découpage est publié par mois seulement pour ce territoire et ce profil.",
    "sans_annee": "Ce découpage n’est pas compté pour une année scolaire entière.",
    "profil": "Pour ce profil, ce découpage n’est pas publié ici\u202f: il porterait sur trop peu de personnes.",
    "fines": "Jours et heures ne sont publiés que pour les grands territoires, tous profils réunis\u202f: "
    "ailleurs, presque chaque heure serait masquée.",
    "totaux_seuls": "Ce territoire ne publie que ses totaux\u202f: comparés à ceux de ses écoles, ses découpages "
    "permettraient de retrouver des chiffres masqués.",
    "secrete": "Secret statistique\u202f: sur cette période, ce découpage porte sur trop peu de personnes.",
    "sans_chiffre": "Le total de la période n’est pas publié\u202f: il n’y a rien à répartir.",
    "sans_visite": "Aucune visite sur cette période\u202f: il n’y a rien à répartir.",
    "perimetre": "À périmètre constant, seul le total des visites se compare\u202f: les répartitions portent sur toutes "
    "les écoles.",
}


def resume_reste(kind: str, coupe: Coupe, plan: MarkingPlan) -> str:
    """What the shown parts leave of the whole, and which modalities are masked; empty when nothing is left out."""
    masquees = [libelle_modalite(kind, code, plan) for code in coupe.secrets]
    noms = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in masquees)
    secret = f"Masqué une fois au moins sur la période (secret statistique)\u00a0: {noms}." if noms else ""
    if not coupe.reste:
        return secret
    reste = accord(coupe.reste, "visite n’est détaillée", "visites ne sont détaillées")
    pourquoi = (
        "" if noms else " Ce qui manque n’est pas publié séparément, parce que trop peu de personnes sont concernées."
    )
    return f"{reste} dans aucune ligne ({pourcentage(coupe.part_reste)} du total). {secret}{pourquoi}".strip()


def lien_mois(premier: date) -> str:
    """Text of the link to a month's board."""
    return f"Voir {mois(premier)}"


def resume_familles(coupe: Coupe) -> str:
    """What shares of families are of."""
    return f"Parts des {nombre(coupe.entier)} visites\u202f; une visite compte dans chaque famille dont elle ouvre un service."


def resume_taux(tableau: Tableau) -> str:
    """Of which period rates are, and that they don't add up."""
    vue = tableau.vue
    de = {MOIS: mois(vue.du), ANNEE: f"année scolaire {annee_scolaire(vue.du)}"}.get(
        vue.periode, semaine(tableau.taux[0].debut)
    )
    return (
        f"{majuscule(de)}\u00a0: utilisateurs rapportés à ceux qui pourraient venir. Les taux ne s’additionnent ni ne se "
        "moyennent\u202f; sans effectif transmis, il n’y a pas de taux."
    )


def resume_carte(carte: Carte, plan: MarkingPlan) -> str:
    """How many places, and the one with most visits."""
    niveau = next(n for n in plan.niveaux if n.code == carte.niveau)
    lieux = f"Sur la carte\u00a0: {accord(len(carte.lieux), niveau.libelle, niveau.libelle_pluriel)}"
    connus = [lieu for lieu in carte.lieux if lieu.visites]
    if not connus:
        return f"{lieux}, sans visite publiée."
    premier = max(connus, key=lambda lieu: lieu.visites or 0)
    return f"{lieux}. Le plus de visites\u00a0: {premier.nom} ({accord(premier.visites, 'visite', 'visites')})."


def note_carte(carte: Carte) -> str:
    """How to read the map, what it leaves out, where its contours come from."""
    phrases = ["La couleur suit le nombre de visites sur la période\u202f: qui a plus d’élèves en a d’ordinaire plus."]
    if len(carte.classes) > 1:
        phrases.append("Les classes comptent à peu près autant de territoires chacune.")
    if any(not lieu.contour for lieu in carte.lieux):
        phrases.append("Un point est à l’adresse de l’école, ou au milieu des écoles du territoire.")
    if carte.sans_position:
        absents = accord(carte.sans_position, "territoire n’a pas", "territoires n’ont pas")
        phrases.append(f"{absents} de coordonnées connues\u202f: le tableau les montre, la carte non.")
    return " ".join([*phrases, *([f"Contours\u00a0: {carte.source}."] if carte.source else [])])
