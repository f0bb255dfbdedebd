"""The one place where tests kill a command at a step of its work, on a copy of a lake, and compare what is left.

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


def dying(function: Callable[..., object], left: list[int]) -> Callable[..., object]:
    """The same function, which dies instead once `left` steps are taken; `left` is shared by all steps."""

    def step(*args: object, **kwargs: object) -> object:
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        return function(*args, **kwargs)

    return step
