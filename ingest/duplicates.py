"""Count the repeats of a lot, inside it and against the lots visible before it (design 3, "repeat").

It must not remove anything: repeats stay stored, and go when visits are formed.
"""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from marking_plan.lake import Manifest, Part

_REPEAT = ["visiteur", "uai", "id", "service", "instant"]


def count_duplicates(donnees: Path, parts: Iterable[Part], visible: Iterable[Manifest]) -> int:
    """Lines of the new parts whose repeat key was seen before: in the lot itself or in a visible lot of that week."""
    new: dict[str, list[Path]] = {}
    old: dict[str, list[Path]] = {}
    for part in parts:
        new.setdefault(str(part.semaine), []).append(donnees / part.chemin)
    for manifest in visible:
        for part in manifest.parts:
            old.setdefault(str(part.semaine), []).append(donnees / part.chemin)
    return sum(_count_week(files, old.get(week, [])) for week, files in new.items())


def _count_week(new: list[Path], old: list[Path]) -> int:
    keys = _keys(new)
    distinct = keys.unique()
    known = distinct.join(_keys(old).unique(), on="cle", how="semi").height if old else 0
    return keys.height - distinct.height + known


def _keys(files: list[Path]) -> pl.DataFrame:
    """One 64-bit key an event: (visiteur, uai, id), else (visiteur, uai, service, instant)."""
    named = pl.struct("visiteur", "uai", "id").hash()
    unnamed = pl.struct("visiteur", "uai", "service", "instant").hash()
    key = pl.when(pl.col("id").is_not_null()).then(named).otherwise(unnamed)
    return pl.scan_parquet(files).select(_REPEAT).select(key.alias("cle")).collect()
