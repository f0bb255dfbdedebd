"""The one place where test modules and workers share publications that take long: the first that asks builds, others wait.

Nobody must write in what is shared.
"""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.attaque import simulate_publication

Publications = dict[str, Path]  # published files by policy


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Publications]) -> Publications:
    """What `build` makes in a new folder, where it is called once of that name in a run of all workers."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = shared / f"{name}.json"
    with (shared / f"{name}.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            folder = shared / name
            folder.mkdir()
            text = json.dumps({politique: str(path) for politique, path in build(folder).items()})
            made.write_text(text, "utf-8")
    return {politique: Path(path) for politique, path in json.loads(made.read_text("utf-8")).items()}


def share_publication(factory: pytest.TempPathFactory, ecoles: int, semaines: int, politique: str) -> Path:
    """The published file of a simulated region, under a policy."""
    name = f"region-{ecoles}-{semaines}-{politique}"
    built = build_once(
        factory, name, lambda folder: {politique: simulate_publication(folder, ecoles, semaines, politique)}
    )
    return built[politique]
