"""Write the files of an export whole: under another name first, so that nobody reads half of one.

It must not know what a file holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import polars as pl

from metrics.export.errors import EcritureImpossible

SEPARATEUR = ";"


@contextmanager
def open_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when all of it is written. Raises EcritureImpossible."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        raise EcritureImpossible(
            f"{path} ne peut pas être écrit ({error.strerror}). Vérifiez le dossier, ses droits et la place restante."
        ) from error
    finally:
        if temporary.is_file():
            temporary.unlink()


def write_spreadsheet(path: Path, rows: pl.DataFrame) -> None:
    """A table that a French spreadsheet opens as it is: byte-order mark, semicolons, decimal commas."""
    with open_whole(path) as file:
        rows.write_csv(file, include_bom=True, separator=SEPARATEUR, decimal_comma=True)
