"""Sentences of the page « Protection »: the policy in words, what it costs, what is open, what the attack found.

They must not compute: every number is in the Protection, rows are chosen or counted at most.
"""

from dashboards.formats import jour, majuscule, nombre, pourcentage
from dashboards.phrases.publication import EXACTE
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau.protection import EssaiAttaque, Perte, PolitiqueEnVigueur, Protection

_COURTES = {
    "groupes": "élèves, parents, personnels",
    "familles": "élèves, parents",
    "adultes": "élèves, adultes",
    "tous": "tous ensemble",
    "partiel": "en partie",
    "rien": "sans chiffre",
}


def constat(protection: Protection, plan: MarkingPlan) -> str:
    """The page in one sentence or two."""
    if protection.politique.nom == EXACTE:
        return (
            "Cette publication ne protège rien\u00a0: la politique «\u00a0exacte\u00a0» est réservée aux essais. Ne la diffusez "
            "pas, sauf données simulées."
        )
    pertes = [p for p in protection.pertes if (p.niveau, p.detail) == ("uai", True)]
    masques = f" {_perte(pertes[0], plan)}" if pertes else ""
    k = protection.politique.k
    regle = (
        f"\u00a0: un profil n’a de chiffre que là où il compte au moins {nombre(k)} personnes inscrites. Moins de {nombre(k)} "
        "peuvent être venues\u202f: son total est publié quand même"
    )
    return f"La politique «\u00a0{protection.politique.nom}\u00a0» est en vigueur{regle if k else ''}.{masques}"


def _perte(perte: Perte, plan: MarkingPlan) -> str:
    """What masks cost the details of one level."""
    return (
        f"Au niveau {plan.libelle('niveau', perte.niveau)}, {pourcentage(perte.part_cases)} des cases de détail par "
        f"{plan.libelle('periode', perte.periode)} sont masquées."
    )


def resume_masques(protection: Protection, plan: MarkingPlan) -> str:
    """Totals, then the level and period that lose most."""
    totaux = [p for p in protection.pertes if not p.detail]
    details = [p for p in protection.pertes if p.detail and p.secretes]
    masques = [p for p in totaux if p.secretes]
    tete = (
        f"{majuscule(count_fr(len(masques), 'série de totaux a', 'séries de totaux ont'))} des cases masquées. "
        if masques
        else "Aucun total publié n’est masqué. "
    )
    if not details:
        return f"{tete}Aucun détail ne l’est."
    pire = max(details, key=lambda p: p.part_cases)
    return (
        f"{tete}Parmi les détails, le plus masqué est le niveau {plan.libelle('niveau', pire.niveau)} par "
        f"{plan.libelle('periode', pire.periode)}\u00a0: {pourcentage(pire.part_cases)} des cases."
    )


def seuils(politique: PolitiqueEnVigueur) -> list[tuple[str, str]]:
    """Thresholds in words; none when nothing is protected, or when the engine no longer knows the version."""
    if not politique.k:
        return []
    return [
        (
            f"k\u00a0= {nombre(politique.k)} personnes",
            f"Un profil qui compte moins de {nombre(politique.k)} personnes (comptes, ou effectif de l’année) dans un territoire "
            f"n’y a pas de chiffre à lui\u202f; une case de détail que moins de {nombre(politique.k)} utilisateurs expliquent est "
            "masquée, avec assez de ses voisines pour qu’aucune soustraction ne la rende.",
        ),
        (
            f"De 1 à {nombre(politique.k - 1)} utilisateurs publiés",
            f"La règle des totaux porte sur les inscrits, non sur les venus\u202f: le total d’un jour, d’une semaine, d’un mois ou "
            f"d’une année, d’une école comprise, peut dire de 1 à {nombre(politique.k - 1)} utilisateurs d’un profil qui en compte "
            f"{nombre(politique.k)} ou plus. Une seule case de détail le peut aussi\u00a0: le week-end d’une semaine (découpage "
            "par moment), qui se déduit des jours publiés.",
        ),
        (
            f"{nombre(politique.seuil_detail)} comptes, pour les profils",
            "En dessous, un territoire ne distingue pas les profils un à un\u00a0: il publie des groupes (voir «\u00a0Petits "
            "territoires\u00a0»).",
        ),
        (
            f"{nombre(politique.seuil_croisement)} comptes, pour le détail",
            "En dessous, un territoire n’a le détail (services, appareils, heures, durées) que par mois, et pour les seuls groupes "
            "que tout territoire publie.",
        ),
        (
            f"{nombre(politique.seuil_profil)} comptes d’un profil",
            "En dessous, un profil n’a pas de détail à lui, même dans un grand territoire.",
        ),
    ]


