"""Command that seals weeks and closes months and school years: count for good, then destroy.

It must not count or destroy by itself: metrics counts, ingest destroys, in that order.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from dnma.console import DEFAULT_DONNEES, Donnees, key_folder, progress_bar, say, user_errors
from marking_plan import MarkingPlan, load_plan

_NOTHING_DUE = "Rien à sceller : une semaine se scelle dix jours après sa fin et après l'arrivée de son premier lot."


def seal(
    donnees: Donnees = DEFAULT_DONNEES,
    a_blanc: Annotated[bool, typer.Option("--a-blanc", help="Dire ce qui serait scellé, sans rien toucher.")] = False,
) -> None:
    """Sceller les semaines passées, clore mois et années : seuls restent les comptes, puis les clés sont détruites."""
    from ingest.collecte.remise import hand_over
    from ingest.lake.files import lake_lock
    from ingest.pipeline import Lake
    from ingest.scellement import list_due_weeks

    now = datetime.now(UTC)
    lake = Lake(donnees, key_folder(donnees), load_plan(), now)
    with user_errors():
        if not a_blanc:  # what was accepted of a week that is due enters before it is sealed
            list(hand_over(lake))
        with lake_lock(donnees):
            if a_blanc:
                lines = [f"Semaine du {lundi} : à sceller." for lundi in list_due_weeks(donnees, now)]
            else:
                with progress_bar("Scellement") as show:
                    lines = seal_lake(donnees, lake.cles, lake.plan, now, lambda lundi: show(str(lundi), 0))
    say(lines or [_NOTHING_DUE])


def seal_lake(
    donnees: Path, cles: Path, plan: MarkingPlan, now: datetime, progress: Callable[[date], None] = lambda _lundi: None
) -> list[str]:
    """Seal and close all that is due at that instant, under the caller's lock; gives a French line for each."""
    from ingest.scellement import close_period, finish_interrupted, list_due_periods, list_due_weeks, seal_week
    from metrics.scellement import count_periods, count_weeks

    finish_interrupted(donnees, cles)
    weeks = list_due_weeks(donnees, now)
    counted = count_weeks(donnees, plan, weeks, now, progress) if weeks else {}
    for lundi in weeks:
        seal_week(donnees, cles, lundi, counted.get(lundi, {}), now)
    periods = list_due_periods(donnees, now)
    kept = count_periods(donnees, plan, periods, now) if periods else {}
    for nom in periods:
        close_period(donnees, cles, nom, kept[nom], now)
    done = [f"Semaine du {lundi} : scellée, événements et clé détruits." for lundi in weeks]
    return done + [f"Période {nom} : close, registre et clé détruits." for nom in periods]
