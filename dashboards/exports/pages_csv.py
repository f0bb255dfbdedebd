"""The CSV files of pages about a whole publication: the same rows as their tables on the page.

It must not compute or choose figures: an unknown block is a 404 with a sentence.
"""

from collections.abc import Collection, Mapping

from flask import Flask, Response, request

from dashboards.exports.reponses import CSV, attach, refuse
from dashboards.exports.texte_csv import write_csv
from dashboards.source import Lecteur
from dashboards.state import PROTECTION, QUALITE
from dashboards.tables import Table
from dashboards.tables.protection import TABLES_PROTECTION
from dashboards.tables.qualite import TABLES_QUALITE
from marking_plan import MarkingPlan
from metrics.errors import MetricsUserError

BLOCS: Mapping[str, Collection[str]] = {QUALITE: TABLES_QUALITE, PROTECTION: TABLES_PROTECTION}


def add_page_csv_route(server: Flask, lecteur: Lecteur, plan: MarkingPlan) -> None:
    """Puts `/csv/<page>/<bloc>` on the server."""

    def read(page: str, bloc: str, annee: str | None) -> tuple[str, Table]:
        """What the file's name says of it, and its rows."""
        if page == QUALITE:
            qualite = lecteur.read_qualite(annee, request.args.get("region"))
            region = f"{qualite.noeud.territoire}_" if len(qualite.regions) > 1 else ""
            return f"{region}{qualite.annee}", TABLES_QUALITE[bloc](qualite, plan)
        protection = lecteur.read_protection(annee)
        return protection.annee, TABLES_PROTECTION[bloc](protection, plan)

    def send_page_csv(page: str, bloc: str) -> Response:
        if bloc not in BLOCS.get(page, ()):
            return refuse(f"Il n’y a pas de tableau «\u00a0{bloc}\u00a0» à la page «\u00a0{page}\u00a0».")
        try:
            suite, table = read(page, bloc, request.args.get("annee"))
        except MetricsUserError as erreur:
            return refuse(str(erreur))
        return attach(write_csv(table), CSV, f"{page}_{bloc}_{suite}.csv")

    server.add_url_rule("/csv/<page>/<bloc>", "csv_page", send_page_csv)
