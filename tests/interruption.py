"""The one place where tests kill a command at each of its steps, on copies of a lake, and compare what is left.

It must not know a command: each test names the steps of its own.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path


def copy_lake(donnees: Path, folder: Path) -> Path:
    """A copy of a lake and of its keys."""
    shutil.copytree(donnees, folder / "donnees")
    shutil.copytree(donnees.with_name("donnees.cles"), folder / "donnees.cles")
    (folder / "donnees.cles").chmod(0o700)
    return folder / "donnees"


def tree(folder: Path) -> dict[str, str]:
    """Digest of every file by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Kills:
    """A command at work on a lake, and copies of what a kill before each of its steps would leave, each different one once."""

    def __init__(self, donnees: Path, folder: Path) -> None:
        self._donnees, self._folder = donnees, folder
        self._last: object = None
        self.steps = 0
        self.lakes: list[Path] = []

    def before(self, step: Callable[..., object]) -> Callable[..., object]:
        """The same step, before which a kill comes."""

        def watched(*args: object, **kwargs: object) -> object:
            self._keep()
            return step(*args, **kwargs)

        return watched

    def _keep(self) -> None:
        self.steps += 1
        left = _everything(self._donnees), _everything(self._donnees.with_name("donnees.cles"))
        if left != self._last:
            self.lakes.append(copy_lake(self._donnees, self._folder / str(self.steps)))
            self._last = left


def _everything(folder: Path) -> tuple[dict[str, str], list[Path]]:
    """Files and folders, the empty ones too."""
    return tree(folder), sorted(folder.rglob("*"))
