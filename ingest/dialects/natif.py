"""The native dialect (design 5): one JSON object a line, under the names of the lake.

It must not decode: json_lines.py does.
"""

from ingest.dialects.records import Fields


def fields(champs_personnels: frozenset[str]) -> Fields:
    """Names of the fields: ours."""
    return Fields(champs_personnels)
