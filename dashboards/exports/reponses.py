"""What the export routes answer with: a file to keep, or a refusal in one sentence.

It must not know what a file holds.
"""

from flask import Response

from dashboards.acces import reponses
from dashboards.acces.errors import AccesRefuse

TEXTE = "text/plain; charset=utf-8"
CSV = "text/csv; charset=utf-8"


def attach(corps: str | bytes, genre: str, nom: str) -> Response:
    """A file that the browser keeps under `nom`."""
    reponse = Response(corps, content_type=genre)
    reponse.headers.set("Content-Disposition", "attachment", filename=nom)
    return reponse


def refuse(phrase: str, statut: int = 404) -> Response:
    """Why there is no file: a page for who followed a link, the sentence alone for a program."""
    return reponses.refuse(AccesRefuse(statut, "Fichier indisponible", phrase))
