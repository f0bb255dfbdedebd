"""The CSV file of a block: the same rows as its table on the page, made for a spreadsheet set in French.

It must not compute or choose figures: an unknown block or territory is a 404 with a sentence.
"""

import csv
import io
from datetime import date

from flask import Flask, Response, request

from dashboards.board import read_board
from dashboards.source import Lecteur
from dashboards.state import Route
from dashboards.tables import TABLES, Table, Valeur
from marking_plan import MarkingPlan
from marking_plan.tableur import neutralize
from metrics.errors import MetricsUserError

MARQUE_UTF8 = "\ufeff"


def add_csv_route(server: Flask, lecteur: Lecteur, plan: MarkingPlan) -> None:
    """Puts `/csv/<bloc>` on the server."""

    def send_csv(bloc: str) -> Response:
        if bloc not in TABLES:
            return _refuse(f"Il n’y a pas de tableau « {bloc} ». Tableaux connus : {', '.join(TABLES)}.")
        champs = request.args.to_dict()
        route = Route("noeud", champs.get("niveau", ""), champs.get("territoire", ""))
        try:
            tableau = read_board(lecteur, plan, route, champs).tableau
        except MetricsUserError as erreur:
            return _refuse(str(erreur))
        nom = f"{bloc}_{tableau.vue.niveau}_{tableau.vue.territoire}_{tableau.vue.du}_{tableau.vue.au}.csv"
        reponse = Response(write_csv(TABLES[bloc](tableau, plan)), content_type="text/csv; charset=utf-8")
        reponse.headers.set("Content-Disposition", "attachment", filename=nom)
        return reponse

    server.add_url_rule("/csv/<bloc>", "csv", send_csv)


def write_csv(table: Table) -> str:
    """Text of the file: UTF-8 mark, `;`, one heading row, decimal commas, durations in seconds."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow([_titre(colonne.titre, colonne.genre) for colonne in table.colonnes])
    ecrivain.writerows([_raw(cellule) for cellule in ligne.cellules] for ligne in table.lignes)
    return MARQUE_UTF8 + sortie.getvalue()


def _titre(titre: str, genre: str) -> str:
    return {"duree": f"{titre} (s)", "part": f"{titre} (0 à 1)"}.get(genre, titre)


def _raw(valeur: Valeur) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, str):
        return neutralize(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return str(valeur) if isinstance(valeur, int) else f"{valeur:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def _refuse(phrase: str) -> Response:
    return Response(phrase, status=404, content_type="text/plain; charset=utf-8")
