"""Robots are those that crawlerdetect finds, and no forged agent makes the search long."""

import csv
import time
from pathlib import Path

import pytest
from crawlerdetect import CrawlerDetect
from crawlerdetect.providers.crawlers import data as crawlers
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lines.agents import AGENT_MAX, classify_agent
from ingest.lines.robots import is_robot

REFERENCE = CrawlerDetect()
TABLE = Path(__file__).with_name("agents.csv").read_text("utf-8").splitlines()
AGENTS = [ligne["agent"] for ligne in csv.DictReader(TABLE, delimiter=";")]
NAMES = [name.replace("\\", "") for name in crawlers]
FORGED = ("x" * 600, "Mozilla/5.0 (Linux; Android 10; K) ".ljust(600, "x"), "0" * 600, "android " * 80, "-_a" * 200)


def test_agents_met_in_schools_are_judged_as_by_crawlerdetect() -> None:
    assert [is_robot(agent) for agent in AGENTS] == [REFERENCE.is_crawler(agent) for agent in AGENTS]


def test_every_robot_of_the_list_is_judged_as_by_crawlerdetect() -> None:
    agents = [form for name in NAMES for form in (name, f"Mozilla/5.0 ({name}; Linux)")]

    assert [agent for agent in agents if is_robot(agent) != REFERENCE.is_crawler(agent)] == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*NAMES, "Mozilla/5.0 ", "Chrome/1.2", " ", ";", "cubot"]) | st.text("abot/1. -", max_size=6)
    )
)
def test_whatever_the_agent_it_is_judged_as_by_crawlerdetect(pieces: list[str]) -> None:
    agent = "".join(pieces)[:200]

    assert is_robot(agent) == REFERENCE.is_crawler(agent)


@pytest.mark.parametrize("agent", FORGED)
def test_a_forged_agent_takes_no_longer_than_some_milliseconds(agent: str) -> None:
    classify_agent("Mozilla/5.0")
    debut = time.process_time()
    for n in range(20):
        classify_agent(f"{n}{agent}"[:AGENT_MAX])

    assert (time.process_time() - debut) / 20 < 0.02  # crawlerdetect's own search took 0.1 s and more
