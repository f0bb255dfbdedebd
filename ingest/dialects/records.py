"""Turn a record of named values, whatever file it came from, into a row of the raw frame.

It must not judge values: steps.py does; here a record only becomes columns and flags.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.dialects.frame import TEXT_FIELDS
from marking_plan.codes import looks_like_code

UNUSED = ("outil", "projet", "exploitant")
# Accepted and unused today: one folder is one project, so they tell nothing that the lake doesn't know.
KNOWN = frozenset({*TEXT_FIELDS, "instant", "opposition", *UNUSED})
HIDDEN_FIELD = "(autre)"  # a field whose name may be a person's is only counted


@dataclass(frozen=True, slots=True)
class Fields:
    """How a dialect names the fields (`noms`: its name → ours; ours when empty), and which names are personal."""

    champs_personnels: frozenset[str]
    noms: Mapping[str, str] = field(default_factory=dict)

    def sent(self, name: str) -> str:
        """The name under which a field of ours is sent."""
        return next((sent for sent, ours in self.noms.items() if ours == name), name)


def record_row(number: int, record: Mapping[str, object], fields: Fields, ignored: Counter[str]) -> tuple[object, ...]:
    """The row (RAW_SCHEMA) of one record; counts in `ignored` the fields that the format doesn't have."""
    named = {fields.noms.get(name, name): value for name, value in record.items()} if fields.noms else record
    personal = False
    if not KNOWN.issuperset(named):
        unknown = named.keys() - KNOWN
        personal = any(name.lower() in fields.champs_personnels for name in unknown)
        if not personal:
            ignored.update(_printable(name) for name in unknown)
    values, invalid = _text_values(named)
    opposition = named.get("opposition") is True
    return (number, _instant_text(named.get("instant")), *values, opposition, personal, invalid, False)


def _text_values(record: Mapping[str, object]) -> tuple[list[str | None], bool]:
    """Text of each field; a whole number stands for its digits, anything else makes the line invalid."""
    values: list[str | None] = []
    invalid = False
    for name in TEXT_FIELDS:
        value = record.get(name)
        if value is None or type(value) is str:
            values.append(value)
        elif type(value) is int:
            values.append(str(value))
        else:
            values.append(None)
            invalid = True
    return values, invalid


def _instant_text(value: object) -> str | None:
    if value is None or type(value) is str:
        return value
    return str(value) if type(value) is int else "?"  # present but unreadable: instant_invalide


def _printable(name: str) -> str:
    return name if looks_like_code(name) else HIDDEN_FIELD
