"""The session of one request: who, for what, over which scope. It is made anew each time, and kept nowhere.

It must not read headers: a back end gives the person, the table gives the rights.
"""

from dataclasses import dataclass

from dashboards.acces.roles import LIBELLES, Role
from metrics.tableau import TOUT, Portee


@dataclass(frozen=True, slots=True)
class Session:
    """What routes may know of the person who asks."""

    sujet: str
    roles: tuple[Role, ...]
    portee: Portee

    @property
    def peut_telecharger(self) -> bool:
        """The published file holds every territory: for analysts whose scope is everything."""
        return self.portee.noeuds is None and bool({Role.ANALYSTE, Role.PILOTE} & set(self.roles))


# The one of the loopback back end: no login, everything, this machine only.
LOCALE = Session("local", (Role.PILOTE,), TOUT)


def describe_session(session: Session) -> str:
    """One sentence for the foot of each page."""
    if session is LOCALE:
        return "Accès local\u202f: sans identification, sur cette machine seulement, tout le territoire."
    noms = ", ".join(LIBELLES[role] for role in session.roles)
    return f"Vous lisez ces pages sous l’identifiant «\u00a0{session.sujet}\u00a0» ({noms})."
