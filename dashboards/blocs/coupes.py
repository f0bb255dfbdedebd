"""The cuts of a node's visits besides its profils: a block each, or one for all where none is shown, for one reason.

It must not decide nor say why: `absence` does.
"""

from dash.development.base_component import Component

from dashboards.blocs.absence import absence
from dashboards.blocs.creneaux import bloc_creneaux
from dashboards.blocs.parts import bloc_durees, bloc_equipements, bloc_services
from dashboards.board import Board
from dashboards.components import section
from marking_plan import MarkingPlan

COUPES = ("service", "creneau", "duree", "appareil", "systeme", "navigateur")


def blocs_coupes(board: Board, plan: MarkingPlan) -> list[Component]:
    """For what, when, how long, with what; a reason that holds for all of them is said once."""
    coupes = board.tableau.coupes
    raisons = {coupes[nom].absence if nom in coupes else "" for nom in COUPES}
    if len(raisons) == 1 and "" not in raisons:
        return [section("coupes", "Pour quoi faire, quand et avec quoi", absence(board, COUPES[0]))]
    return [bloc(board, plan) for bloc in (bloc_services, bloc_creneaux, bloc_durees, bloc_equipements)]
