"""Sentences of the page « Qualité des données »: may the figures be believed, and what is to be looked at.

They must not compute: every number is in the Qualite, rows are chosen or named at most.
"""

from collections.abc import Sequence

from dashboards.formats import espaces, instant, jour, jour_court, majuscule, nombre, pourcentage, semaine
from dashboards.phrases.publication import silence, silence_ici
from dashboards.tables.qualite import week_etat
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau.qualite import Detail, Livraison, Qualite, SemaineRecue

_NAMED = 4  # weeks named in a sentence; the table has the others
_REFUSED = 0.05  # share of refused lines from which the page calls for a look
RESERVE = "Une livraison ne dit pas de quelle région elle est\u00a0: ce bloc n’est montré qu’à qui lit toutes les régions du projet."


def verdict(qualite: Qualite) -> str:
    """The answer to « puis-je croire les chiffres ? », from the weeks of the year."""
    bilan = qualite.bilan
    if not bilan.semaines:
        return f"Aucun jour d’école de {qualite.annee} n’est encore attendu ni reçu\u202f: il n’y a rien à croire ni à comparer."
    if muet := _muet(qualite):
        completes = count_fr(bilan.completes, "semaine d’école est complète", "semaines d’école sont complètes")
        return f"Non\u202f: {muet}. {completes} sur {nombre(bilan.semaines)}, {_seuil(qualite)}."
    if bilan.completes == bilan.semaines:
        return f"Oui\u202f: {_toutes(bilan.semaines)} de {qualite.annee} {_recues(bilan.semaines)}, {_seuil(qualite)}."
    if not bilan.completes:
        return f"Non\u202f: aucune semaine d’école de {qualite.annee} n’est complète. Ne comparez pas ces chiffres."
    incompletes = _last_incomplete(qualite.region)
    oui = f"Oui pour {count_fr(bilan.completes, 'semaine', 'semaines')} d’école sur {nombre(bilan.semaines)}, {_seuil(qualite)}."
    non = f" {_a_ecarter(incompletes)}." if incompletes else ""
    return f"{oui}{non}{_ouvertes(bilan.semaines - bilan.completes - len(incompletes))}"


def _ouvertes(semaines: int) -> str:
    return (
        f" {count_fr(semaines, 'semaine peut', 'semaines peuvent')} encore recevoir des données."
        if semaines > 0
        else ""
    )


def _muet(qualite: Qualite) -> str:
    """Since when nothing came, of all or of this région, on the page of the latest school year."""
    if qualite.annee != qualite.annees[0]:
        return ""
    return silence(qualite.publication) or silence_ici(qualite.region, lambda w: not (w.recus or w.presumes))


def _last_incomplete(semaines: Sequence[SemaineRecue]) -> list[SemaineRecue]:
    """Weeks not to be compared, the latest first."""
    return [w for w in reversed(semaines) if week_etat(w) == "incomplete"]


def _toutes(semaines: int) -> str:
    return "la semaine d’école" if semaines == 1 else f"les {nombre(semaines)} semaines d’école"


def _recues(semaines: int) -> str:
    return "est reçue" if semaines == 1 else "sont reçues"


def _seuil(qualite: Qualite) -> str:
    return f"avec {pourcentage(qualite.bilan.seuil)} au moins des jours attendus"


def _a_ecarter(semaines: Sequence[SemaineRecue]) -> str:
    noms = ", ".join(f"{jour_court(w.debut)} ({pourcentage(w.part)})" for w in semaines[:_NAMED])
    if len(semaines) == 1:
        return f"Ne comparez pas la semaine du {noms}"
    suite = "…" if len(semaines) > _NAMED else ""
    return f"Ne comparez pas les semaines du {noms}{suite}"


def arret(qualite: Qualite) -> str:
    """« Figures as of », and the last thing that came."""
    bilan = qualite.bilan
    fin = (
        f" La dernière livraison est arrivée le {instant(bilan.derniere_livraison)}."
        if bilan.derniere_livraison
        else ""
    )
    recue = next((w.debut for w in reversed(qualite.region) if w.recus or w.presumes), None)
    derniere = f" La dernière semaine d’école reçue est celle du {jour(recue)}." if recue else ""
    return f"Chiffres arrêtés le {instant(qualite.publication.instant)}.{derniere}{fin}"


