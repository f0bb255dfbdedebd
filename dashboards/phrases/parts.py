"""Sentences that sum cuts and rates up, and say what they don't show.

They must not compute: every number they name is already in the Tableau, the largest row of a table at most is chosen.
"""

from datetime import date

from dashboards.formats import majuscule, mois, nombre, pourcentage, semaine
from dashboards.phrases.noms import libelle_modalite
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from marking_plan.semaines import annee_scolaire
from metrics.tableau import ANNEE, MOIS, Coupe, Part, PartService, Tableau

RESERVE_DUREE = (
    "La durée va de la première à la dernière action\u202f; le temps passé sur la dernière page ne peut pas être connu. "
    "Une visite d’une seule action compte donc 0\u00a0s."
)


ABSENCES = {
    "par_mois": "Ce découpage est publié par mois seulement pour ce territoire et ce profil.",
    "sans_annee": "Ce découpage n’est pas compté pour une année scolaire entière.",
    "profil": "Pour ce profil, ce découpage n’est pas publié ici\u202f: il porterait sur trop peu de personnes.",
    "fines": "Jours et heures ne sont publiés que pour les grands territoires, tous profils réunis\u202f: "
    "ailleurs, presque chaque heure serait masquée.",
    "totaux_seuls": "Ce territoire ne publie que ses totaux\u202f: comparés à ceux de ses écoles, ses découpages "
    "permettraient de retrouver des chiffres masqués.",
    "secrete": "Secret statistique\u202f: sur cette période, ce découpage porte sur trop peu de personnes ici, ou dans un "
    "territoire voisin dont il permettrait de retrouver les chiffres.",
    "sans_chiffre": "Le total de la période n’est pas publié\u202f: il n’y a rien à répartir.",
    "sans_visite": "Aucune visite sur cette période\u202f: il n’y a rien à répartir.",
    "perimetre": "À périmètre constant, seul le total des visites se compare\u202f: les répartitions portent sur toutes "
    "les écoles.",
}


def lien_mois(premier: date) -> str:
    """Text of the link to a month's board."""
    return f"Voir {mois(premier)}"


def resume_parts(kind: str, parts: tuple[Part, ...], coupe: Coupe, plan: MarkingPlan) -> str:
    """Which modality comes first, unless what no line tells may come before it."""
    if not parts:
        return "Aucun chiffre n’est publié pour cette sélection."
    premiere = max(parts, key=lambda part: part.visites)
    if premiere.visites <= coupe.reste:
        return f"{pourcentage(coupe.part_reste)} des visites ne sont pas détaillées\u202f: on ne sait pas ce qui vient en tête."
    libelle = libelle_modalite(kind, premiere.code, plan)
    return f"En tête\u00a0: «\u00a0{libelle}\u00a0», {pourcentage(premiere.part)} des visites."


def resume_services(services: tuple[PartService, ...], coupe: Coupe, plan: MarkingPlan) -> str:
    """The three services most seen among those that aren't masked, and why shares don't add up."""
    vus = sorted((s for s in services if s.visites), key=lambda s: -s.visites)[:3]
    if not vus:
        return "Aucune visite de service n’est publiée pour cette sélection."
    noms = ", ".join(f"{plan.libelle('service', s.code)} ({pourcentage(s.part)})" for s in vus)
    masques = count_fr(
        len(coupe.secrets),
        "service est masqué, et peut-être plus utilisé",
        "services sont masqués, et peut-être plus utilisés",
    )
    tete = f"{masques}. Les premiers des autres" if coupe.secrets else "Les plus utilisés"
    return (
        f"{tete}\u00a0: {noms}. Une visite compte pour chaque service ouvert\u202f; "
        "les parts ne s’additionnent donc pas."
    )


def resume_reste(kind: str, coupe: Coupe, plan: MarkingPlan) -> str:
    """What the shown parts leave of the whole, and which modalities are masked; empty when nothing is left out."""
    masquees = [libelle_modalite(kind, code, plan) for code in coupe.secrets]
    noms = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in masquees)
    secret = f"Masqué une fois au moins sur la période (secret statistique)\u00a0: {noms}." if noms else ""
    if not coupe.reste:
        return secret
    reste = count_fr(coupe.reste, "visite n’est détaillée", "visites ne sont détaillées")
    pourquoi = (
        ""
        if noms
        else " Ce qui manque n’est pas publié séparément\u202f: trop peu de personnes sont concernées, ici ou dans un territoire "
        "voisin dont on retrouverait les chiffres."
    )
    return f"{reste} dans aucune ligne ({pourcentage(coupe.part_reste)} du total). {secret}{pourquoi}".strip()


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
