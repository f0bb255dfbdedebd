"""What the collector does now and then: close the segment, then have it handed over and published by commands of their own.

It must not know what the commands are: they are given. They run beside, so that receiving goes on while they work.
"""

import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.collecte import traces
from ingest.collecte.mesures import Mesures
from ingest.collecte.poste import Poste

Commande = Sequence[str]


@dataclass
class Cadence:
    """`run` works on its own thread until `stop`. A command that fails is told of, the next turn tries again."""

    poste: Poste
    mesures: Mesures
    periode_s: float
    commandes: Sequence[Commande]
    _stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """One turn each period, until `stop`."""
        while not self._stopped.wait(self.periode_s):
            self.poste.rotate()
            for commande in self.commandes:
                if not self._run(commande):
                    break

    def stop(self) -> None:
        """Leave `run` once the command that works has ended."""
        self._stopped.set()

    def _run(self, commande: Commande) -> bool:
        done = subprocess.run(commande, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.mesures.count_passage("echoue" if done.returncode else "reussi")
        if done.returncode:
            traces.tell("passage", commande=commande[-1], code=done.returncode, message=done.stderr[-500:])
        return done.returncode == 0
