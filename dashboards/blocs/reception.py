"""What was received: a strip of weeks, expected and received school days.

It must not compute: shares are in the Tableau.
"""

from dash.development.base_component import Component

from dashboards import tables
from dashboards.balises import html
from dashboards.blocs.emporter import export_line
from dashboards.board import Board
from dashboards.components import folded_table, hidden, section
from dashboards.formats import jour_court, pourcentage
from dashboards.phrases import reception as phrases
from marking_plan import MarkingPlan
from metrics.tableau import Point

LEGENDE = "Une case par semaine, remplie à hauteur des jours reçus\u202f; cadre pointillé\u00a0: incomplète\u202f; hachures\u00a0: rien reçu."


def bloc_reception(board: Board, plan: MarkingPlan) -> Component:
    """One cell a week of the span; an incomplete one is cut short, an empty one is struck."""
    resume = phrases.describe_reception(board.tableau)
    points = tables.expected_weeks(board.tableau)
    titre = "Ce qui a été reçu"
    if not points:
        return section("reception", titre, [html.P(resume, className="vide")])
    table = tables.reception(board.tableau, plan)
    bande = html.Ol([_week(point) for point in points], className="bande", role="list")
    legende = html.P(LEGENDE, className="legende-echelle")
    figure = [html.Figcaption(resume), bande, legende, folded_table(table), export_line(board, table)]
    return section("reception", titre, [html.Figure(figure)])


def _week(point: Point) -> Component:
    mots = f"semaine du {jour_court(point.debut)}\u00a0: {pourcentage(point.part_recue)} reçus"
    classe = "vide-recu" if not point.jours_recus else "partiel" if point.incomplete else "entier"
    return html.Li(hidden(mots), className=classe, title=mots, style={"--recu": point.part_recue or 0.0})
