"""Series breaks of a publication, held in memory while it is open, and those that a board shows.

It must not draw: the boards do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    noeuds: Mapping[Place, Noeud],
    ascendants: Mapping[Place, Sequence[Noeud]],
    chemin: Sequence[Noeud],
    du: date,
    au: date,
) -> tuple[Rupture, ...]:
    """Those of a node over whole weeks, from Monday `du` to Monday `au`: its own, those of what it lies in (`chemin`, from the
    top down to itself), and those of the circonscriptions and more that it adds up. A school's alone stay with it. What the
    register declares alike in several places is one event."""
    declared = {(r.niveau, r.territoire) for r in ruptures if r.niveau in _ADDITIONNES and r.territoire is not None}
    parts = {(n, t): noeuds[n, t] for n, t in declared if n and t and chemin[-1] in ascendants.get((n, t), ())}
    places = {*parts, *((lieu.niveau, lieu.territoire) for lieu in chemin)}
    return _merge(ruptures_between(ruptures, places, du, au + timedelta(days=6)), parts)


def _merge(shown: Iterable[RuptureDeclaree], parts: Mapping[Place, Noeud]) -> tuple[Rupture, ...]:
    """An outage of a platform may touch half the circonscriptions of a région: it is drawn and told once, with its places."""
    events = defaultdict[tuple[date, date | None, str, str], list[Noeud | None]](list)
    for r in shown:
        events[r.debut, r.fin, r.titre, r.explication].append(parts.get((r.niveau or "", r.territoire or "")))
    return tuple(
        Rupture(*event, tuple(lieu for lieu in lieux if lieu) if all(lieux) else ()) for event, lieux in events.items()
    )
