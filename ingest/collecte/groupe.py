"""Judge the events of several requests in one pass, and tell each request what became of its own.

It must not write, nor know HTTP: what it gives is to be on the disk before anybody is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from ingest.blocks import PADDING, Block
from ingest.collecte.connus import Connus
from ingest.collecte.perimetre import Perimetre
from ingest.dialects import natif
from ingest.dialects.json_lines import Decoder
from ingest.lake.identite import Cles
from ingest.lake.periodes import Periodes
from ingest.lines.batch import Batch, Flags, Ints
from ingest.lines.pseudonymes import Kept, Membres
from ingest.lines.steps import Context, Judged, refuse, run_steps
from ingest.passage import Done, finish_batch
from ingest.pipeline import Lake
from marking_plan.etats import GRACE
from marking_plan.semaines import PARIS, monday

HORS_PERIMETRE: Final = "hors_perimetre"
PERIODE_CLOSE: Final = "periode_close"
_FRESH = timedelta(seconds=1)  # the states of periods are looked at again after that long


@dataclass(frozen=True, slots=True)
class Envoi:
    """Events of one request: native lines, each ended by a newline, and the schools that its sender may speak of."""

    lignes: bytes
    nombre: int
    perimetre: Perimetre


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the events of a request. `refuses` gives motifs by index; nombre = acceptes + doublons + refuses + blank lines."""

    acceptes: int
    doublons: int
    refuses: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Sort:
    """What becomes of each line of a group: whether it holds an event, the rank of its motif (0: kept), whether it was known."""

    lu: Flags
    motif: npt.NDArray[np.uint8]
    connu: Flags


class Juge:
    """Judges groups one after the other, on one thread; `lignes` counts the lines seen, which gives each its number."""

    def __init__(self, lake: Lake, cles: Cles, connus: Connus) -> None:
        self._lake, self._cles, self._connus = lake, cles, connus
        self._context = _look(lake)
        self._looked = self._context.now
        self._decoder = Decoder(natif.fields(lake.plan.champs_personnels), self._context.motifs)
        self._lignes = 0
        self.plan_version = lake.plan.version

    def judge(self, envois: Sequence[Envoi]) -> tuple[list[Done], list[Verdict]]:
        """What is to be written of a group, and what each request is told once it is."""
        self._refresh(datetime.now(UTC))
        block, debuts = _join(envois)
        fin = int(debuts[-1])
        sort = _Sort(np.zeros(fin, np.bool_), np.zeros(fin, np.uint8), np.zeros(fin, np.bool_))
        decoded = self._decoder(block)
        dones = [self._judge_batch(batch, envois, debuts, sort) for batch in decoded.batches if batch.height]
        if dones:
            dones[0].tally.ignored.update(decoded.ignored)
        self._lignes += fin
        names = {rank: motif for motif, rank in self._context.motifs.items()}
        return dones, _tell(sort, debuts, names)

    def _refresh(self, now: datetime) -> None:
        """Judge by the clock of this moment: by an earlier one, what browsers have just sent would seem to come from ahead."""
        if now - self._looked > _FRESH:
            self._context, self._looked = _look(self._lake), now
            self._connus.forget(last_refused(now))
        self._context = replace(self._context, now=now)

    def _judge_batch(self, batch: Batch, envois: Sequence[Envoi], debuts: Ints, sort: _Sort) -> Done:
        judged = run_steps(batch, self._context)
        self._check_age(judged)
        places = batch.ligne - 1
        self._check_scope(judged, envois, np.searchsorted(debuts, places, side="right") - 1)
        done = finish_batch(judged, self._context, self._cles)
        new = self._connus.add(done.kept)
        sort.lu[places], sort.motif[places] = True, batch.motif
        sort.connu[places[batch.motif == 0]] = ~new
        done.tally.known, done.tally.stored = int((~new).sum()), int(new.sum())
        refused = done.refused
        if refused.height:
            refused = refused.with_columns(refused["ligne"] + self._lignes)
        return Done(_keep(done.kept, new), refused, done.tally)

    def _check_scope(self, judged: Judged, envois: Sequence[Envoi], of_line: Ints) -> None:
        """Refuse the lines about schools that their sender may not speak of (trust.md C3)."""
        perimetres = {perimetre: rank for rank, perimetre in enumerate({envoi.perimetre: None for envoi in envois})}
        ranks = np.array([perimetres[envoi.perimetre] for envoi in envois])[of_line]
        allowed = np.array([[p.admits(uai) for uai in judged.uais] for p in perimetres], dtype=np.bool_)
        refuse(judged, self._context, HORS_PERIMETRE, ~allowed[ranks, judged.columns["uai"]])

    def _check_age(self, judged: Judged) -> None:
        """Refuse lines so late that their week may be sealed before the journal is handed over."""
        last = last_refused(self._context.now)
        late = np.array([periode.semaine <= last for periode in judged.periodes], dtype=np.bool_)
        refuse(judged, self._context, PERIODE_CLOSE, late[judged.columns["periode"]])


def last_refused(now: datetime) -> date:
    """Monday of the last week that is too old: it ended the grace ago, a day short, which a journal never outlives."""
    return monday(now.astimezone(PARIS).date() + timedelta(days=1) - GRACE) - timedelta(days=7)


def _look(lake: Lake) -> Context:
    """The clock, and the states of periods as they are now."""
    return Context(lake.plan, datetime.now(UTC), Periodes(lake.donnees, lake.plan))


def _join(envois: Sequence[Envoi]) -> tuple[Block, Ints]:
    """The lines of all requests as one block, and the rank of the first line of each, then of what follows the last."""
    octets = b"".join(envoi.lignes for envoi in envois)
    debuts = np.cumsum([0, *(envoi.nombre for envoi in envois)])
    return Block(1, int(debuts[-1]), bytearray(octets + bytes(PADDING)), len(octets)), debuts


def _keep(kept: Kept, rows: Flags) -> Kept:
    """The lines of these rows, and the members of their schools: others were known with their events."""
    if rows.all():
        return kept
    by_row = {name: getattr(kept, name)[rows] for name in ("instant", "visiteur", "id", "has_id")}
    codes = {name: column[rows] for name, column in kept.codes.items()}
    there = np.isin(kept.membres.uai, codes["uai"])
    membres = Membres(**{name: getattr(kept.membres, name)[there] for name in Membres.__slots__})
    return replace(kept, **by_row, codes=codes, membres=membres)


def _tell(sort: _Sort, debuts: Ints, names: dict[int, str]) -> list[Verdict]:
    """What each request of the group is told."""
    refused = np.flatnonzero(sort.motif)
    owners = np.searchsorted(debuts, refused, side="right") - 1
    refuses: dict[int, list[tuple[int, str]]] = {}
    for line, owner in zip(refused.tolist(), owners.tolist(), strict=True):
        refuses.setdefault(owner, []).append((line - int(debuts[owner]), names[int(sort.motif[line])]))
    lus, connus = (_sum_by_request(flags, debuts) for flags in (sort.lu, sort.connu))
    counts = enumerate(zip(lus, connus, strict=True))
    told = ((lu, connu, tuple(refuses.get(number, ()))) for number, (lu, connu) in counts)
    return [Verdict(lu - connu - len(motifs), connu, motifs) for lu, connu, motifs in told]


def _sum_by_request(flags: Flags, debuts: Ints) -> list[int]:
    sums = np.concatenate([[0], np.cumsum(flags)])[debuts]
    counts: list[int] = np.diff(sums).tolist()
    return counts
