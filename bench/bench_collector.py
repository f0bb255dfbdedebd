"""What a collector takes in: batches of 100 durable before the answer, single events beside an empty 204, memory over the run.

It must not assert a time. Server, client and disk share the machine; all is measured in one run, rounds by turns.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.collecte.envois import Editeur, build_batch, build_beacon, build_request, describe_site, make_lines
from bench.collecte.servie import Dossiers, Servie, start
from bench.collecte.tir import Reponse, fire
from bench.collecte.vide import ADRESSE

LOT, ROUNDS = 100, 5
CONNEXIONS_LOTS, LOTS = 32, 60  # a round: 192,000 events
CONNEXIONS_SEULS, SEULS = 128, 60  # a round: 7,680 events
_BYTES_OF_A_BEACON = 150
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Manche:
    """One round: answers a second, milliseconds of the answers."""

    par_seconde: float
    durees_ms: list[float]

    @property
    def p99_ms(self) -> float:
        """What 99 answers of a hundred take at most."""
        return statistics.quantiles(self.durees_ms, n=100)[98]


class Banc:
    """A collector, and numbers of events that were never sent to it."""

    def __init__(self, servie: Servie, editeur: Editeur) -> None:
        self._servie, self._editeur, self._numero = servie, editeur, 0

    def batches(self) -> Manche:
        """A round of batches."""
        return self._fire(CONNEXIONS_LOTS, LOTS, self._make_batch)

    def singles(self) -> Manche:
        """A round of single events, as a tag sends them."""
        return self._fire(CONNEXIONS_SEULS, SEULS, self._make_beacon)

    def empties(self) -> Manche:
        """A round of requests that are read and answered."""
        return self._fire(CONNEXIONS_SEULS, SEULS, self._make_empty)

    def memory_mib(self) -> float:
        """What the worker holds, shared pages included."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self._servie.workers())
        return pages * _PAGE / 2**20

    def _make_batch(self) -> bytes:
        self._numero += LOT
        return build_batch(self._editeur, f"lot-{self._numero}", make_lines(self._numero, LOT))

    def _make_beacon(self) -> bytes:
        self._numero += 1
        return build_beacon(self._numero)

    def _make_empty(self) -> bytes:
        return build_request("POST", ADRESSE, {"content-type": "text/plain"}, b"x" * _BYTES_OF_A_BEACON)

    def _fire(self, connexions: int, chacune: int, make: Callable[[], bytes]) -> Manche:
        requests = [[make() for _ in range(chacune)] for _ in range(connexions)]
        answers, duree_s = fire(self._servie.port, requests)
        _check(answers)
        return Manche(len(answers) / duree_s, [answer.duree_s * 1000 for answer in answers])


def _check(answers: Sequence[Reponse]) -> None:
    """A bench that measures refusals measures nothing."""
    expected = f'"acceptes":{LOT},"doublons":0,"refuses":[]'.encode()
    assert all(a.statut == 204 or (a.statut == 200 and expected in a.corps) for a in answers), answers[0]


def main() -> None:
    """`python -m bench.bench_collector [rounds]`."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        dossiers, editeur = Dossiers(Path(folder) / "collecte"), Editeur.make("banc")
        dossiers.declare(editeur.describe() + describe_site())
        servie = start(dossiers, programme=("-m", "bench.collecte.vide"))
        try:
            servie.wait()
            report(Banc(servie, editeur), rounds)
        finally:
            servie.stop()


def report(banc: Banc, rounds: int) -> None:
    """Measure by turns, and print."""
    banc.batches(), banc.singles()  # warm
    lots, seuls, vides, memoire = [], [], [], []
    for _ in range(rounds):
        lots.append(banc.batches())
        vides.append(banc.empties())
        seuls.append(banc.singles())
        memoire.append(banc.memory_mib())
        time.sleep(0.5)
    ratios = [seul.par_seconde / vide.par_seconde for seul, vide in zip(seuls, vides, strict=True)]
    _print(f"lots de {LOT}, {CONNEXIONS_LOTS} connexions, événements/s", [m.par_seconde * LOT for m in lots])
    _print("  p99 d'un lot, ms", [m.p99_ms for m in lots])
    _print(f"événements seuls, {CONNEXIONS_SEULS} connexions, /s", [m.par_seconde for m in seuls])
    _print("  p99, ms", [m.p99_ms for m in seuls])
    _print("204 vide, même serveur, même client, /s", [m.par_seconde for m in vides])
    print(f"seuls / vides : médiane {statistics.median(ratios):.2f} ({', '.join(f'{r:.2f}' for r in ratios)})")
    print(f"mémoire du serveur, Mio, à chaque tour : {', '.join(f'{m:.0f}' for m in memoire)}")


def _print(what: str, values: list[float]) -> None:
    print(f"{what} : médiane {statistics.median(values):,.0f} ({', '.join(f'{v:,.0f}' for v in values)})")


if __name__ == "__main__":
    main()
