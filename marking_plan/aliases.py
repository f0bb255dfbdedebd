"""Find a code by the name a vendor gives it, on the day of the event.

It must not guess: an unknown name gives None.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from marking_plan.records import Alias

_SEPARATORS = re.compile(r"[\s\-_]+")


def normalize(nom: str) -> str:
    """The form in which names are compared: no accents, no case, one underscore between words."""
    nom = nom.replace("’", "'")
    plain = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    return _SEPARATORS.sub("_", plain.strip()).casefold()


class AliasTable:
    """Codes by normalised name, each with the days on which it holds."""

    def __init__(self, entries: Iterable[tuple[str, Alias]]) -> None:
        self._codes: dict[str, list[tuple[Alias, str]]] = {}
        for code, alias in entries:
            self._codes.setdefault(normalize(alias.nom), []).append((alias, code))

    def find(self, nom: str, jour: date) -> str | None:
        """Code that the name stands for on that day, or None."""
        return next((code for alias, code in self._codes.get(normalize(nom), ()) if alias.holds(jour)), None)

    def dates_effet(self) -> set[date]:
        """Days on which some name begins or ceases to stand for a code."""
        aliases = [alias for entries in self._codes.values() for alias, _ in entries]
        starts = {alias.depuis for alias in aliases if alias.depuis}
        return starts | {alias.jusqu_a + timedelta(days=1) for alias in aliases if alias.jusqu_a}

    def conflicts(self) -> list[str]:
        """Names that stand for two codes on a same day."""
        return [
            name
            for name, entries in self._codes.items()
            if any(_overlap(a, b) and x != y for n, (a, x) in enumerate(entries) for b, y in entries[n + 1 :])
        ]


def _overlap(first: Alias, second: Alias) -> bool:
    start = max(first.depuis or date.min, second.depuis or date.min)
    end = min(first.jusqu_a or date.max, second.jusqu_a or date.max)
    return start <= end
