"""The properties of the 2021 plan (domain.md 3.3): the same JSON, with names in capitals.

It must not decode: json_lines.py does.
"""

from ingest.dialects.frame import TEXT_FIELDS
from ingest.dialects.records import UNUSED, Fields

_NOMS = {name.upper(): name for name in (*TEXT_FIELDS, "instant", "opposition", *UNUSED)}
_NOMS = {"ID_PERSO": "visiteur", **_NOMS}  # the plan's own word for the visitor comes first


def fields(champs_personnels: frozenset[str]) -> Fields:
    """Names of the fields: ours in capitals, and ID_PERSO for the visitor."""
    return Fields(champs_personnels, _NOMS)


def looks_2021(line: bytes) -> bool:
    """Whether a line is an object with the school's property of 2021."""
    return line.lstrip().startswith(b"{") and b'"UAI"' in line
