"""The schools that a sender may speak of: by their codes, or all those of a département (trust.md C3).

It must not know who the sender is.
"""

from dataclasses import dataclass

DEPARTEMENT = 3  # a UAI begins with the code of its département


@dataclass(frozen=True, slots=True)
class Perimetre:
    """Schools by UAI, and départements by the three characters that begin the UAI of their schools."""

    uais: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()

    def admits(self, uai: str | None) -> bool:
        """Whether a school is among them."""
        return uai is not None and (uai in self.uais or uai[:DEPARTEMENT] in self.departements)
