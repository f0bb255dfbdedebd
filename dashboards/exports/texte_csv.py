"""The CSV file of a block: the same rows as its table on the page, made for a spreadsheet set in French.

It must not compute or choose figures, nor hold a line that is no row: where they come from is told beside (notice.py).
"""

import csv
import io
from datetime import date

from dashboards.tables import Table, Valeur
from marking_plan.tableur import neutralize

MARQUE_UTF8 = "\ufeff"


def write_csv(table: Table) -> str:
    """Text of the file: UTF-8 mark, `;`, one heading row, decimal commas, durations in seconds."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow([_titre(colonne.titre, colonne.genre) for colonne in table.colonnes])
    ecrivain.writerows([_raw(cellule) for cellule in ligne.cellules] for ligne in table.lignes)
    return MARQUE_UTF8 + sortie.getvalue()


def _titre(titre: str, genre: str) -> str:
    return {
        "duree": f"{titre} (s)",
        "part": f"{titre} (0 à 1)",
        "taux": f"{titre} (0 à 1)",
        "variation": f"{titre} (1 pour +\u00a0100\u00a0%)",
    }.get(genre, titre)


def _raw(valeur: Valeur) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, str):
        return neutralize(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return str(valeur) if isinstance(valeur, int) else f"{valeur:.4f}".rstrip("0").rstrip(".").replace(".", ",")
