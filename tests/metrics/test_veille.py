"""A publication is taken up ahead of its readers: they stay on the former until it is warm, and nobody waits for more."""

import gc
import logging
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.referentiels import load_annuaire
from marking_plan import load_plan
from metrics.errors import PublicationAbsente
from metrics.lecture import Lecteur
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Editions
from metrics.lecture.veille import Veille
from metrics.publication import publish
from metrics.store import current_publication
from metrics.tableau import TOUT
from tests.engine import NOW, ingest_files, write_annuaire, write_events

UAI = "0342332A"
PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of one school, published twice."""
    folder = tmp_path_factory.mktemp("veille")
    donnees = folder / "donnees"
    load_annuaire(donnees, write_annuaire(folder / "a.csv", [{"uai": UAI, **PLACE}]), "2025-2026")
    event = {"instant": "2025-10-06T10:00:00+02:00", "uai": UAI, "visiteur": "v", "plateforme": "A"}
    ingest_files(donnees, write_events(folder / "e.ndjson", [event]))
    for _ in range(2):
        publish(donnees, load_plan(), politique="exacte", now=NOW)
    return donnees


@pytest.fixture
def donnees(modele: Path, tmp_path: Path) -> Path:
    """Both publications, the first in force."""
    shutil.copytree(modele / "publication", tmp_path / "publication")
    point(tmp_path, 1)
    return tmp_path


@pytest.fixture
def lecteur(donnees: Path) -> Lecteur:
    return Lecteur(donnees, load_plan())


@pytest.fixture
def veille(lecteur: Lecteur) -> Iterator[Veille]:
    """Not started: a test looks when it wants to. Ended whatever happens, so that no thread outlives it."""
    veille = lecteur.watch()
    yield veille
    veille.stop()


def point(donnees: Path, numero: int) -> None:
    (donnees / "publication" / "courant").write_text(f"dnma-{numero}.duckdb\n", "utf-8")


def wait_for(lecteur: Lecteur, numero: int) -> int:
    end = time.monotonic() + 20
    while (found := lecteur.publication().numero) != numero and time.monotonic() < end:
        time.sleep(0.01)
    return found


def test_readers_stay_on_the_former_publication_until_the_next_is_warm(donnees: Path) -> None:
    editions, seen = Editions(donnees, load_plan()), list[tuple[int, int]]()

    def warm(edition: Edition) -> None:
        seen.append((edition.publication.numero, editions.current().publication.numero))

    editions.take_up(current_publication(donnees), warm)
    point(donnees, 2)
    before = editions.current().publication.numero
    editions.take_up(current_publication(donnees), warm)

    assert seen == [(1, 1), (2, 1)]
    assert (before, editions.current().publication.numero) == (1, 2)


def test_a_started_watch_takes_up_the_next_publication_and_its_thread_ends(
    donnees: Path, lecteur: Lecteur, veille: Veille, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics.lecture.veille._REGARD_S", 0.01)
    veille.start()
    first = wait_for(lecteur, 1)
    point(donnees, 2)
    second = wait_for(lecteur, 2)
    veille.stop()

    assert (first, second) == (1, 2)
    assert "veille" not in {thread.name for thread in threading.enumerate()}


def test_what_is_shown_first_of_each_level_is_read_beforehand(lecteur: Lecteur, veille: Veille) -> None:
    veille.look()
    read = lecteur.compteurs()["lectures"]

    for niveau, territoire in (("region", "76"), ("commune", PLACE["commune"]), ("uai", UAI)):
        lecteur.read_tableau(lecteur.default_vue(niveau, territoire))

    assert lecteur.compteurs()["lectures"] == read


def test_a_publication_that_does_not_open_is_said_once_and_leaves_the_former(
    donnees: Path, lecteur: Lecteur, veille: Veille, caplog: pytest.LogCaptureFixture
) -> None:
    veille.look()
    (donnees / "publication" / "dnma-3.duckdb").write_bytes(b"cut short")
    point(donnees, 3)

    with caplog.at_level(logging.ERROR):
        veille.look()
        veille.look()

    assert [record.getMessage()[:40] for record in caplog.records] == ["La publication dnma-3.duckdb n’a pas pu "]
    assert lecteur.publication().numero == 1


def test_a_publication_that_does_not_warm_is_given_all_the_same(donnees: Path) -> None:
    editions = Editions(donnees, load_plan())
    editions.take_up(current_publication(donnees), lambda _edition: None)
    point(donnees, 2)

    def fail(_edition: Edition) -> None:
        raise ValueError("cold")

    with pytest.raises(ValueError, match="cold"):
        editions.take_up(current_publication(donnees), fail)

    assert editions.current().publication.numero == 2


def test_readers_are_told_when_there_is_no_publication_any_more(
    donnees: Path, lecteur: Lecteur, veille: Veille
) -> None:
    veille.look()
    (donnees / "publication" / "courant").unlink()
    veille.look()

    with pytest.raises(PublicationAbsente):
        lecteur.publication()


def test_the_first_publication_is_waited_for(donnees: Path, lecteur: Lecteur, veille: Veille) -> None:
    (donnees / "publication" / "courant").unlink()
    veille.look()
    point(donnees, 2)
    veille.look()

    assert lecteur.publication().numero == 2


def test_a_page_never_mixes_two_publications(donnees: Path, lecteur: Lecteur, veille: Veille) -> None:
    veille.look()
    demande = lecteur.restrict(TOUT, lambda _niveau, _territoire: None)
    before = demande.publication().numero
    point(donnees, 2)
    veille.look()

    assert (before, demande.publication().numero, lecteur.publication().numero) == (1, 1, 2)
    assert demande.read_tableau(demande.default_vue("region", "76")).publication.numero == 1


def test_the_collector_gets_back_what_it_was_spared_when_the_watch_ends(lecteur: Lecteur, veille: Veille) -> None:
    usual = gc.get_threshold()
    veille.look()
    spared, rarer = gc.get_freeze_count(), gc.get_threshold()
    veille.stop()

    assert spared > 0
    assert rarer > usual
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, usual)
