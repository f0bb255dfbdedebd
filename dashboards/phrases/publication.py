"""Sentences on the publication in force: until when figures go, under which rule, since when nothing came.

They must not say what figures are.
"""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TypeVar

from dashboards import formats
from marking_plan.phrases import count_fr
from marking_plan.semaines import annee_scolaire
from metrics.tableau import Point, Publication, Tableau
from metrics.tableau.qualite import SemaineRecue

S = TypeVar("S", Point, SemaineRecue)
EXACTE = "exacte"  # the policy that hides nothing
NON_RECU = "non_recu"
_SILENT_DAYS = 4  # school days without anything before the publication, from which it is said before any figure


def source_line(publication: Publication) -> str:
    """« Figures as of », until which day there are data, and of which publication."""
    recu = f", données jusqu’au {formats.jour(publication.dernier_recu)}" if publication.dernier_recu else ""
    return (
        f"Chiffres arrêtés le {formats.instant(publication.instant)}{recu} "
        f"(publication n°\u00a0{publication.numero}, plan de marquage {publication.plan_version})."
    )


def silence(publication: Publication) -> str:
    """Since when nothing came, once a school week went by: the boards then show the past as if it were now. Else empty."""
    if publication.jours_sans_donnee < _SILENT_DAYS:
        return ""
    jours = count_fr(publication.jours_sans_donnee, "jour d’école", "jours d’école")
    return f"rien n’est reçu depuis le {formats.jour(publication.dernier_recu)} ({jours})"


def silence_vue(tableau: Tableau) -> str:
    """The same, of a view that goes as far as the last school week received; else since when nothing came of this node alone."""
    recu, au = tableau.publication.dernier_recu, tableau.vue.au
    later = any(point.debut > au for point in tableau.serie if not point.vacances)
    reached = recu is not None and annee_scolaire(au) >= annee_scolaire(recu) and not later
    ecole = [point for point in tableau.serie if point.dans_vue and not point.vacances]
    ici = silence_ici(ecole, lambda point: point.etat == NON_RECU)
    return (silence(tableau.publication) if reached else "") or ici


def silence_ici(semaines: Sequence[S], is_mute: Callable[[S], bool]) -> str:
    """Of a node whose last school weeks never came, when others' did; weeks that may still come are no silence."""
    muettes = list(takewhile(is_mute, reversed(semaines)))
    if all(semaine.provisoire for semaine in muettes) or len(muettes) == len(semaines):
        return ""
    return f"rien n’est reçu ici après la {formats.semaine(semaines[-len(muettes) - 1].debut)}"


def policy_line(publication: Publication) -> str:
    """The rule on small counts as readers need it; the exact policy is named, and says plainly that it hides nothing."""
    if publication.politique == EXACTE:
        return "Règle des petits effectifs\u00a0: aucune (politique exacte\u00a0: aucun masque, réservée aux essais)."
    return (
        f"Règle des petits effectifs\u00a0: un profil de moins de {publication.k}\u00a0personnes inscrites n’a pas de chiffre à lui, ni "
        "ce qui permettrait de le retrouver."
    )
