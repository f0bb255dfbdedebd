"""Dated parameters, rights and secrets: which are in force on a day.

It must not know what they set.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Date(Protocol):
    """A record that holds from a day on, until the next one."""

    @property
    def depuis(self) -> date:
        """First day."""
        ...


R = TypeVar("R", bound=Date)


def find_in_force(records: Iterable[R], jour: date) -> R | None:
    """The last record that begins by that day; None before the first."""
    return max((record for record in records if record.depuis <= jour), key=lambda record: record.depuis, default=None)


def runs(du: date | None, au: date | None, jour: date) -> bool:
    """Whether a day is within two dates, both included; None: no bound on that side."""
    return (du is None or du <= jour) and (au is None or jour <= au)
