"""What every chart shares: the configuration that keeps it French and on this host, its dress.

It must not know a chart. Text colours belong to the style sheet. Charts are plain records, which Plotly's own classes would
take ten times longer to build, check and copy; tests have Plotly check them.
"""

from typing import Any, Final

import orjson

from dashboards import formats
from dashboards.palette import NEUTRE, TRANSPARENT

Figure = dict[str, Any]

Trace = dict[str, Any]

SYMBOLES_ETATS: Final = {"secret": "diamond-open", "non_recu": "x-thin-open", "non_ouverte": "line-ew-open"}

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


def title(texte: str, haut: float) -> dict[str, Any]:
    """Name of a panel, above it on the left; `haut` is its top, of the drawing's height."""
    return {
        "text": texte, "x": 0, "xref": "paper", "xanchor": "left", "y": haut, "yref": "paper", "yanchor": "bottom",
        "showarrow": False, "font": {"size": 13},
    }  # fmt: skip


def layout(hauteur: int) -> dict[str, Any]:
    """What every chart's layout holds, but its axes."""
    return {
        "height": hauteur,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "barmode": "overlay",
        "separators": f",{formats.ESPACE_FINE}",
        "margin": {"l": 8, "r": 8, "t": 28, "b": 8},
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": NEUTRE},
        "hoverlabel": {
            "align": "left",
            "bgcolor": "#1d2733",
            "bordercolor": "#1d2733",
            "font": {"color": "#ffffff", "size": 13},
        },
    }


def write_figure(figure: Figure) -> str:
    """The chart and its configuration, as the page holds them for the script that draws them."""
    return orjson.dumps({**figure, "config": CONFIG}).decode()
