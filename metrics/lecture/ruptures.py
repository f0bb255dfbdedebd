"""Series breaks of a publication, held in memory while it is open, and those that a board shows.

It must not draw: the boards do.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import duckdb

from marking_plan.ruptures import RuptureDeclaree, ruptures_between
from metrics.engine import fetch
from metrics.tableau import Noeud, Rupture

_COLONNES = ("debut", "fin", "niveau", "territoire", "nature", "titre", "explication")


def read_ruptures(connection: duckdb.DuckDBPyConnection) -> tuple[RuptureDeclaree, ...]:
    """Every published break."""
    rows = fetch(connection, "lecture/ruptures", {})
    return tuple(RuptureDeclaree.model_validate(dict(zip(_COLONNES, row, strict=True))) for row in rows)


def build_ruptures(
    ruptures: Sequence[RuptureDeclaree], chemin: Iterable[Noeud], du: date, au: date
) -> tuple[Rupture, ...]:
    """Those of a node over whole weeks, from Monday `du` to Monday `au`; `chemin` is the node with those that it lies in."""
    places = {(noeud.niveau, noeud.territoire) for noeud in chemin}
    shown = ruptures_between(ruptures, places, du, au + timedelta(days=6))
    return tuple(Rupture(r.debut, r.fin, r.titre, r.explication) for r in shown)
