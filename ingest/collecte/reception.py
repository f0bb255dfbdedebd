"""What the collector holds while it runs: the post, who may send, what was measured; one request's events go through here.

It must not know HTTP: addresses, headers and bodies are for application.py.
"""

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.collecte.corps import Corps
from ingest.collecte.expediteurs import Expediteur, Registre, Site
from ingest.collecte.groupe import Envoi, Verdict
from ingest.collecte.mesures import Mesures
from ingest.collecte.patience import Patience
from ingest.collecte.poste import Poste
from ingest.dialects.xiti import Ecoles
from ingest.errors import DisqueReserve, FilePleine
from ingest.journal.segments import list_closed, list_damaged

ENCOURS_MAX = 16 * 1024 * 1024  # bytes of bodies being received or read, all requests together


@dataclass
class Reception:
    """One collector at work. Used on the event loop alone, but for the post, which has its thread."""

    poste: Poste
    registre: Registre
    mesures: Mesures
    donnees: Path
    reserve_octets: int
    ecoles_xiti: Ecoles = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)
    lecteur: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "lecture"))
    _encours: int = 0
    _disque_bas: bool = False

    def watch(self) -> None:
        """To be called each second: bodies may be late, the table of senders may have changed, the disk may be nearly full."""
        self.patience.look()
        self.registre.refresh()
        libre = shutil.disk_usage(self.donnees).free
        self._disque_bas = libre < self.reserve_octets
        clos, abimes = len(list_closed(self.donnees)), len(list_damaged(self.donnees))
        self.mesures.put_state(self.poste, libre, clos, abimes)

    @property
    def defaut(self) -> str | None:
        """Why nothing is accepted, or None."""
        if self.poste.defaut is not None:
            return "journal"
        return "disque" if self._disque_bas else None

    def hold(self, octets: int) -> None:
        """Count bytes of a body that is being received; `release` them. Raises FilePleine when too many are."""
        if self._encours + octets > ENCOURS_MAX:
            raise FilePleine("Trop d'envois sont en cours de réception. Recommencez dans quelques secondes.")
        self._encours += octets

    def release(self, octets: int) -> None:
        """Bytes that are held no more."""
        self._encours -= octets

    @contextmanager
    def holding(self, octets: int) -> Iterator[None]:
        """Count bytes as held during the block. Raises FilePleine when too many are."""
        self.hold(octets)
        try:
            yield
        finally:
            self.release(octets)

    async def take(self, declared: Expediteur | Site, corps: Corps) -> Verdict:
        """Have the events of one request judged, and wait until they are on the disk.

        A large request goes part by part: what a failure leaves behind of it is known when it is sent again.
        Raises DisqueReserve, DebitDepasse, SignatureRefusee, FilePleine, JournalArrete.
        """
        self.registre.find_debit(declared.code).take(corps.nombre)
        verdicts, debut = [], 0
        for morceau in corps.morceaux:
            self.check_room()
            envoi = Envoi(morceau.lignes, morceau.nombre, declared.perimetre)
            promesse: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
            self.poste.submit(envoi, promesse)
            verdicts.append((debut, await promesse))
            debut += morceau.nombre
        return self._sum(declared.code, verdicts)

    def check_room(self) -> None:
        """Raises DisqueReserve while the disk is nearly full."""
        if self._disque_bas:
            raise DisqueReserve(
                "Le disque du collecteur est presque plein : rien n'est accepté. Recommencez plus tard."
            )

    def _sum(self, code: str, verdicts: list[tuple[int, Verdict]]) -> Verdict:
        total = verdicts[0][1] if len(verdicts) == 1 else _add_up(verdicts)
        self.mesures.count_verdict(code, total)
        return total


def _add_up(verdicts: list[tuple[int, Verdict]]) -> Verdict:
    """What became of a whole request, from its parts, each with the index of its first event."""
    refuses = tuple((debut + index, motif) for debut, verdict in verdicts for index, motif in verdict.refuses)
    return Verdict(sum(v.acceptes for _, v in verdicts), sum(v.doublons for _, v in verdicts), refuses)
