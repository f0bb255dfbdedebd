"""What blocks are made of: a chart with its twin table, a table that is its own chart.

It must not know a block.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards import figures
from dashboards.balises import html
from dashboards.blocs.emporter import SUFFIXE, export_line
from dashboards.board import Board
from dashboards.components import aria, data, data_table, folded_table
from dashboards.tables import Table


def drawing(identifiant: str, figure: figures.Figure, resume: str) -> Component:
    """A Plotly chart, told by the sentence that sums it up to who doesn't see it; `assets/dessin.js` draws it in its place."""
    place = html.Div(id=identifiant, className="graphe", style={"height": f"{figure['layout']['height']}px"})
    graphe = data(place, figure=figures.write_figure(figure))
    return aria(html.Div(graphe, role="img", className="dessin"), label=resume)


def charted(board: Board, table: Table, resume: str, figure: figures.Figure, legende: Sequence[Component]) -> Component:
    """A chart, named after its table, with this twin, folded."""
    identifiant = f"{table.code}{SUFFIXE}"
    dessin, emporter = drawing(identifiant, figure, resume), export_line(board, table, identifiant)
    return html.Figure([html.Figcaption(resume), dessin, *legende, folded_table(table), emporter])


def barred(board: Board, table: Table, resume: str) -> Component:
    """A table whose shares are drawn in their cells: here the chart is the table."""
    if not table.lignes:
        return html.P(resume, className="vide")
    return html.Figure([html.Figcaption(resume), data_table(table), export_line(board, table)])
