"""A school beside similar ones: where it stands in words, a box, the table with the same numbers.

It must not compute, nor name or show another school.
"""

from dash.development.base_component import Component

from dashboards import figures, tables
from dashboards.balises import html
from dashboards.blocs.base import charted
from dashboards.board import Board
from dashboards.components import section
from dashboards.phrases import semblables as phrases
from marking_plan import MarkingPlan
from metrics.tableau import Semblables

TITRE = "À côté d’écoles semblables"
RESUME = "Cette école, et la moitié centrale des écoles semblables."
LEGENDE = (
    "La boîte contient la moitié centrale des autres écoles, le trait est leur médiane, le losange est cette école. Les plus "
    "petites et les plus grandes valeurs ne sont pas dessinées\u202f: chacune serait celle d’une école."
)


def bloc_semblables(board: Board, semblables: Semblables, plan: MarkingPlan) -> Component:
    """Quartiles of the others, and the school's own figure."""
    qui = html.P(phrases.describe_semblables(semblables, plan))
    comparaisons = semblables.comparaisons
    lues = [phrases.describe_comparaison(c, board.tableau, plan) for c in comparaisons]
    if not any(c.mediane is not None for c in comparaisons):
        return section("semblables", TITRE, [qui, *(html.P(phrase, className="vide") for phrase in lues)])
    table = tables.semblables(board.tableau, plan)
    figure = figures.figure_semblables(comparaisons, table)
    legende = [html.P(LEGENDE, className="legende-echelle")]
    liste = html.Ul([html.Li(phrase) for phrase in lues], className="constats")
    return section("semblables", TITRE, [qui, liste, charted(board, table, RESUME, figure, legende)])
