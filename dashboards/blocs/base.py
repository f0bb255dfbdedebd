"""What blocks are made of: a titled section, a chart with its twin table, a table that is its own chart.

It must not know a block.
"""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import figures
from dashboards.blocs.emporter import SUFFIXE, export_line
from dashboards.board import Board
from dashboards.components import aria, data_table
from dashboards.tables import Table


def section(identifiant: str, titre: str, contenu: list[Component]) -> Component:
    """A titled part of the page, that a link may point at."""
    entete = html.H2(titre, id=f"titre-{identifiant}")
    partie = html.Section([entete, html.Div(contenu, className="contenu")], id=identifiant)
    return aria(partie, labelledby=f"titre-{identifiant}")


def graph(identifiant: str, figure: figures.Figure) -> dcc.Graph:
    # Dash's own type of `config` doesn't know showSendToCloud, without which a button would send the chart away.
    return dcc.Graph(id=identifiant, figure=figure, config=figures.CONFIG)  # type: ignore[arg-type]


def charted(board: Board, table: Table, resume: str, graphe: dcc.Graph, legende: Sequence[Component]) -> Component:
    """A Plotly chart, whose id is its table's code and SUFFIXE, with its twin table, folded."""
    dessin = aria(html.Div(graphe, role="img", className="dessin"), label=resume)
    donnees = html.Details([html.Summary("Voir les chiffres"), data_table(table)])
    emporter = export_line(board, table, f"{table.code}{SUFFIXE}")
    return html.Figure([html.Figcaption(resume), dessin, *legende, donnees, emporter])


def barred(board: Board, table: Table, resume: str) -> Component:
    """A table whose shares are drawn in their cells: here the chart is the table."""
    if not table.lignes:
        return html.P(resume, className="vide")
    return html.Figure([html.Figcaption(resume), data_table(table), export_line(board, table)])
