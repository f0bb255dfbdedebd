"""What a person may read: nodes of the territory, or everything.

It must not know who the person is, nor which schools lie under the nodes today.
"""

from dataclasses import dataclass

Noeuds = frozenset[tuple[str, str]] | None  # None: the whole publication
AUCUN: Noeuds = frozenset()


@dataclass(frozen=True, slots=True)
class Portee:
    """Nodes as (niveau, territoire), with whatever lies under them; None stands for the whole publication.

    `suivi`: where what was done for schools is read too. `totaux`: where monthly and yearly totals are read, and nothing else.
    """

    noeuds: Noeuds
    suivi: Noeuds = AUCUN
    totaux: Noeuds = AUCUN

    def __or__(self, other: "Portee") -> "Portee":
        """Both together."""
        return Portee(join(self.noeuds, other.noeuds), join(self.suivi, other.suivi), join(self.totaux, other.totaux))


def join(one: Noeuds, other: Noeuds) -> Noeuds:
    """All nodes of both."""
    return None if one is None or other is None else one | other


TOUT = Portee(None, None)
RIEN = Portee(AUCUN)
