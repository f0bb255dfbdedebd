"""The running day of every territory that tells it, read once when a publication is opened.

It must not count: the publication did.
"""

from datetime import date, datetime
from typing import cast

import duckdb

from marking_plan.semaines import local_instant
from metrics.engine import fetch
from metrics.tableau import JourEnCours

_Ligne = tuple[str, str, date, datetime, int | None, int | None]


def read_jour(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], JourEnCours]:
    """By niveau and territoire; empty when nothing came on the day of the publication."""
    rows = cast("list[_Ligne]", fetch(connection, "lecture/jour_en_cours", {}))
    return {
        (niveau, territoire): JourEnCours(jour, local_instant(arrete_a), visites, utilisateurs)
        for niveau, territoire, jour, arrete_a, visites, utilisateurs in rows
    }
