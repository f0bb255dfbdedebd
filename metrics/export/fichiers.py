"""Write the files of an export whole: under other names first, so that nobody reads half of one, and all of them or none.

It must not know what a file holds.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import polars as pl

from marking_plan.tableur import DEBUTS_DE_FORMULE
from metrics.export.errors import EcritureImpossible
from metrics.store import fsync

SEPARATEUR = ";"
Empreintes = dict[Path, str]
_PARTAGE, _PRIVE = 0o666, 0o600


def _unheard(_empreintes: Empreintes) -> None:
    pass


@contextmanager
def open_whole(
    paths: Sequence[Path], announce: Callable[[Empreintes], None] = _unheard, *, private: bool = False
) -> Iterator[list[IO[bytes]]]:
    """Files that take their names when all of them are written and on disk; before that, `announce` hears of their SHA-256.

    `private`: for the account that runs the command alone. When `announce` raises, none takes its name.
    Raises EcritureImpossible.
    """
    temporaries = [path.with_name(f".{path.name}.tmp") for path in paths]
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(_create(path, _PRIVE if private else _PARTAGE)) for path in temporaries]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        announce({path: _digest(temporary) for path, temporary in zip(paths, temporaries, strict=True)})
        for path, temporary in zip(paths, temporaries, strict=True):
            temporary.replace(path)
        for folder in sorted({path.parent for path in paths}):
            fsync(folder)
    except OSError as error:
        raise EcritureImpossible(
            f"{paths[0].parent} : écriture impossible ({error.strerror or error}). "
            "Vérifiez le dossier, ses droits et la place restante."
        ) from error
    finally:
        for temporary in temporaries:
            if temporary.is_file():
                temporary.unlink()


def write_spreadsheet(path: Path, rows: pl.DataFrame) -> None:
    """A table that a French spreadsheet opens as it is: byte-order mark, semicolons, decimal commas, no formula.

    Raises EcritureImpossible.
    """
    with open_whole([path]) as [file]:
        neutralize_texts(rows).write_csv(file, include_bom=True, separator=SEPARATEUR, decimal_comma=True)


def neutralize_texts(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows with no text that a spreadsheet would run (trust.md A12)."""
    texts = [pl.col(name) for name, kind in rows.schema.items() if kind == pl.String]
    return rows.with_columns(
        pl.when(text.str.head(1).is_in(DEBUTS_DE_FORMULE)).then("'" + text).otherwise(text).name.keep()
        for text in texts
    )


def _create(path: Path, mode: int) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
