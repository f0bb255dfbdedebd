"""Check the hours of the evening, and say them in the definitions of the moments.

It must not place a visit: metrics does.
"""

from collections.abc import Sequence
from datetime import time

from marking_plan.errors import PlanInvalide
from marking_plan.records import Modalite, Soiree

_FILE = "moments.toml"
_PLACE = "{soirees}"


def define_moments(moments: Sequence[Modalite], soirees: Sequence[Soiree]) -> tuple[Modalite, ...]:
    """The moments with their hours written in full. Raises PlanInvalide when the hours are not one evening after another."""
    _check(soirees)
    said = ", puis ".join(_say(soiree) for soiree in soirees)
    return tuple(m.model_copy(update={"definition": m.definition.replace(_PLACE, said)}) for m in moments)


def _check(soirees: Sequence[Soiree]) -> None:
    """Only the first holds since always; the others follow by date; an evening passes midnight."""
    dates = [soiree.depuis for soiree in soirees]
    later = [jour for jour in dates[1:] if jour is not None]
    if not dates or dates[0] is not None or len(later) < len(dates) - 1 or later != sorted(set(later)):
        probleme = "la première soirée ne se date pas, les suivantes portent chacune une date, de plus en plus tardive."
        raise PlanInvalide(_FILE, "soirees", "depuis", probleme)
    for soiree in soirees:
        if soiree.fin >= soiree.debut:
            raise PlanInvalide(_FILE, "soirees", "fin", "une soirée finit le matin, avant l’heure où elle commence.")


def _say(soiree: Soiree) -> str:
    since = f" depuis le {soiree.depuis:%d/%m/%Y}" if soiree.depuis else ""
    return f"de {_hour(soiree.debut)} à {_hour(soiree.fin)}{since}"


def _hour(instant: time) -> str:
    return f"{instant.hour}\u00a0h{instant.minute:02}" if instant.minute else f"{instant.hour}\u00a0h"
