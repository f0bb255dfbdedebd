"""What each store of the data folder holds, piece by piece, each with the instant of its oldest datum (trust.md P11, G2).

It must not remove anything, nor know how long a store is kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.audit import read_audit
from marking_plan.lake import read_all_manifests
from marking_plan.semaines import PARIS, bounds


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes as one: a folder of a period, a file, a line. `nom` is that of the folder or file, or the line's number."""

    nom: str
    depuis: datetime
    fichiers: int
    octets: int


def list_pieces(donnees: Path, code: str, dossier: str) -> list[Piece]:
    """Pieces of a store by its code, the oldest first; none where the store does not exist."""
    lister = _LISTERS.get(code, _list_files)
    return sorted(lister(donnees / dossier), key=lambda piece: (piece.depuis, piece.nom))


def midnight(jour: date) -> datetime:
    """First instant of a day in Paris."""
    return datetime.combine(jour, time(), PARIS)


def first_day(nom: str) -> date | None:
    """First day of the period that a folder names, such as `mois=2025-10`; None when it names none."""
    kind, _, value = nom.partition("=")
    try:
        return bounds(value)[0] if kind == "annee" else date.fromisoformat(f"{value}-01" if kind == "mois" else value)
    except ValueError:
        return None


def _list_files(folder: Path) -> Iterator[Piece]:
    """Each file, as old as its last write."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield _piece(str(path.relative_to(folder)), _written(path), [path])


def _list_periods(
    folder: Path, oldest: Callable[[Path, datetime], datetime] = lambda _, start: start
) -> Iterator[Piece]:
    """Each folder of a period, as old as its first day unless `oldest` knows better; other files by their last write."""
    for child in folder.iterdir() if folder.exists() else ():
        files = [path for path in ([child] if child.is_file() else child.rglob("*")) if path.is_file()]
        start = first_day(child.name)
        since = midnight(start) if start else min((_written(path) for path in files), default=_written(child))
        yield _piece(child.name, oldest(child, since), files)


def _list_visits(folder: Path) -> Iterator[Piece]:
    return _list_periods(folder, _oldest_visit)


def _oldest_visit(folder: Path, start: datetime) -> datetime:
    """Day of the oldest visit that the files really hold; that of the folder when none can be read."""
    days = [day for path in sorted(folder.rglob("*.parquet")) if (day := _first_visit(path)) is not None]
    return midnight(min(days)) if days else start


def _first_visit(path: Path) -> date | None:
    try:
        days = pq.read_table(path, columns=["jour"], partitioning=None)["jour"]
    except (OSError, ValueError, KeyError, pa.ArrowException):  # damaged: `dnma check` says so
        return None
    return min(days.unique().to_pylist(), default=None)


def _list_rejects(folder: Path) -> Iterator[Piece]:
    """Each quarantine, as old as the arrival of its lot; one that no lot names, as its last write."""
    received = {manifest.lot: manifest.recu_le for manifest in read_all_manifests(folder.parent)}
    for piece in _list_files(folder):
        lot = piece.nom.removesuffix(".parquet").partition("-r")[0]
        yield Piece(piece.nom, received.get(lot, piece.depuis), piece.fichiers, piece.octets)


def _list_audit(path: Path) -> Iterator[Piece]:
    """Each line; one that a kill cut short and that nothing follows is as old as the file."""
    for number, (instant, line) in enumerate(read_audit(path.parent), 1):
        yield Piece(f"ligne {number}", instant or _written(path), 0, len(line) + 1)


def _piece(nom: str, since: datetime, files: list[Path]) -> Piece:
    return Piece(nom, since, len(files), sum(path.stat().st_size for path in files))


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


_LISTERS: dict[str, Callable[[Path], Iterator[Piece]]] = {
    "evenements": _list_periods,
    "registres": _list_periods,
    "cubes": _list_periods,
    "visites": _list_visits,
    "rejets": _list_rejects,
    "audit": _list_audit,
}
