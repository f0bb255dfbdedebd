"""The children of a node as a map shows them: where they lie, and in which class of visits.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Contour(NamedTuple):
    """Rings one after the other, parted by a gap."""

    longitudes: tuple[float | None, ...]
    latitudes: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Classe:
    """A class of visits, bounds included: the least and the most of the places in it."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Lieu:
    """A child on the map. `classe` is the rank of its class; None when it has no figure. Without contour it is a point."""

    territoire: str
    nom: str
    visites: int | None
    etat: str
    classe: int | None
    longitude: float
    latitude: float
    contour: Contour | None


@dataclass(frozen=True, slots=True)
class Carte:
    """A map of places of one `niveau`: `fond` is the contour under points, `etirement` how much longer a degree of latitude is than one of longitude.

    `sans_position` counts children that couldn't be placed; `source` says where contours come from.
    """

    niveau: str
    classes: tuple[Classe, ...]
    lieux: tuple[Lieu, ...]
    fond: Contour | None
    etirement: float
    sans_position: int
    source: str
