"""A whole board.

It must not format, translate or draw; and nothing here knows SQL or a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics.tableau.acces import Acces
from metrics.tableau.accompagnement import Accompagnement, Action
from metrics.tableau.carte import Carte
from metrics.tableau.ecoles import Enfant, FicheEcole
from metrics.tableau.offre import Offre
from metrics.tableau.parts import Coupe, Creneau, Part, PartService
from metrics.tableau.semblables import Semblables
from metrics.tableau.serie import Point, Rupture, Synthese, Taux
from metrics.tableau.vue import JourEnCours, Noeud, Publication, Vue


@dataclass(frozen=True, slots=True)
class Tableau:
    """A whole board. Built by at most 4 queries of metrics.lecture; `ascendants` runs from the région down.

    `serie` covers the published weeks of the span's school year; those in the span say so. `coupes` are by name of the cut.
    `derniere_annee`: the last school year of a node that the latest one no longer has. `actions`: what was done for a school.
    `totaux_seuls`: the reader has a right to totals alone; all the rest is empty.
    `semaines_tendance`: the last school weeks, of which each child has its visits. `jour`: from circonscription up, when
    something came that day.
    """

    vue: Vue
    noeud: Noeud
    ascendants: tuple[Noeud, ...]
    publication: Publication
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
    offre: Offre = field(default_factory=Offre)
    familles: tuple[Part, ...] = ()
    moments: tuple[Part, ...] = ()
    taux: tuple[Taux, ...] = ()
    coupes: Mapping[str, Coupe] = field(default_factory=dict)
    ruptures: tuple[Rupture, ...] = ()
    accompagnement: Accompagnement = field(default_factory=Accompagnement)
    acces: Acces | None = None
    semblables: Semblables | None = None
    carte: Carte | None = None
    derniere_annee: str | None = None
    actions: tuple[Action, ...] = ()
    totaux_seuls: bool = False
    semaines_tendance: tuple[date, ...] = ()
    jour: JourEnCours | None = None
