"""A batch of lines in columns, each text as a code into its distinct values: rules run on values, rows only carry codes.

It must not know a dialect or a rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

ABSENT = int(np.iinfo(np.int64).min)  # of an instant that was not sent
INVALID = ABSENT + 1  # of an instant that can't be read
TEXTS = ("uai", "profil", "service", "agent", "appareil", "type", "plateforme")
_DENSE = 1 << 22

K = TypeVar("K", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Field:
    """A text column: `codes` (-1: absent) into `values`, which ends with None so that -1 finds it."""

    values: list[str | None]
    codes: Codes

    def check(self, rule: Callable[[str | None], bool]) -> Flags:
        """Rows for which the rule holds; it is asked once a distinct value."""
        return np.array([rule(value) for value in self.values], dtype=np.bool_)[self.codes]

    def rank(self, rule: Callable[[str | None], int]) -> Codes:
        """Integer that the rule gives for each row; it is asked once a distinct value."""
        return np.array([rule(value) for value in self.values], dtype=np.int32)[self.codes]


def encode_texts(texts: Iterable[str | None]) -> Field:
    """A column of texts as a Field."""
    index: dict[str, int] = {}
    codes = [-1 if text is None else index.setdefault(text, len(index)) for text in texts]
    return Field([*index, None], np.array(codes, dtype=np.int32))


@dataclass(slots=True)
class Batch:
    """Lines of one block. `motif` is 0 while a line is kept, else the rank (from 1) of its motif in the plan.

    Visitors and event ids stay bytes of `buffer`: `visiteur` codes into the bounds of distinct tokens (-1: absent),
    ids have a start and a length on each row (-1: none). `recu` holds the instants as received, where they are kept.
    """

    ligne: Ints
    instant: Ints
    textes: dict[str, Field]
    buffer: npt.NDArray[np.uint8]
    visiteur: Codes
    token_start: Ints
    token_length: Ints
    id_start: Ints
    id_length: Ints
    motif: npt.NDArray[np.uint8]
    invalide: Flags
    recu: Field | None = None

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.ligne)


def keep_lines(batch: Batch, lines: Ints) -> Batch:
    """The batch with only those of its lines whose number is in `lines`."""
    rows = np.flatnonzero(np.isin(batch.ligne, lines))
    by_row = ("ligne", "instant", "visiteur", "id_start", "id_length", "motif", "invalide")
    fields = {name: Field(field.values, field.codes[rows]) for name, field in batch.textes.items()}
    recu = Field(batch.recu.values, batch.recu.codes[rows]) if batch.recu else None
    return replace(batch, textes=fields, recu=recu, **{name: getattr(batch, name)[rows] for name in by_row})


def sort_distinct(keys: npt.NDArray[K]) -> npt.NDArray[K]:
    """Distinct integers, sorted; several times faster than numpy.unique, which hashes."""
    ordered = np.sort(keys)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def find_distinct(keys: Ints, size: int) -> tuple[Ints, Ints]:
    """Distinct keys (each in 0..size-1), sorted, and for each row the rank of its own."""
    if size > _DENSE:
        distinct = sort_distinct(keys)
        return distinct, np.searchsorted(distinct, keys)
    present = np.zeros(size, dtype=np.bool_)
    present[keys] = True
    distinct = np.flatnonzero(present)
    rank_of = np.empty(size, dtype=np.int64)
    rank_of[distinct] = np.arange(len(distinct))
    return distinct, rank_of[keys]
