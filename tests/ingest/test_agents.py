"""User-Agents reduce to the national lists: one line of agents.csv a case, that an analyst can add to."""

import csv
from pathlib import Path

import pytest

from ingest.lines.agents import classify_agent

LINES = (Path(__file__).parent / "agents.csv").read_text("utf-8").splitlines()
CASES = list(csv.DictReader(LINES, delimiter=";"))


@pytest.mark.parametrize("case", CASES, ids=[case["agent"][:60] for case in CASES])
def test_an_agent_reduces_to_device_system_and_browser(case: dict[str, str]) -> None:
    terminal = classify_agent(case["agent"])._asdict()

    assert {"agent": case["agent"], **terminal, "robot": "oui" if terminal["robot"] else "non"} == case
