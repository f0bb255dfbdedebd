"""Counts kept in the lake, and what they were made from: they are made again only when that changed.

It must not count, nor know what the counts are.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import ClassVar

from marking_plan.etats import Ensemble
from marking_plan.lake import Part
from metrics.engine import read_sql


@dataclass(frozen=True)
class Comptes:
    """Counts of one period: the files of the lake that they come from, and the folder where they are kept.

    `steps` names the SQL files that count, `modules` the modules of metrics that count beside them, `kept` the files that they
    leave. Without parts, what is kept is all that is left of the period.
    """

    steps: ClassVar[Sequence[str]]
    modules: ClassVar[Sequence[str]] = ()
    kept: ClassVar[frozenset[str]] = frozenset({"ecoles.parquet", "partages.parquet", "origine.json"})
    parts: tuple[Part | Ensemble, ...]
    folder: Path

    @property
    def ecoles(self) -> Path:
        """Counts of schools and profiles, persons of several left out."""
        return self.folder / "ecoles.parquet"

    @property
    def partages(self) -> Path:
        """Persons of several schools or profiles, in every territory."""
        return self.folder / "partages.parquet"

    def files(self, donnees: Path) -> list[str]:
        """Paths of the parts, the largest first: the engine plans its joins by the first one."""
        return [str(donnees / part.chemin) for part in sorted(self.parts, key=lambda part: -part.lignes)]

    def is_current(self, context: str) -> bool:
        """Whether the counts kept were made from exactly these inputs; `context` names plan and referentials."""
        return not self.parts or self.origin == self._digest(context)

    def begin(self) -> None:
        """Make room for new counts: from here to `finish`, a crash counts again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._mark.unlink(missing_ok=True)

    def finish(self, context: str) -> None:
        """Say what the counts were made from, once they are whole."""
        self._mark.write_text(json.dumps({"empreinte": self._digest(context)}))

    @property
    def origin(self) -> str:
        """Digest of what the counts kept were made from; empty while there are none."""
        return str(json.loads(self._mark.read_bytes())["empreinte"]) if self._mark.exists() else ""

    @property
    def _mark(self) -> Path:
        return self.folder / "origine.json"

    def _digest(self, context: str) -> str:
        digest = hashlib.sha256(context.encode())
        for part in self.parts:
            digest.update(part.sha256.encode())
        for name in self.steps:
            digest.update(read_sql(f"cubes/{name}").encode())
        for name in self.modules:
            digest.update(resources.files("metrics").joinpath(f"{name}.py").read_bytes())
        return digest.hexdigest()


def order_parts(parts: Iterable[Part | Ensemble]) -> tuple[Part | Ensemble, ...]:
    """Parts in an order that doesn't depend on their arrival."""
    return tuple(sorted(parts, key=lambda part: part.chemin))
