"""The one place where independent scenarios on the same schools become as many regions of one lake, published once.

It must not compute a figure. Scenarios share no school, person or territory, so no row of one hides an error of another.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from marking_plan.codes import uai_check_letter

REGIONS = 5  # scenarios a lake, when they are drawn; at most sixteen
FIRST = 34  # département of the schools that scenarios are told with
T = TypeVar("T")
Event = Mapping[str, object]


def count_lakes(scenarios: int) -> int:
    """Lakes that so many random scenarios need; one more, for Hypothesis begins with the simplest scenario everywhere."""
    return 1 - -scenarios // REGIONS


def move_uai(uai: str, region: int) -> str:
    """The school that stands for this one in a region: that of the same number in a later département."""
    digits = f"{int(uai[:3]) + region:03}{uai[3:7]}"
    return digits + uai_check_letter(digits)


def move_place(niveau: str, territoire: str, region: int) -> str:
    """The place that stands for this one in a region."""
    return move_uai(territoire, region) if niveau == "uai" else f"{region:x}{territoire}"


def find_region(niveau: str, territoire: str) -> int | None:
    """The region that a place lies in; schools of no directory lie in none above them."""
    if territoire == "inconnu":
        return None
    return int(territoire[:3]) - FIRST if niveau == "uai" else int(territoire[0], 16)


def move_schools(known: Sequence[Mapping[str, T]]) -> dict[str, T]:
    """What each scenario knows of its schools, by the schools of its region."""
    return {move_uai(uai, region): value for region, by_uai in enumerate(known) for uai, value in by_uai.items()}


def move_ecoles(ecoles: Iterable[Mapping[str, str]], regions: int = REGIONS) -> list[dict[str, str]]:
    """The schools of all regions, each region with territories of its own at every level."""
    return [
        {name: move_place(name, code, region) for name, code in ecole.items()}
        for region in range(regions)
        for ecole in ecoles
    ]


def move_events(scenarios: Sequence[Iterable[Event]]) -> list[Event]:
    """The events of all scenarios, each in the schools of its region and by persons of its own."""
    return [
        {**event, "uai": move_uai(str(event["uai"]), region), "visiteur": f"{region}{event['visiteur']}"}
        for region, events in enumerate(scenarios)
        for event in events
    ]
