"""Which day it is, on machines set to any clock."""

import time

import pytest

from marking_plan.semaines import today


def test_the_day_does_not_depend_on_the_machine_s_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    days = set()
    for zone in ("Etc/GMT+12", "Pacific/Kiritimati"):  # 26 hours apart: never on the same day
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        days.add(today())
    monkeypatch.undo()
    time.tzset()

    assert len(days) == 1
