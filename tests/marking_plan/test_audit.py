"""The audit's chain: whatever is done to its lines afterwards shows."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from marking_plan.audit import FICHIER, append_line, find_breaks, read_anchor

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


def read_lines(folder: Path) -> list[bytes]:
    return (folder / FICHIER).read_bytes().splitlines()


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    for number in range(6):
        append_line(tmp_path, NOW, "tableaux export", {"lignes": number})
    return read_lines(tmp_path)


def test_lines_added_one_by_one_follow_each_other(lines: list[bytes]) -> None:
    assert find_breaks(lines) == []


@pytest.mark.parametrize(
    ("tamper", "where"),
    [
        (lambda found: [*found[:2], found[2].replace(b":2,", b":9,"), *found[3:]], [4]),
        (lambda found: [*found[:2], *found[3:]], [3]),
        (lambda found: [found[0], found[2], found[1], *found[3:]], [2, 3, 4]),
        (lambda found: found[1:], [1]),
        (lambda found: [*found[:2], b'{"instant":"2026-11-02T08:00:00Z","commande":"purge"}', *found[2:]], [3, 4]),
    ],
    ids=["edited", "dropped", "reordered", "first dropped", "inserted"],
)
def test_a_line_touched_afterwards_is_found(
    lines: list[bytes], tamper: Callable[[list[bytes]], list[bytes]], where: list[int]
) -> None:
    assert find_breaks(tamper(lines)) == where


def test_what_a_purge_took_is_not_missed_when_its_own_line_says_so(tmp_path: Path, lines: list[bytes]) -> None:
    (tmp_path / FICHIER).write_bytes(b"".join(line + b"\n" for line in lines[3:]))

    append_line(tmp_path, NOW, "purge", {"ancre": read_anchor(tmp_path)})

    assert find_breaks(read_lines(tmp_path)) == []


def test_lines_older_than_the_chain_come_first(tmp_path: Path) -> None:
    (tmp_path / FICHIER).write_bytes(b'{"instant":"2026-10-01T08:00:00Z","commande":"purge"}\n')

    append_line(tmp_path, NOW, "purge", {})

    assert find_breaks(read_lines(tmp_path)) == []


def test_a_line_that_a_kill_cut_short_is_no_tampering(tmp_path: Path, lines: list[bytes]) -> None:
    (tmp_path / FICHIER).write_bytes(b"\n".join(lines)[:-20])

    append_line(tmp_path, NOW, "purge", {})

    assert find_breaks(read_lines(tmp_path)) == []


def test_a_line_of_any_length_is_followed(tmp_path: Path, lines: list[bytes]) -> None:
    append_line(tmp_path, NOW, "tableaux connexion", {"portee": "x" * 200_000})
    append_line(tmp_path, NOW, "purge", {})

    assert find_breaks(read_lines(tmp_path)) == []


def test_a_line_is_whole_even_if_the_system_takes_it_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[:7]))
    append_line(tmp_path, NOW, "purge", {"lignes": 1})
    append_line(tmp_path, NOW, "purge", {"lignes": 2})

    assert [orjson.loads(line)["lignes"] for line in read_lines(tmp_path)] == [1, 2]
    assert find_breaks(read_lines(tmp_path)) == []


def test_a_line_that_a_full_disk_cuts_short_is_an_error_and_the_next_one_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[bytes]
) -> None:
    write, taken = os.write, [5]

    def fill(handle: int, data: bytes) -> int:
        if not taken:
            raise OSError(errno.ENOSPC, "disque plein")
        return write(handle, bytes(data)[: taken.pop()])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", fill)
        with pytest.raises(OSError, match="disque plein"):
            append_line(tmp_path, NOW, "purge", {})
    append_line(tmp_path, NOW, "purge", {})

    assert len(read_lines(tmp_path)) == len(lines) + 2
    assert find_breaks(read_lines(tmp_path)) == []
