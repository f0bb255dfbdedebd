"""A whole board.

It must not format, translate or draw; and nothing here knows SQL or a file.
"""

from dataclasses import dataclass

from metrics.tableau.ecoles import Enfant, FicheEcole
from metrics.tableau.parts import Creneau, Part, PartService
from metrics.tableau.serie import Point, Synthese
from metrics.tableau.vue import Noeud, Periode, Publication, Vue


@dataclass(frozen=True, slots=True)
class Tableau:
    """A whole board. Built by at most 4 queries of metrics.lecture; `ascendants` runs from the région down."""

    vue: Vue
    noeud: Noeud
    ascendants: tuple[Noeud, ...]
    publication: Publication
    periode: Periode
    synthese: Synthese
    serie: tuple[Point, ...]
    profils: tuple[Part, ...]
    services: tuple[PartService, ...]
    creneaux: tuple[Creneau, ...]
    appareils: tuple[Part, ...]
    systemes: tuple[Part, ...]
    navigateurs: tuple[Part, ...]
    durees: tuple[Part, ...]
    enfants: tuple[Enfant, ...]
    ecole: FicheEcole | None
