"""What every command shares: options, the console, errors of the user as one French sentence, progress bars.

It must not import what a command works with.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bench.simulation.errors import SimulationError
from dashboards.acces.errors import AccesError
from ingest.errors import IngestUserError
from marking_plan.errors import MarkingPlanError
from metrics.errors import MetricsUserError

# Exit codes, in one place: 0 done, 1 a bug, 2 wrong use of the command, 3 the user or the data are at fault,
# 4 a delivery is fit to be sent, with reservations.
EXIT_USER_ERROR = 3
EXIT_RESERVES = 4
DEFAULT_DONNEES = Path("donnees")

console = Console(highlight=False, soft_wrap=True)

Donnees = Annotated[Path, typer.Option("--donnees", envvar="DNMA_DATA", help="Dossier des données.", file_okay=False)]
Fichier = Annotated[Path, typer.Argument(help="Fichier à lire.", exists=True, dir_okay=False)]
Port = Annotated[int | None, typer.Option(help="Port d'écoute ; 8050 si rien ne le dit.")]


@contextmanager
def user_errors() -> Iterator[None]:
    """A user's mistake ends with one French sentence; a bug keeps its traceback."""
    try:
        yield
    except (IngestUserError, MetricsUserError, MarkingPlanError, SimulationError, AccesError) as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"Erreur : {error}", markup=False)
        raise typer.Exit(EXIT_USER_ERROR) from error


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Callable[[str, int], None]]:
    """A bar that disappears when the work is done; call it with a text and how much is done so far."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda text, done: bar.update(task, description=f"{label} {text}", completed=done)


def key_folder(donnees: Path) -> Path:
    """Folder of the period keys: DNMA_CLES, else beside the data (design 6)."""
    configured = os.environ.get("DNMA_CLES")
    return Path(configured) if configured else donnees.with_name(f"{donnees.name}.cles")


def say(lines: list[str]) -> None:
    """Print lines of text as they are."""
    for line in lines:
        console.print(line, markup=False)
