"""When people come: the hours of the week.

It must not compute: rows come from `tables`, sentences from `phrases`.
"""

from dash.development.base_component import Component

from dashboards import figures, tables
from dashboards.balises import html
from dashboards.blocs.absence import absence
from dashboards.blocs.base import charted
from dashboards.board import Board
from dashboards.components import section
from dashboards.phrases import creneaux as phrases
from marking_plan import MarkingPlan


def bloc_creneaux(board: Board, plan: MarkingPlan) -> Component:
    """When people come, and for how long."""
    tableau = board.tableau
    resume = phrases.resume_creneaux(tableau.creneaux)
    absente = absence(board, "creneau")
    if absente or not tableau.creneaux:
        return section("creneaux", "À quel moment", absente or [html.P(resume, className="vide")])
    legende = [html.P("Plus la case est foncée, plus il y a de visites. Heure de Paris.", className="legende-echelle")]
    figure = figures.figure_creneaux(tableau.creneaux)
    contenu = [charted(board, tables.creneaux(tableau, plan), resume, figure, legende)]
    return section("creneaux", "À quel moment", contenu)
