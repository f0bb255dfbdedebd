"""What the collector does now and then: close the segment, then have it handed over and published by commands of their own.

It must not know what the commands are: they are given. They run beside, so that receiving goes on while they work.
"""

import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.collecte import traces
from ingest.collecte.mesures import Mesures
from ingest.collecte.poste import Poste
from ingest.journal.segments import list_closed
from marking_plan.semaines import today

Commande = Sequence[str]
_NOM = 3  # after `python -m dnma`
_PHRASE = "Erreur :"  # a sentence of ours; a traceback may hold anything, and is not shown


@dataclass
class Cadence:
    """`run` works on its own thread until `stop`. A command that fails is told of, the next turn tries again.

    A turn without anything new is skipped: nothing received since the last one that went well, on the same day.
    """

    donnees: Path
    poste: Poste
    mesures: Mesures
    periode_s: float
    commandes: Sequence[Commande]
    _stopped: threading.Event = field(default_factory=threading.Event)
    _fait_le: date | None = None

    def run(self) -> None:
        """One turn each period, until `stop`."""
        while not self._stopped.wait(self.periode_s):
            self.poste.rotate()
            jour = today()
            if self._fait_le != jour or list_closed(self.donnees):
                self._fait_le = jour if all(self._run(commande) for commande in self.commandes) else None

    def stop(self) -> None:
        """Leave `run` once the command that works has ended."""
        self._stopped.set()

    def _run(self, commande: Commande) -> bool:
        done = subprocess.run(commande, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.mesures.count_passage("echoue" if done.returncode else "reussi")
        if done.returncode:
            phrase = done.stderr.strip() if done.stderr.startswith(_PHRASE) else None
            traces.tell("passage", commande=commande[_NOM], code=done.returncode, message=phrase)
        return done.returncode == 0
