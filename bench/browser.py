"""Serve the boards of a data folder as a user does, and say how Chromium is started: for pictures and for tests.

It must not look at a page.
"""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_TRIES, _PAUSE_S = 450, 0.2  # a région takes seconds to open, minutes never


@contextmanager
def serve_boards(donnees: Path) -> Iterator[str]:
    """Address of `dnma serve` on a free port; ended by its own handle. Raises TimeoutError when it doesn't answer."""
    port = free_port()
    command = [sys.executable, "-m", "dnma", "serve", "--donnees", str(donnees), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(address: str) -> None:
    for _ in range(_TRIES):
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            time.sleep(_PAUSE_S)
        else:
            return
    raise TimeoutError(address)
