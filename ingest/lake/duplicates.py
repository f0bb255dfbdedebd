"""Count the repeats of a lot, inside it and against the lots visible before it (design 3, "repeat").

It must not remove anything: repeats stay stored, and go when visits are formed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.kernels.sets import KeySet, mix_keys
from ingest.lines.batch import Flags, Ints
from ingest.lines.pseudonymes import Kept
from marking_plan.lake import Manifest

Keys = npt.NDArray[np.uint64]
_DISTINGUISH, _FOLD = np.uint64(0x165667B19E3779F9), np.uint64(0xD6E8FEB86659FD93)


@lru_cache(maxsize=100_000)
def word_of(text: str) -> int:
    """The first eight bytes of a code as an integer, the others folded in: a school's code has eight."""
    octets = text.encode().ljust(8, b"\0")
    words = np.frombuffer(octets.ljust(-(-len(octets) // 8) * 8, b"\0"), dtype="<u8")
    return int(mix_keys(words[:1] * 0, words[:1])[0] ^ np.bitwise_xor.reduce(words * _FOLD))


def repeat_keys(visiteur: Ints, uai: Keys, has_id: Flags, ident: Ints, service: Keys, instant: Ints) -> Keys:
    """One 64-bit key a line, equal for lines that are repeats: (visiteur, uai, id), else (visiteur, uai, service, instant).

    `uai` and `service` are words of their codes. Two different lines of a week of 4 million share a key with a
    chance of one in two million, and no figure of the boards uses this count.
    """
    person = mix_keys(visiteur.view(np.uint64), uai)
    named = mix_keys(person, ident.view(np.uint64))
    return np.where(has_id, named, mix_keys(mix_keys(person ^ _DISTINGUISH, service), instant.view(np.uint64)))


def kept_keys(kept: Kept, services: Keys) -> Keys:
    """The keys of kept lines; `services` are the words of the plan's codes, by rank."""
    schools = np.array([word_of(value or "") for value in kept.uais], dtype=np.uint64)[kept.codes["uai"]]
    service = services[kept.codes["service"]]
    return repeat_keys(kept.visiteur, schools, kept.has_id, kept.id, service, kept.instant.astype(np.uint64))


def count_duplicates(donnees: Path, new: Mapping[date, Sequence[Keys]], visible: Iterable[Manifest]) -> int:
    """Lines of the lot whose key was seen before, in the lot itself or in a visible lot of that week."""
    old: dict[date, list[Path]] = {}
    for manifest in visible:
        for part in manifest.parts:
            old.setdefault(part.semaine, []).append(donnees / part.chemin)
    return sum(_count_week(keys, old.get(week, [])) for week, keys in new.items())


def _count_week(new: Sequence[Keys], old: list[Path]) -> int:
    seen = KeySet(sum(len(keys) for keys in new))
    for path in old:
        seen.add(read_keys(path))
    return sum(len(keys) - int(seen.add(keys).sum()) for keys in new)


def read_keys(path: Path) -> Keys:
    """The keys of a part of events."""
    table = pq.read_table(
        path, columns=["visiteur", "uai", "id", "service", "instant"], read_dictionary=["uai", "service"]
    )
    words = [_column_words(table[name].unify_dictionaries().combine_chunks()) for name in ("uai", "service")]
    ident, visiteur, instant = table["id"], table["visiteur"], table["instant"].cast("int64")
    has_id = ident.is_valid().to_numpy()
    return repeat_keys(
        visiteur.to_numpy(), words[0], has_id, ident.fill_null(0).to_numpy(), words[1], instant.to_numpy()
    )


def _column_words(column: pa.DictionaryArray) -> Keys:
    words = np.array([word_of(text) for text in column.dictionary.to_pylist()], dtype=np.uint64)
    keys: Keys = words[column.indices.to_numpy()]
    return keys
