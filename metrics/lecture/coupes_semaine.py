"""Weekly cuts of a node, read once for all spans and services of a school year and held while they are asked for.

It must not add up nor judge: cumuls.py and cellules.py do.
"""

from collections.abc import Callable

import duckdb
import numpy as np

from marking_plan.semaines import bounds
from metrics.engine import Parameters, fetch_arrow
from metrics.lecture.cumuls import SECRET, VALEUR
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Recall
from metrics.lecture.suites import Suites, index_suites
from metrics.tableau import Vue

Coupes = Callable[[str], Suites]  # those of a view, by school year
MESURES = ("visites", "utilisateurs", "duree_s")


def read_coupes(edition: Edition, vue: Vue, recall: Recall, annee: str) -> Suites:
    """Cells of a view's node and profil in the weeks of a school year, by (coupe, modalite), as cumuls.py reads them."""
    du, au = bounds(annee)
    node: Parameters = {"niveau": vue.niveau, "territoire": vue.territoire, "profil": vue.profil, "du": du, "au": au}
    return recall(("coupes", *node.values()), lambda: _load(edition.connection, node))


def _load(connection: duckdb.DuckDBPyConnection, node: Parameters) -> Suites:
    with connection.cursor() as cursor:
        found = index_suites(
            fetch_arrow(cursor, "lecture/coupes_semaine", node), ("coupe", "modalite"), "debut", MESURES
        )
    found.colonnes["etat"] = np.where(found.colonnes["visites"] < 0, SECRET, VALEUR)
    return found
