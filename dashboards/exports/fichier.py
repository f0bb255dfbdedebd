"""The published DuckDB file itself, for analysts.

It must not open it: the bytes go out as they are.
"""

from pathlib import Path

from flask import Response, has_request_context, send_file

from dashboards.acces.garde import current_session


def peut_telecharger() -> bool:
    """Whether the person who asks may take the whole file; nobody outside a request."""
    return has_request_context() and current_session().peut_telecharger


def send_fichier(fichier: Path) -> Response:
    """The file, sent piece by piece; a reader who was cut off may ask for the rest."""
    return send_file(
        fichier.resolve(), mimetype="application/vnd.duckdb", as_attachment=True, download_name=fichier.name, max_age=0
    )
