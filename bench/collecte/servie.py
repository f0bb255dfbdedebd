"""A collector on a port of its own, as an operator starts it: `dnma collect` in a process.

It must not send anything to it but a look at its health.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.browser import free_port

PATIENCE_S = 180.0  # on a machine where nothing is compiled yet


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Where a collector keeps things, under one folder."""

    racine: Path

    @property
    def donnees(self) -> Path:
        """The lake."""
        return self.racine / "donnees"

    @property
    def cles(self) -> Path:
        """The keys."""
        return self.racine / "cles"

    @property
    def table(self) -> Path:
        """The table of senders."""
        return self.racine / "expediteurs.toml"

    def declare(self, table: str) -> None:
        """Write the table of senders, closed to others."""
        self.racine.mkdir(parents=True, exist_ok=True)
        fresh = self.table.with_suffix(".tmp")
        fresh.write_text(table, "utf-8")
        fresh.chmod(0o600)
        fresh.replace(self.table)


@dataclass(frozen=True, slots=True)
class Servie:
    """A collector at work."""

    port: int
    processus: subprocess.Popen[bytes]
    journal: Path

    @property
    def traces(self) -> str:
        """What it wrote in its log."""
        return self.journal.read_text("utf-8")

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.processus.pid}/task/{self.processus.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill(self) -> None:
        """Kill it whole, at once."""
        for pid in [self.processus.pid, *self.workers()]:
            os.kill(pid, signal.SIGKILL)
        self.processus.wait()

    def stop(self) -> None:
        """End it as an operator does, and wait."""
        self.processus.send_signal(signal.SIGTERM)
        self.processus.wait(PATIENCE_S)

    def wait(self) -> None:
        """Wait until it answers. Raises RuntimeError when it ends, or doesn't."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.processus.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante", timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the collector does not answer: {self.traces}")


def start(dossiers: Dossiers, *options: str, programme: tuple[str, ...] = ("-m", "dnma", "collect")) -> Servie:
    """Start a collector without waiting for it; `options` are those of the command."""
    port, journal = free_port(), dossiers.racine / "traces.jsonl"
    command = [sys.executable, *programme, "--donnees", str(dossiers.donnees), "--expediteurs", str(dossiers.table)]
    environment = {**os.environ, "DNMA_CLES": str(dossiers.cles)}
    with journal.open("ab") as output:
        processus = subprocess.Popen(
            [*command, "--port", str(port), *options],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=output,
        )
    return Servie(port, processus, journal)


@contextmanager
def collecting(dossiers: Dossiers, *options: str) -> Iterator[Servie]:
    """A collector that answers, ended when the block is."""
    servie = start(dossiers, *options)
    try:
        servie.wait()
        yield servie
    finally:
        if servie.processus.poll() is None:
            servie.stop()
