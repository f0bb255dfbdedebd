"""What a person may read: nodes of the territory, or everything.

It must not know who the person is, nor which schools lie under the nodes today.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portee:
    """Nodes as (niveau, territoire), with whatever lies under them; None stands for the whole publication."""

    noeuds: frozenset[tuple[str, str]] | None

    def __or__(self, other: "Portee") -> "Portee":
        """Both together."""
        if self.noeuds is None or other.noeuds is None:
            return TOUT
        return Portee(self.noeuds | other.noeuds)


TOUT = Portee(None)
RIEN = Portee(frozenset())
