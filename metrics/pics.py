"""Fill the tables of peaks and of suggested Internet accesses of the publication being made (design 3 and 8).

It must not count visits: it reads the peaks kept in the lake.
"""

import duckdb
import pyarrow as pa

from marking_plan.pics import find_acces
from marking_plan.semaines import bounds
from metrics.comptage import Lac
from metrics.engine import run
from metrics.protection.politique import Politique
from metrics.reference import create_table, semaines_table

_NO_PEAK = pa.schema(
    [
        ("debut", pa.date32()),
        ("niveau", pa.string()),
        ("territoire", pa.string()),
        ("pic_simultane", pa.int64()),
        ("demi_journee", pa.string()),
    ]
).empty_table()


def write_pics(connection: duckdb.DuckDBPyConnection, lac: Lac, politique: Politique) -> None:
    """Peaks of every week but those sealed before peaks were counted. Needs etats_noeuds, protections, placement_annees."""
    counted = [week for week in lac.weeks if week.parts or week.pics.exists()]
    unknown = {week.debut for week in lac.weeks} - {week.debut for week in counted}
    published = semaines_table(lundi for lundi in lac.lundis if lundi not in unknown)
    create_table(connection, "semaines_des_pics", published)
    if counted:
        run(connection, "pilotage/pics_comptes", {"fichiers": [str(week.pics) for week in counted]})
    else:
        create_table(connection, "pics_comptes", _NO_PEAK)
    run(connection, "pilotage/pics", {"k": politique.k})


def write_acces(connection: duckdb.DuckDBPyConnection, lac: Lac) -> None:
    """Accesses suggested for each school year. Needs the tables pics and calendrier, etats_ecoles, effectifs_charges."""
    reglages = {annee: find_acces(bounds(annee)[0]) for annee in lac.annees}
    rows = [
        {"annee_scolaire": annee, "version": r.version} | {name: p.valeur for name, p in r.parametres.items()}
        for annee, r in reglages.items()
    ]
    create_table(connection, "reglages_acces", pa.Table.from_pylist(rows))
    run(connection, "pilotage/acces")
