"""Every cut of a board at once: its parts, and what is known of it besides.

It must not query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.lecture.coupes import COUPES, describe_coupe, explain_absence
from metrics.lecture.parts import (
    Decoupe,
    Ligne,
    Modalite,
    build_creneaux,
    build_parts,
    build_services,
    group_cuts,
    order,
)  # fmt: skip
from metrics.tableau import Coupe, Creneau, Offre, Part, PartService, Vue


@dataclass(frozen=True, slots=True)
class Coupes:
    """Cuts of a board; `parts` holds those that are shown as shares, by name."""

    profils: tuple[Part, ...]
    services: tuple[PartService, ...]
    creneaux: tuple[Creneau, ...]
    parts: dict[str, tuple[Part, ...]]
    coupes: dict[str, Coupe]


def build_coupes(
    lignes: Iterable[Ligne], vue: Vue, offre: Offre, plan: MarkingPlan, profils: Sequence[str], visites: int | None,
    semaines: int,
) -> Coupes:  # fmt: skip
    """The cuts of a view. Shares are of the node's visits, whichever parts are shown; those of profiles are of everybody's."""
    cuts = group_cuts(lignes)
    entiers = dict.fromkeys(COUPES, _whole(cuts, visites, vue))
    if vue.profil != "tous":
        entiers["profil"] = sum(m.visites for m in cuts["profil"].modalites)
    shown = {nom: _shown(nom, cuts[nom], plan, profils) for nom in COUPES}
    annee = offre.find_annee(annee_scolaire(vue.au))
    coupes = {}
    for nom in COUPES:
        why_not = "perimetre" if vue.perimetre == "constant" else explain_absence(nom, vue, annee, plan)
        coupes[nom] = describe_coupe(cuts[nom], shown[nom], entiers[nom], why_not, _is_partition(nom, plan))
    there = {nom: [] if coupes[nom].absence else shown[nom] for nom in COUPES if nom != "creneau"}
    parts = {nom: build_parts(modalites, entiers[nom] or 0, semaines) for nom, modalites in there.items()}
    return Coupes(
        profils=parts["profil"],
        services=build_services(cuts["service"], plan, entiers["service"] or 0, semaines),
        creneaux=build_creneaux(cuts["creneau"]),
        parts=parts,
        coupes=coupes,
    )


def _whole(cuts: dict[str, Decoupe], visites: int | None, vue: Vue) -> int | None:
    """The node's visits, whichever service is asked for: shares of cuts are of all of them."""
    if not vue.service:
        return visites
    total = cuts["total"].modalites
    return total[0].visites if total else None


def _shown(nom: str, decoupe: Decoupe, plan: MarkingPlan, profils: Sequence[str]) -> list[Modalite]:
    if nom == "profil":
        return order(m for m in decoupe.modalites if m.code in profils)
    if nom == "duree":
        return decoupe.fill(tranche.code for tranche in plan.tranches)
    if nom == "moment":
        return decoupe.fill(moment.code for moment in plan.moments)
    if nom == "famille":
        return order(decoupe.fill(famille.code for famille in plan.familles))
    return order(decoupe.modalites)


def _is_partition(nom: str, plan: MarkingPlan) -> bool:
    return nom == "profil" or next(coupe.partition for coupe in plan.coupes if coupe.code == nom)
