"""What every chart shares: the configuration that keeps it French and on this host, its dress.

It must not know a chart. Text colours belong to the style sheet.
"""

from typing import Final

import plotly.graph_objects as go

from dashboards import formats
from dashboards.palette import GRILLE, NEUTRE, TRANSPARENT

# Only what the charts show: no request for a language file, no word of English.
CONFIG: Final = {
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    "locale": "fr",
    "locales": {
        "fr": {
            "dictionary": {},
            "format": {
                "days": list(formats.JOURS),
                "shortDays": [jour[:3] for jour in formats.JOURS],
                "months": list(formats.MOIS),
                "shortMonths": list(formats.MOIS_COURTS),
                "decimal": ",",
                "thousands": formats.ESPACE_FINE,
                "grouping": [3],
                "date": "%d/%m/%Y",
            },
        }
    },
}


def dress(figure: go.Figure, hauteur: int) -> go.Figure:
    figure.update_xaxes(fixedrange=True, linecolor=GRILLE, automargin=True)
    figure.update_yaxes(fixedrange=True, zeroline=False, automargin=True)
    figure.update_layout(
        height=hauteur,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        barmode="overlay",
        separators=f",{formats.ESPACE_FINE}",
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        paper_bgcolor=TRANSPARENT,
        plot_bgcolor=TRANSPARENT,
        font={"family": "system-ui, sans-serif", "size": 12, "color": NEUTRE},
        hoverlabel={"bgcolor": "#1d2733", "bordercolor": "#1d2733", "font": {"color": "#ffffff", "size": 13}},
    )
    return figure
