"""A collector killed at any instant under load loses nothing that it acknowledged, and counts nothing twice."""

from pathlib import Path

from bench.collecte.coupures import run_campaign


def test_kills_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    found = run_campaign(tmp_path / "collecte", coupures=3, graine=7)

    assert (found.perdus, found.comptes_deux_fois) == (0, 0)
    assert found.acquittes > 1000
