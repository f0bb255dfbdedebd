"""From an address to a board's content: the only place that calls the reader for a node.

It must not build components; what it couldn't grant is in the demand's warnings.
"""

from dataclasses import dataclass, replace

from dashboards.source import Lecteur
from dashboards.state import Demande, Route, fit_periode, parse_demande
from dashboards.tri import sort_enfants
from marking_plan import MarkingPlan
from metrics.tableau import Tableau


@dataclass(frozen=True, slots=True)
class Board:
    """A board's figures and the demand they answer."""

    tableau: Tableau
    demande: Demande


def read_board(lecteur: Lecteur, plan: MarkingPlan, route: Route, champs: dict[str, str]) -> Board:
    """Board of a node; raises MetricsUserError. Reads twice only when the address asks for what isn't published."""
    defaut = lecteur.default_vue(route.niveau, route.territoire)
    profils = {"tous", *(p.code for p in plan.profils), *(g.code for g in plan.groupes)}
    demande = parse_demande(champs, defaut, profils)
    tableau = lecteur.read_tableau(demande.vue)
    possible = fit_periode(demande, defaut, tableau.periode)
    if possible.vue != demande.vue:
        tableau = lecteur.read_tableau(possible.vue)
    return Board(replace(tableau, enfants=sort_enfants(tableau.enfants, possible.tri)), possible)
