"""The roles, the order in which a person's first page is chosen, those that wait for a decision, and what each reads of a node.

It must not know a person.
"""

from datetime import date
from enum import StrEnum

from dashboards.acces.configuration import Dpd
from metrics.tableau import AUCUN, Noeuds, Portee


class Role(StrEnum):
    """What a person comes for; in this order when a person has several."""

    PILOTE = "pilote"
    CONSEILLER = "conseiller"
    DPD = "dpd"
    ANALYSTE = "analyste"
    COLLECTIVITE = "collectivite"
    DIRECTEUR = "directeur"


LIBELLES = {
    Role.PILOTE: "pilote",
    Role.CONSEILLER: "conseiller de circonscription",
    Role.DPD: "délégué à la protection des données",
    Role.ANALYSTE: "analyste",
    Role.COLLECTIVITE: "collectivité",
    Role.DIRECTEUR: "direction d’école",
}
# Where `/` leads a role that does not begin by a board.
ACCUEILS = {Role.DPD: "/protection", Role.ANALYSTE: "/aide#analyste"}


def is_open(role: Role, dpd: Dpd, jour: date) -> bool:
    """Whether a role exists that day: two of them wait for a dated decision of the DPD (design 1)."""
    decision = {Role.COLLECTIVITE: dpd.decision_collectivites, Role.DIRECTEUR: dpd.decision_directeurs}
    if role not in decision:
        return True
    since = decision[role]
    return since is not None and since <= jour


def open_portee(role: Role, noeuds: Noeuds) -> Portee:
    """What a role reads of nodes: totals alone for a collectivité; what was done for schools is for who looks after them."""
    if role == Role.COLLECTIVITE:
        return Portee(AUCUN, totaux=noeuds)
    return Portee(noeuds, noeuds) if role in (Role.PILOTE, Role.CONSEILLER) else Portee(noeuds)
