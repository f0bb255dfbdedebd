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
_TRUE = ("true", "vrai", "1", "oui")


@dataclass(frozen=True, slots=True)
class Fields:
    """How a dialect names the fields (`noms`: its name → ours; ours when empty), and which names are personal."""

    champs_personnels: frozenset[str]
    noms: Mapping[str, str] = field(default_factory=dict)

    def sent(self, name: str) -> str:
        """The name under which a field of ours is sent."""
        return next((sent for sent, ours in self.noms.items() if ours == name), name)

    def translate(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """The record under our names; a name that the dialect doesn't have stays."""
        return {self.noms.get(name, name): value for name, value in record.items()} if self.noms else record


@dataclass(frozen=True, slots=True)
class Outside:
    """How often fields came that the format doesn't have: those ignored, and the personal ones, for which lines are refused."""

    ignored: Counter[str] = field(default_factory=Counter)
    personal: Counter[str] = field(default_factory=Counter)


def record_row(number: int, record: Mapping[str, object], fields: Fields, outside: Outside) -> tuple[object, ...]:
    """The row (RAW_SCHEMA) of one record; counts in `outside` the fields that the format doesn't have."""
    named = fields.translate(record)
    personal: list[str] = []
    if not KNOWN.issuperset(named):
        unknown = named.keys() - KNOWN
        personal = [name for name in unknown if name.lower() in fields.champs_personnels]
        outside.personal.update(personal)
        if not personal:
            outside.ignored.update(_printable(name) for name in unknown)
    values, invalid = _text_values(named)
    opposition = named.get("opposition") is True
    return (number, _instant_text(named.get("instant")), *values, opposition, bool(personal), invalid, False)


def says_true(text: str) -> bool:
    """Whether a text says yes, where a format has no true."""
    return text.strip().lower() in _TRUE


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
