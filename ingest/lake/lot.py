"""Write what is kept of one lot: event parts by week and register parts by period, staged until the lot is whole.

It must not make a lot visible: the manifest does, once everything here lies in its place.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.duplicates import Keys, kept_keys, word_of
from ingest.lake.files import digest_file, fsync_file, guard_disk, move_into
from ingest.lake.registre import Registre
from ingest.lines.batch import Codes, Flags, Ints
from ingest.lines.pseudonymes import Kept
from marking_plan import MarkingPlan
from marking_plan.lake import Part
from marking_plan.schema import EVENEMENT

_ROWS = 131_072  # rows of a week held before they are written as one row group
_HELD = 8 * _ROWS  # rows held over all weeks: bounds memory when a lot spans many
_OPEN_FILES = 64
_LISTED = ("profil", "service", "appareil", "systeme", "navigateur", "type")
_NOISE = ("visiteur", "id")  # pseudonyms don't compress


class Texts:
    """The distinct texts of a column over a whole lot, each with its rank."""

    def __init__(self) -> None:
        self._ranks: dict[str, int] = {}

    def translate(self, values: list[str | None], codes: Codes) -> Codes:
        """Codes of a batch as ranks of the lot; an absent text stays -1."""
        present = np.zeros(len(values), dtype=np.bool_)
        present[codes] = True
        table = np.full(len(values), -1, dtype=np.int32)
        for code in np.flatnonzero(present).tolist():
            text = values[code]
            if text is not None:
                table[code] = self._ranks.setdefault(text, len(self._ranks))
        return table[codes]

    def ranks(self, values: list[str | None]) -> Codes:
        """Rank of each text of a list, -1 for those that the lot doesn't hold."""
        return np.array([self._ranks.get(text or "", -1) for text in values], dtype=np.int32)

    @property
    def values(self) -> list[str]:
        """Texts by rank."""
        return list(self._ranks)


