"""Whatever the disk does, an event that was acknowledged is in the lake once; what can't be written is told, never accepted."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.collecte.poste import Poste
from ingest.collecte.remise import hand_over
from ingest.errors import JournalArrete
from ingest.journal import segments
from ingest.pipeline import Lake
from marking_plan import load_plan
from tests.ingest.collecte.collecte import ask, envoi, event, stored, working

LOTS, PAR_LOT = 8, 5
Appel = Callable[..., object]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "d", tmp_path / "k", load_plan())


class Panne:
    """Makes one call of the journal to the system fail, the `rang`-th; what was written before may stay."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, nom: str, rang: int, code: int, moitie: bool = False) -> None:
        self._vrai: Appel = getattr(os, nom)
        self._rang, self._code, self._moitie, self._appels = rang, code, moitie, 0
        self.survenue = False
        monkeypatch.setattr(segments, "os", _Systeme(nom, self))

    def __call__(self, *args: object) -> object:
        self._appels += 1
        if self._appels != self._rang:
            return self._vrai(*args)
        self.survenue = True
        if self._moitie:
            handle, octets = args
            assert isinstance(octets, memoryview)
            self._vrai(handle, octets[: len(octets) // 2])
        raise OSError(self._code, os.strerror(self._code))


class _Systeme:
    """The module `os`, with one function replaced."""

    def __init__(self, nom: str, panne: Panne) -> None:
        setattr(self, nom, panne)

    def __getattr__(self, nom: str) -> object:
        return getattr(os, nom)


def send_all(poste: Poste) -> set[int]:
    """Numbers of the batches that were acknowledged, each sent alone."""
    acquittes = set()
    for lot in range(LOTS):
        try:
            verdict = ask(poste, envoi([event(lot * PAR_LOT + n) for n in range(PAR_LOT)])).result()
        except JournalArrete:
            continue
        assert verdict.acceptes + verdict.doublons == PAR_LOT
        acquittes.add(lot)
    return acquittes


PANNES = {
    "disk full": ("write", errno.ENOSPC, False),
    "disk full in the middle of a write": ("write", errno.ENOSPC, True),
    "input or output error": ("write", errno.EIO, True),
    "failed wait for the disk": ("fdatasync", errno.EIO, False),
    "no new file": ("open", errno.ENOSPC, False),
}


@pytest.mark.parametrize("rang", [1, 2, 4, 7])
@pytest.mark.parametrize("panne", PANNES)
def test_no_acknowledged_event_is_lost_and_a_resend_counts_once(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, panne: str, rang: int
) -> None:
    nom, code, moitie = PANNES[panne]
    with working(lake) as poste:
        injected = Panne(monkeypatch, nom, rang, code, moitie)
        acquittes = send_all(poste)
    monkeypatch.undo()
    assert injected.survenue == (len(acquittes) < LOTS)

    with working(lake) as poste:  # as the process that is started anew
        assert send_all(poste) == set(range(LOTS))
    list(hand_over(lake))

    assert len(stored(lake.donnees)) == LOTS * PAR_LOT
    assert stored(lake.donnees)["id"].n_unique() == LOTS * PAR_LOT


def test_nothing_is_accepted_after_a_failure_until_a_new_start(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    with working(lake) as poste:
        Panne(monkeypatch, "fdatasync", 2, errno.EIO)
        with pytest.raises(JournalArrete, match="redémarrez"):
            ask(poste, envoi([event(0)])).result()
        with pytest.raises(JournalArrete):
            ask(poste, envoi([event(1)]))
        poste.rotate()  # returns, though nothing works any more


@pytest.mark.parametrize("debut", [0, 20, -40], ids=["first frame", "lists", "last batch"])
def test_damage_is_reported_and_the_rest_comes_in(lake: Lake, debut: int) -> None:
    with working(lake) as poste:
        for lot in range(4):
            ask(poste, envoi([event(lot)])).result()
    (segment,) = (lake.donnees / "journal").glob("*.segment")
    octets = bytearray(segment.read_bytes())
    octets[debut : debut + 8] = b"\xff" * 8
    segment.write_bytes(octets)

    (result,) = hand_over(lake)

    assert result.octets_abimes > 0
    assert result.manifest.kept == (3 if debut < 0 else 4)
    assert not segment.exists()
    assert segment.with_suffix(".abime").read_bytes() == octets


@pytest.mark.parametrize("coupe", [1, 5, 11, 13, 200])
def test_a_tail_that_a_crash_cut_short_is_no_damage(lake: Lake, coupe: int) -> None:
    with working(lake) as poste:
        for lot in range(3):
            ask(poste, envoi([event(lot)])).result()
    (segment,) = (lake.donnees / "journal").glob("*.segment")
    octets = segment.read_bytes()
    segment.unlink()
    segment.with_suffix(".ouvert").write_bytes(octets + octets[:coupe])

    (result,) = hand_over(lake)

    assert (result.octets_abimes, result.manifest.kept) == (0, 3)
