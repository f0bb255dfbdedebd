"""A collector killed at any instant under load loses nothing that it acknowledged, and counts nothing twice."""

import os
import resource
import signal
import time
from pathlib import Path

import orjson

from bench.collecte.coupures import run_campaign
from bench.collecte.envois import Editeur, build_batch, make_lines
from bench.collecte.servie import Dossiers, Servie, collecting
from bench.collecte.tir import Connexion, Reponse
from ingest.collecte.remise import hand_over
from ingest.pipeline import Lake
from marking_plan import load_plan
from marking_plan.lake import read_manifests


def test_kills_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    found = run_campaign(tmp_path / "collecte", coupures=3, graine=7)

    assert (found.perdus, found.comptes_deux_fois) == (0, 0)
    assert found.acquittes > 1000


def test_a_collector_that_can_not_write_refuses_then_starts_anew_and_knows_what_it_had(tmp_path: Path) -> None:
    """The system itself refuses: the files of the process may not grow any more."""
    dossiers, editeur = Dossiers(tmp_path / "collecte"), Editeur.make("banc")
    dossiers.declare(editeur.describe())
    lots = [build_batch(editeur, f"lot-{n}", make_lines(100 * n, 100)) for n in range(3)]
    with collecting(dossiers, "--reserve-mio", "1") as servie:
        assert ask(servie, lots[0]).statut == 200
        (worker,) = servie.workers()
        (segment,) = (dossiers.donnees / "journal").glob("*.ouvert")
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (segment.stat().st_size + 100, resource.RLIM_INFINITY))
        refused = ask(servie, lots[1])
        assert (refused.statut, b"erreur" in refused.corps) == (503, True)
        wait_for_another(servie, worker)
        answers = [orjson.loads(ask(servie, lot).corps) for lot in lots]

    assert [answer["acceptes"] for answer in answers] == [0, 100, 100]
    list(hand_over(Lake(dossiers.donnees, dossiers.cles, load_plan())))
    assert sum(manifest.kept for manifest in read_manifests(dossiers.donnees)) == 300


def test_a_process_whose_parent_was_killed_lets_go_of_the_journal(tmp_path: Path) -> None:
    dossiers, editeur = Dossiers(tmp_path / "collecte"), Editeur.make("banc")
    dossiers.declare(editeur.describe())
    with collecting(dossiers, "--reserve-mio", "1") as servie:
        (worker,) = servie.workers()
        os.kill(servie.processus.pid, signal.SIGKILL)
        servie.processus.wait()
        end = time.monotonic() + 30
        while Path(f"/proc/{worker}").exists():
            assert time.monotonic() < end
            time.sleep(0.1)
    with collecting(dossiers, "--reserve-mio", "1") as servie:
        assert ask(servie, build_batch(editeur, "lot", make_lines(0, 10))).statut == 200


def ask(servie: Servie, request: bytes) -> Reponse:
    """The answer to one request."""
    connexion = Connexion(servie.port)
    try:
        return connexion.ask(request)
    finally:
        connexion.close()


def wait_for_another(servie: Servie, worker: int) -> None:
    """Wait until another process answers."""
    end = time.monotonic() + 60
    while worker in servie.workers() or not servie.workers():
        assert time.monotonic() < end
        time.sleep(0.1)
    servie.wait()
