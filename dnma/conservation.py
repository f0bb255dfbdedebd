"""Command that removes what is older than its rule, and proves it.

It must not remove by itself: ingest.conservation does.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dnma.console import DEFAULT_DONNEES, EXIT_USER_ERROR, Donnees, say, user_errors
from marking_plan.audit import read_anchor
from marking_plan.conservation import load_regles


def purge(
    donnees: Donnees = DEFAULT_DONNEES,
    a_blanc: Annotated[
        bool, typer.Option("--a-blanc", help="Dire ce que chaque magasin garde et ce qui partirait, sans rien toucher.")
    ] = False,
) -> None:
    """Retirer ce qui dépasse sa durée de conservation, puis prouver, disque relu, qu’il n’en reste rien."""
    now = datetime.now(UTC)
    with user_errors():
        if a_blanc:
            say(report_lake(donnees, now))
            return
        lines, proven = purge_lake(donnees, now)
    say(lines)
    if not proven:
        raise typer.Exit(EXIT_USER_ERROR)


def report_lake(donnees: Path, now: datetime) -> list[str]:
    """What each store keeps at that instant and what would go, in French; nothing is touched."""
    from ingest.conservation import hold_lake, take_inventory
    from ingest.rapport_conservation import render_inventory

    with hold_lake(donnees):
        return render_inventory(take_inventory(donnees, now), load_regles())


def purge_lake(donnees: Path, now: datetime) -> tuple[list[str], bool]:
    """Purge at that instant, read the disk again, add the proof to the audit file; the lines to say, and whether all is within rules."""
    from ingest.conservation import hold_lake, is_proven, purge, take_inventory, trace
    from ingest.lake.audit import append_audit
    from ingest.rapport_conservation import render_proof

    with hold_lake(donnees):
        found = purge(donnees, now)
        left = take_inventory(donnees, now)
        append_audit(donnees, now, "purge", {**trace(found, left), "ancre": read_anchor(donnees)})
    return render_proof(found, left), is_proven(left)
