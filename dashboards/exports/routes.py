"""The addresses of what may be taken away: `/csv/<bloc>`, `/xlsx`, `/lisez-moi`, `/fichier`.

They must not write a file themselves: an unknown block or territory is a 404 with a sentence.
"""

from collections.abc import Callable

from flask import Flask, Response, request

from dashboards.board import read_board
from dashboards.exports.classeur import write_classeur
from dashboards.exports.fichier import peut_telecharger, send_fichier
from dashboards.exports.notice import file_stem, make_notice, write_text
from dashboards.exports.pages_csv import add_page_csv_route
from dashboards.exports.reponses import CSV, TEXTE, attach, refuse
from dashboards.exports.texte_csv import write_csv
from dashboards.source import Lecteur
from dashboards.state import FICHIER, NOEUD, Route
from dashboards.tables import TABLES
from marking_plan import MarkingPlan
from metrics.errors import MetricsUserError
from metrics.tableau import Tableau

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_export_routes(server: Flask, lecteur: Lecteur, plan: MarkingPlan) -> None:
    """Puts the addresses on the server."""

    def answer(make: Callable[[Tableau], Response]) -> Response:
        champs = request.args.to_dict()
        route = Route(NOEUD, champs.get("niveau", ""), champs.get("territoire", ""))
        try:
            return make(read_board(lecteur, plan, route, champs).tableau)
        except MetricsUserError as erreur:
            return refuse(str(erreur))

    def send_csv(bloc: str) -> Response:
        if bloc not in TABLES:
            return refuse(f"Il n’y a pas de tableau «\u00a0{bloc}\u00a0». Tableaux connus\u00a0: {', '.join(TABLES)}.")
        return answer(lambda t: attach(write_csv(TABLES[bloc](t, plan)), CSV, _name(t, bloc, "csv")))

    def send_classeur() -> Response:
        return answer(
            lambda t: attach(
                write_classeur(make_notice(t, plan), t.publication, plan), XLSX, _name(t, "tableau", "xlsx")
            )
        )

    def send_notice() -> Response:
        return answer(lambda t: Response(write_text(make_notice(t, plan)), content_type=TEXTE))

    def send_publication() -> Response:
        if not peut_telecharger():
            return refuse("Vous n’avez pas accès au fichier entier. Demandez-le à l’équipe du projet.", 403)
        try:
            return send_fichier(lecteur.fichier())
        except MetricsUserError as erreur:
            return refuse(str(erreur))

    server.add_url_rule("/csv/<bloc>", "csv", send_csv)
    server.add_url_rule("/xlsx", "xlsx", send_classeur)
    server.add_url_rule("/lisez-moi", "lisez-moi", send_notice)
    server.add_url_rule(FICHIER, "fichier", send_publication)
    add_page_csv_route(server, lecteur, plan)


def _name(tableau: Tableau, code: str, extension: str) -> str:
    return f"{file_stem(code, tableau.vue, tableau.publication)}.{extension}"
