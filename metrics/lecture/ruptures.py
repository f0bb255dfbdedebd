"""Series breaks of a publication, held in memory while it is open, and those that a board shows.

It must not draw: the boards do.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import duckdb

from marking_plan.ruptures import RuptureDeclaree, ruptures_between
from metrics.engine import fetch
from metrics.tableau import Noeud, Rupture

_ADDITIONNES = ("circonscription", "departement", "academie")
_COLONNES = ("debut", "fin", "niveau", "territoire", "nature", "titre", "explication")

Place = tuple[str, str]


def read_ruptures(connection: duckdb.DuckDBPyConnection) -> tuple[RuptureDeclaree, ...]:
    """Every published break."""
    rows = fetch(connection, "lecture/ruptures", {})
    return tuple(RuptureDeclaree.model_validate(dict(zip(_COLONNES, row, strict=True))) for row in rows)


def build_ruptures(
    ruptures: Sequence[RuptureDeclaree],
    ascendants: Mapping[Place, Sequence[Noeud]],
    chemin: Sequence[Noeud],
    du: date,
    au: date,
) -> tuple[Rupture, ...]:
    """Those of a node over whole weeks, from Monday `du` to Monday `au`: its own, those of what it lies in (`chemin`, from the
    top down to itself), and those of the circonscriptions and more that it adds up. A school's alone stay with it."""
    places, noeud = {(lieu.niveau, lieu.territoire) for lieu in chemin}, chemin[-1]
    parts = {(r.niveau, r.territoire) for r in ruptures if r.niveau in _ADDITIONNES and r.territoire is not None}
    places |= {(n, t) for n, t in parts if n and t and noeud in ascendants.get((n, t), ())}
    shown = ruptures_between(ruptures, places, du, au + timedelta(days=6))
    return tuple(Rupture(r.debut, r.fin, r.titre, r.explication) for r in shown)
