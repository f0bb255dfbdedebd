"""What the boards' tests share: the plan, a fake reader, and where to find it."""

import sys
from pathlib import Path

import pytest

from marking_plan import MarkingPlan, load_plan

sys.path.insert(0, str(Path(__file__).parent))

from fake_lecteur import FakeLecteur


@pytest.fixture
def plan() -> MarkingPlan:
    return load_plan()


@pytest.fixture
def lecteur() -> FakeLecteur:
    return FakeLecteur()
