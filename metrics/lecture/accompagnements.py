"""What was done for schools, held in memory while a publication is open, and what a board shows of it.

It must not judge a school, nor know who may read this: perimetre.py does.
"""

from collections import defaultdict
from datetime import date
from typing import cast

import duckdb

from marking_plan.semaines import annee_scolaire
from metrics.engine import fetch
from metrics.tableau import Action, Vue

Actions = dict[str, tuple[Action, ...]]  # by school, in the order of their days


def read_actions(connection: duckdb.DuckDBPyConnection) -> Actions:
    """The whole register."""
    found: dict[str, list[Action]] = defaultdict(list)
    for uai, jour, nature in cast("list[tuple[str, date, str]]", fetch(connection, "lecture/accompagnements", {})):
        found[uai].append(Action(jour, nature))
    return {uai: tuple(own) for uai, own in found.items()}


def list_actions(actions: Actions, vue: Vue) -> tuple[Action, ...]:
    """Those of a school in the school year that its series covers; a territory's series bears none."""
    own = actions.get(vue.territoire, ()) if vue.niveau == "uai" else ()
    return tuple(action for action in own if annee_scolaire(action.jour) == annee_scolaire(vue.au))


def find_last(actions: Actions, uai: str) -> Action | None:
    """The last thing done for a school, whenever."""
    own = actions.get(uai, ())
    return own[-1] if own else None