class LotWriter:
    """Staged files of one lot, in `folder`; `close` puts them in the lake under the lot's name."""

    def __init__(self, folder: Path, plan: MarkingPlan) -> None:
        self._folder = folder
        self._lists = {name: [record.code for record in plan.records(name)] for name in _LISTED}
        self._lists["profil"] = [profil.code for profil in plan.profils]
        self._services = np.array([word_of(code) for code in self._lists["service"]], dtype=np.uint64)
        self._uais, self._plateformes = Texts(), Texts()
        self._held: dict[date, list[dict[str, npt.NDArray[np.generic]]]] = {}
        self._rows: dict[date, int] = {}
        self._writers: dict[date, tuple[pq.ParquetWriter, Path]] = {}
        self._files: list[tuple[date, Path]] = []
        self._lignes: dict[Path, int] = {}
        self._registre = Registre()
        self.repeats: dict[date, list[Keys]] = {}

    def add(self, kept: Kept) -> None:
        """Take the kept lines of a batch. Raises DisquePlein."""
        columns: dict[str, npt.NDArray[np.generic]] = {name: kept.codes[name] for name in _LISTED}
        uais = self._uais.translate(kept.uais, kept.codes["uai"])
        columns |= {"uai": uais, "plateforme": self._plateformes.translate(kept.plateformes, kept.codes["plateforme"])}
        columns |= {"instant": kept.instant, "visiteur": kept.visiteur, "id": kept.id, "has_id": kept.has_id}
        keys = kept_keys(kept, self._services)
        for week, rows in rows_by_week(kept):
            self._hold(week, {name: column[rows] for name, column in columns.items()})
            self.repeats.setdefault(week, []).append(keys[rows])
        self._registre.add(kept, self._uais.ranks(kept.uais))

    def _hold(self, week: date, columns: dict[str, npt.NDArray[np.generic]]) -> None:
        self._held.setdefault(week, []).append(columns)
        self._rows[week] = self._rows.get(week, 0) + len(columns["instant"])
        if self._rows[week] >= _ROWS:
            self._flush(week)
        elif sum(self._rows.values()) >= _HELD:
            self._flush(max(self._rows, key=lambda known: self._rows[known]))

    def _flush(self, week: date) -> None:
        held = self._held.pop(week)
        rows = self._rows.pop(week)
        columns = {name: np.concatenate([part[name] for part in held]) for name in held[0]}
        with guard_disk(f"les événements de la semaine du {week}"):
            writer, path = self._writer(week)
            writer.write_table(self._table(columns))
        self._lignes[path] = self._lignes.get(path, 0) + rows

    def _writer(self, week: date) -> tuple[pq.ParquetWriter, Path]:
        if week not in self._writers:
            if len(self._writers) >= _OPEN_FILES:
                self._close_writer(next(iter(self._writers)))
            path = self._folder / f"{len(self._files)}.parquet"
            self._folder.mkdir(parents=True, exist_ok=True)
            self._files.append((week, path))
            self._writers[week] = (_open_events(path), path)
        return self._writers[week]

    def _close_writer(self, week: date) -> None:
        writer, path = self._writers.pop(week)
        with guard_disk(path.name):
            writer.close()
            fsync_file(path)

    def _table(self, columns: dict[str, npt.NDArray[np.generic]]) -> pa.Table:
        lists = {**self._lists, "uai": self._uais.values, "plateforme": self._plateformes.values}
        arrays = {
            name: pa.DictionaryArray.from_arrays(
                pa.array(columns[name], mask=np.equal(columns[name], -1)), pa.array(values, pa.string())
            )
            for name, values in lists.items()
        }
        has_id: Flags = columns["has_id"].astype(np.bool_)
        arrays["instant"] = pa.array(columns["instant"]).cast(pa.timestamp("ms", tz="UTC"))
        arrays["visiteur"] = pa.array(columns["visiteur"])
        arrays["id"] = pa.array(columns["id"], mask=~has_id)
        return pa.table([arrays[name] for name in EVENEMENT.names], schema=_DICTIONARY_SCHEMA)

    def close(self, donnees: Path, lot: str) -> tuple[list[Part], list[Part]]:
        """Move the parts of events and registers to their places: deterministic names, durable before the manifest."""
        for week in list(self._held):
            self._flush(week)
        for week in list(self._writers):
            self._close_writer(week)
        numbers: dict[date, int] = {}
        parts = []
        for week, path in self._files:
            numbers[week] = numbers.get(week, -1) + 1
            chemin = f"evenements/semaine={week}/{lot}-{numbers[week]}.parquet"
            sha256 = digest_file(path)
            move_into(path, donnees / chemin)
            parts.append(Part(chemin=chemin, sha256=sha256, lignes=self._lignes[path], semaine=week))
        return parts, self._registre.write(donnees, lot, self._uais.values, self._lists["profil"])


def rows_by_week(kept: Kept) -> Iterator[tuple[date, "slice | Ints"]]:
    """Rows of each week, in the order of the batch."""
    weeks = sorted({kept.periodes[n].semaine for n in np.flatnonzero(np.bincount(kept.codes["periode"])).tolist()})
    if len(weeks) == 1:
        yield weeks[0], slice(None)
        return
    for week in weeks:
        numbers = [n for n, periode in enumerate(kept.periodes) if periode.semaine == week]
        yield week, np.flatnonzero(np.isin(kept.codes["periode"], numbers))


_DICTIONARY_SCHEMA = pa.schema(
    [f if f.type != pa.string() else f.with_type(pa.dictionary(pa.int32(), pa.string())) for f in EVENEMENT],
    metadata=EVENEMENT.metadata,
)


def _open_events(path: Path) -> pq.ParquetWriter:
    texts = [field.name for field in EVENEMENT if field.type == pa.string()]
    return pq.ParquetWriter(
        path,
        _DICTIONARY_SCHEMA,
        compression={name: "none" if name in _NOISE else "zstd" for name in EVENEMENT.names},
        use_dictionary=texts,
        column_encoding={"instant": "DELTA_BINARY_PACKED"},
        write_statistics=["instant"],
        write_page_checksum=True,
        store_schema=False,
    )