def resume_regroupements(protection: Protection) -> str:
    """How schools, the smallest nodes, are grouped."""
    ecoles = [r for r in protection.regroupements if r.niveau == "uai"]
    groupees = [r for r in ecoles if r.forme != "detail"]
    if not groupees:
        return "Aucune école ne regroupe ses profils."
    nombre_ecoles = " et ".join(f"{nombre(r.noeuds)} ({_COURTES[r.forme]})" for r in groupees)
    return f"Le regroupement est fixé pour l’année scolaire par les effectifs. Écoles qui regroupent leurs profils\u00a0: {nombre_ecoles}."


def resume_ouvertes(protection: Protection) -> str:
    """Open periods: each has a key, and what it opens is personal data."""
    semaines = [p for p in protection.ouvertes if p.kind == "semaine"]
    autres = len(protection.ouvertes) - len(semaines)
    combien = count_fr(protection.scellees, "semaine est scellée", "semaines sont scellées")
    scellees = combien if protection.scellees else "aucune semaine n’est scellée"
    if not protection.ouvertes:
        return f"Aucune période n’est ouverte\u00a0: il ne reste ni clé, ni donnée personnelle. {majuscule(scellees)}."
    plus_ancienne = min(p.debut for p in protection.ouvertes)
    return (
        f"{majuscule(count_fr(len(semaines), 'semaine est ouverte', 'semaines sont ouvertes'))}, avec "
        f"{count_fr(autres, 'mois ou année scolaire', 'mois et années scolaires')}\u202f; la plus ancienne période commence le "
        f"{jour(plus_ancienne)}. {majuscule(scellees)}. Chaque période ouverte a sa clé\u00a0: ses événements et ses registres sont "
        f"des données personnelles, jusqu’à son scellement.{_echues(protection)}"
    )


def _echues(protection: Protection) -> str:
    echues = [p for p in protection.ouvertes if p.echue]
    if not echues:
        return " Aucune n’attend d’être scellée."
    phrase = count_fr(len(echues), "aurait dû être scellée", "auraient dû être scellées")
    return f" {phrase}\u00a0: lancez «\u00a0dnma seal\u00a0»."


def resume_conservation(protection: Protection) -> str:
    """Whether something is kept for too long."""
    retard = [m for m in protection.magasins if m.en_retard]
    dates = [m.plus_ancienne for m in protection.magasins if m.plus_ancienne]
    ancienne = f" La plus ancienne donnée gardée date du {jour(min(dates))}." if dates else ""
    if not retard:
        return f"Rien de ce que la purge retire n’est gardé au-delà de sa règle.{ancienne}"
    noms = ", ".join(m.libelle for m in retard)
    return f"À retirer sans attendre\u00a0: {noms}. Lancez «\u00a0dnma purge\u00a0».{ancienne}"


def resume_reserves(protection: Protection) -> str:
    """How many masked cells of the publication in force the sums of their own period still give away."""
    combien = sum(r.cases for r in protection.reserves)
    touchees = sum(r.cases > 0 for r in protection.reserves)
    periodes = count_fr(len(protection.reserves), "période publiée", "périodes publiées")
    if protection.politique.nom == EXACTE:
        return "Rien n’est masqué\u00a0: il n’y a rien à déduire."
    if not combien:
        return f"Dans cette publication, aucune case secrète ne se déduit des sommes publiées d’une même période ({periodes})."
    cases = count_fr(combien, "case secrète se déduit", "cases secrètes se déduisent")
    return (
        f"Dans cette publication, {cases} encore des sommes publiées, faute d’autre case à masquer, dans {nombre(touchees)} des "
        f"{periodes}. Elles comptent moins de k personnes chacune\u202f; lesquelles n’est écrit nulle part. À peser avant toute "
        "diffusion du fichier."
    )


def resume_essais(protection: Protection) -> str:
    """What the attack got back, said plainly when it is not nil."""
    en_vigueur = [e for e in protection.essais if protection.politique.nom.startswith(f"{e.politique}-")]
    retrouvees = [e for e in (en_vigueur or protection.essais) if e.retrouvees]
    tete = (
        f"Le {jour(protection.essais_le)}, un programme a cherché à retrouver les cases masquées de régions simulées, en "
        "croisant toutes les sommes publiées."
    )
    if not retrouvees:
        return f"{tete} Il n’en a retrouvé aucune."
    liste = "\u202f; ".join(map(_essai, retrouvees))
    return f"{tete} Il en a retrouvé {liste}."


def _essai(essai: EssaiAttaque) -> str:
    return f"{nombre(essai.retrouvees)} (politique {essai.politique}, {essai.taille})"