def alertes(qualite: Qualite, plan: MarkingPlan) -> list[tuple[str, str]]:
    """What is to be looked at, each with the block that tells more."""
    trouvees = _silence(qualite)
    trouvees += [
        (
            "services",
            f"«\u00a0{plan.libelle('service', s.service)}\u00a0» ({s.noeud.nom}) n’a plus aucune visite depuis "
            f"{count_fr(s.semaines, 'semaine', 'semaines')} d’école\u202f; la dernière vue est celle du {jour(s.depuis)}.",
        )
        for s in qualite.services_muets
    ]
    incompletes = _last_incomplete(qualite.region)
    if incompletes:
        combien = count_fr(len(incompletes), "semaine d’école est incomplète", "semaines d’école sont incomplètes")
        trouvees.append(
            ("completude", f"{majuscule(combien)}\u202f; la dernière est celle du {jour(incompletes[0].debut)}.")
        )
    if qualite.bilan.part_refusee >= _REFUSED:
        trouvees.append(("refus", f"{pourcentage(qualite.bilan.part_refusee)} des lignes reçues ont été refusées."))
    trouvees += [("controles", f"{espaces(d.message)} ({count_fr(d.lignes, 'cas', 'cas')}.)") for d in qualite.doutes]
    return trouvees


def _silence(qualite: Qualite) -> list[tuple[str, str]]:
    """Said when a school week or more went by without anything: the boards then show the past as if it were now."""
    muet = _muet(qualite)
    if not muet:
        return []
    if not silence(qualite.publication):
        return [("completude", f"{majuscule(muet)}.")]
    jours = nombre(qualite.publication.jours_sans_donnee)
    return [("completude", f"Rien n’est arrivé des {jours} jours d’école qui précèdent cette publication.")]


def resume_completude(qualite: Qualite) -> str:
    """The whole year in one sentence."""
    bilan = qualite.bilan
    return (
        f"{pourcentage(bilan.part_recue)} des jours d’école attendus de {qualite.annee} sont reçus ou présumés "
        f"({nombre(bilan.jours_recus)} sur {nombre(bilan.jours_attendus)})."
    )


def resume_livraisons(livraisons: Sequence[Livraison]) -> str:
    """Who delivers, and the largest refusal."""
    if not livraisons:
        return "Aucun lot de cette année scolaire n’a été reçu."
    plateformes = {x.plateforme for x in livraisons if x.plateforme}
    datees = [x for x in livraisons if x.semaine] or livraisons  # a line without a date is nearly always refused
    pire = max(datees, key=lambda x: x.part_refusee)
    quelle = semaine(pire.semaine) if pire.semaine else "lignes sans date"
    qui = pire.plateforme or "sans plateforme"
    return (
        f"{majuscule(count_fr(len(plateformes), 'plateforme a livré', 'plateformes ont livré'))}. La plus grande part refusée "
        f"est de {pourcentage(pire.part_refusee)} ({qui}, {quelle})."
    )


def resume_refus(qualite: Qualite, plan: MarkingPlan) -> str:
    """How many lines were refused, and why first."""
    bilan = qualite.bilan
    if not qualite.refus:
        return "Aucune ligne n’a été refusée."
    premier: Detail = max(qualite.refus, key=lambda d: d.lignes)
    return (
        f"{count_fr(bilan.refusees, 'ligne refusée', 'lignes refusées')} sur {nombre(bilan.recues)} reçues "
        f"({pourcentage(bilan.part_refusee)})\u202f; premier motif\u00a0: {plan.libelle('motif', premier.code)}."
    )


def resume_hors_plan(qualite: Qualite) -> str:
    """How many codes the plan doesn't know."""
    if not qualite.hors_plan:
        return "Tous les codes reçus sont dans le plan de marquage."
    codes = count_fr(len(qualite.hors_plan), "code n’est pas", "codes ne sont pas")
    return (
        f"{codes} dans le plan de marquage. Leurs lignes sont gardées et comptées, sous «\u00a0autre\u00a0» ou "
        "«\u00a0hors du plan\u00a0»\u202f: le prestataire doit les nommer."
    )
