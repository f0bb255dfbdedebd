"""How long a body is waited for: one look a second at those that are still coming, instead of a timer for each.

It must not read a body. Used on the event loop alone.
"""

import asyncio
import time
from typing import Any, Final

RECEPTION_S: Final = 30.0  # a body that takes longer is not waited for


class Patience:
    """The requests whose bodies are coming. `look` is to be called each second."""

    def __init__(self, duree_s: float = RECEPTION_S) -> None:
        self._duree_s = duree_s
        self._since: dict[asyncio.Task[Any], float] = {}
        self._late: set[asyncio.Task[Any]] = set()

    def __enter__(self) -> None:
        """Wait no longer than that in the block, in which the task waits for its body. Raises TimeoutError, at the first look after."""
        task = asyncio.current_task()
        assert task is not None, "a request is a task"
        self._since[task] = time.monotonic()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        task = asyncio.current_task()
        assert task is not None, "a request is a task"
        del self._since[task]
        if task in self._late:
            self._late.discard(task)
            ours_alone = task.uncancel() == 0
            if ours_alone and isinstance(error, asyncio.CancelledError):
                raise TimeoutError from error

    def look(self) -> None:
        """Interrupt the requests whose bodies are late."""
        now = time.monotonic()
        for task, since in list(self._since.items()):
            if now - since > self._duree_s and task not in self._late:
                self._late.add(task)
                task.cancel()
