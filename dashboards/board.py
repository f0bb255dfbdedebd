"""From an address to a board's content: the only place that calls the reader for a node.

It must not build components; what it couldn't grant is in the demand's warnings.
"""

from dataclasses import dataclass, replace

from dashboards.demande import Demande, parse_demande
from dashboards.phrases.constat import selection
from dashboards.source import Lecteur
from dashboards.state import Route
from dashboards.tables import SUIVIS
from dashboards.tri import sort_enfants, usual_tri
from marking_plan import MarkingPlan
from metrics.tableau import Tableau


@dataclass(frozen=True, slots=True)
class Board:
    """A board's figures, the demand they answer, and that demand in words."""

    tableau: Tableau
    demande: Demande
    selection: str = ""


def read_board(lecteur: Lecteur, plan: MarkingPlan, route: Route, champs: dict[str, str]) -> Board:
    """Board of a node, read once: what may be asked is known before any query. Raises MetricsUserError."""
    offre = lecteur.read_offre(route.niveau, route.territoire)
    demande = parse_demande(champs, offre, lecteur.default_vue(route.niveau, route.territoire), plan)
    tableau = lecteur.read_tableau(demande.vue)
    tri = demande.tri or usual_tri(tableau.enfants if route.niveau in SUIVIS else ())
    sorted_tableau = replace(tableau, enfants=sort_enfants(tableau.enfants, tri))
    return Board(sorted_tableau, replace(demande, tri=tri), selection(demande.vue, plan))
