"""Ratios of counts, each defined once: a share of a whole, a mean, and what has none.

It must not round: formats belong to the boards.
"""

COMPLETE_FROM = 0.95  # share of the expected school days received from which a week counts as complete


def share(part: int, whole: int) -> float:
    """Share from 0 to 1; 0 of an empty whole."""
    return part / whole if whole else 0.0


def is_complete(recus: int, attendus: int) -> bool:
    """Whether enough of the expected school days were received; they are where none was expected."""
    return recus >= COMPLETE_FROM * attendus


def ratio(total: int | None, count: int | None) -> float | None:
    """Mean, or None where there is nothing to divide."""
    return None if total is None or not count else total / count
