"""What the boards' tests share: the plan and a fake reader."""

import pytest

from marking_plan import MarkingPlan, load_plan
from tests.dashboards.fake_lecteur import FakeLecteur


@pytest.fixture
def plan() -> MarkingPlan:
    return load_plan()


@pytest.fixture
def lecteur() -> FakeLecteur:
    return FakeLecteur()
