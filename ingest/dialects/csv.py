"""Decode CSV with the native names in its first line: one event a line, separated by ; , or a tab.

It must not take a line break inside quotes: line numbers stay those of the file.
"""

import csv

from ingest.blocks import LINE_MAX, Block
from ingest.dialects.frame import Decoded, decode_rows, unreadable_row
from ingest.dialects.records import Fields, Outside, record_row, says_true

_REQUIRED = ("instant", "uai", "visiteur")
_SEPARATORS = (";", ",", "\t")


def read_header(line: bytes) -> tuple[str, list[str]] | None:
    """Separator and names of a first line that names at least the required fields, else None."""
    text = line.decode("utf-8-sig", "replace").strip()
    for separator in _SEPARATORS:
        try:
            names = [name.strip().lower() for name in next(csv.reader([text], delimiter=separator), [])]
        except csv.Error:  # no header, then
            return None
        if set(_REQUIRED) <= set(names):
            return separator, names
    return None


class Decoder:
    """Decodes the blocks of one lot; the header, its first line that is not blank (`first`: number and bytes), is no event."""

    def __init__(self, first: tuple[int, bytes], fields: Fields, motifs: dict[str, int]) -> None:
        self._header, line = first
        self._separator, self._names = read_header(line) or (";", [])
        self._fields = fields
        self._motifs = motifs

    def __call__(self, block: Block) -> Decoded:
        """Batches of the block's non-empty lines."""
        outside = Outside()
        rows = [
            self._row(number, line, outside)
            for number, line in enumerate(block.split(), block.first_line)
            if number > self._header and line and not line.isspace()
        ]
        batches = [decode_rows(rows, self._motifs)] if rows else []
        return Decoded(batches, outside.ignored, personal=outside.personal)

    def _row(self, number: int, line: bytes, outside: Outside) -> tuple[object, ...]:
        try:
            values = next(csv.reader([line.decode("utf-8").rstrip("\r")], delimiter=self._separator, strict=True))
        except (ValueError, csv.Error, StopIteration):
            return unreadable_row(number)
        if len(values) != len(self._names) or len(line) > LINE_MAX:
            return unreadable_row(number)
        record: dict[str, object] = {
            name: value for name, value in zip(self._names, values, strict=True) if value.strip()
        }
        if "opposition" in record:
            record["opposition"] = says_true(str(record["opposition"]))
        return record_row(number, record, self._fields, outside)
