"""A body that doesn't come is not waited for without end, and who waits is told so, not cut off."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from unittest.mock import Mock

import pytest
from starlette.requests import Request
from starlette.types import Message

from ingest.collecte.application import receive
from ingest.collecte.mesures import Mesures
from ingest.collecte.patience import Patience
from ingest.collecte.reception import Reception
from ingest.errors import CorpsRefuse

T = TypeVar("T")


def run(steps: Coroutine[None, None, str]) -> str:
    """On a loop of its own, whatever runs in this thread."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, steps).result()


async def begin(steps: Coroutine[None, None, T]) -> asyncio.Task[T]:
    """A task, once it waits for its body."""
    task = asyncio.create_task(steps)
    await asyncio.sleep(0.01)
    return task


async def wait_for_body(patience: Patience) -> str:
    try:
        with patience:
            await asyncio.sleep(60)
    except TimeoutError:
        await asyncio.sleep(0)  # the answer can be sent: the task goes on
        return "en retard"
    return "arrivé"


def test_a_body_that_is_late_is_told_of_at_the_next_look() -> None:
    async def steps() -> str:
        patience = Patience(duree_s=0.0)
        task = await begin(wait_for_body(patience))
        patience.look()
        return await task

    assert run(steps()) == "en retard"


def test_a_body_on_its_way_is_left_alone() -> None:
    async def steps() -> str:
        patience = Patience(duree_s=30.0)
        task = await begin(wait_for_body(patience))
        patience.look()
        done, _ = await asyncio.wait([task], timeout=0.05)
        task.cancel()
        return "attend" if not done else task.result()

    assert run(steps()) == "attend"


def test_a_request_whose_body_has_come_is_never_late() -> None:
    async def steps() -> str:
        patience = Patience(duree_s=0.0)
        with patience:
            pass
        await asyncio.sleep(0.01)
        patience.look()
        await asyncio.sleep(0.01)
        return "servi"

    assert run(steps()) == "servi"


def test_a_beacon_whose_body_does_not_come_is_told_408(tmp_path: Path) -> None:
    async def steps() -> str:
        reception = Reception(Mock(), Mock(), Mesures(), tmp_path, 0, patience=Patience(duree_s=0.0))
        scope = {"type": "http", "method": "POST", "headers": [(b"content-length", b"3")]}
        task = await begin(receive(Request(scope, _nothing_more), reception, 10))
        reception.patience.look()
        with pytest.raises(CorpsRefuse) as refus:
            await task
        return f"{refus.value.statut} {refus.value.message}"

    assert run(steps()) == "408 Le corps n'est pas arrivé en 30 s. Recommencez."


async def _nothing_more() -> Message:
    await asyncio.sleep(60)
    raise AssertionError("nobody waits that long")


def test_a_server_that_ends_a_late_request_ends_it() -> None:
    async def steps() -> str:
        patience = Patience(duree_s=0.0)
        task = await begin(wait_for_body(patience))
        task.cancel()
        patience.look()
        return await task

    with pytest.raises(asyncio.CancelledError):
        run(steps())
