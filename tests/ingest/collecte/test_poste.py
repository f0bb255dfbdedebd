"""What the post answers is on the disk, is what files would have given, and a resend is known, restarts included."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dnma import app
from ingest.collecte.groupe import Verdict
from ingest.collecte.perimetre import Perimetre
from ingest.collecte.remise import hand_over
from ingest.dialects import DialectOptions
from ingest.errors import VerrouPris
from ingest.journal.segments import journal_lock
from ingest.lake.verification import verify_lake
from ingest.pipeline import Lake, ingest_sources
from ingest.sources import Source
from marking_plan import load_plan
from marking_plan.etats import GRACE
from marking_plan.lake import read_manifests
from marking_plan.semaines import PARIS, monday
from tests.ingest.collecte.collecte import ECOLES, TOUTES, ask, envoi, event, lines, stored, working


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "d", tmp_path / "k", load_plan())


def test_a_request_is_told_what_became_of_each_event(lake: Lake) -> None:
    events = [event(0), event(1, uai="0342332B"), event(0), event(2, nom="Léa"), event(3)]
    with working(lake) as poste:
        verdict = ask(poste, envoi(events)).result()

    assert verdict == Verdict(2, 1, ((1, "uai_invalide"), (3, "champ_personnel")))


def test_a_sender_may_not_speak_of_other_schools(lake: Lake) -> None:
    with working(lake) as poste:
        ours, theirs = (ask(poste, envoi([event(0), event(1)], p)) for p in (Perimetre(frozenset(ECOLES[:1])), TOUTES))

    assert ours.result() == Verdict(1, 0, ((1, "hors_perimetre"),))
    assert theirs.result() == Verdict(1, 1, ())


def test_events_come_out_as_those_of_a_file(lake: Lake, tmp_path: Path) -> None:
    events = [event(n) for n in range(200)]
    with working(lake) as poste, ThreadPoolExecutor(4) as senders:
        list(senders.map(lambda n: ask(poste, envoi(events[n : n + 10])).result(), range(0, 200, 10)))
    list(hand_over(lake))
    other = Lake(tmp_path / "fichiers", tmp_path / "autres", lake.plan)
    path = tmp_path / "livraison.ndjson"
    path.write_bytes(lines(events))
    list(ingest_sources(other, [Source(path.name, path)], DialectOptions()))

    texts = ["instant", "uai", "profil", "service", "appareil", "plateforme", "type"]
    assert stored(lake.donnees).select(texts).equals(stored(other.donnees).select(texts))
    assert stored(lake.donnees)["visiteur"].n_unique() == stored(other.donnees)["visiteur"].n_unique()
    assert sum(manifest.kept for manifest in read_manifests(lake.donnees)) == 200


@pytest.mark.parametrize("handed", [False, True], ids=["in-the-journal", "in-the-lake"])
def test_a_resend_is_known_after_a_restart(lake: Lake, handed: bool) -> None:
    events = [event(n) for n in range(20)]
    with working(lake) as poste:
        ask(poste, envoi(events)).result()
    if handed:
        list(hand_over(lake))
    with working(lake) as poste:
        again = ask(poste, envoi([*events, event(20)])).result()
    list(hand_over(lake))

    assert again == Verdict(1, 20, ())
    assert len(stored(lake.donnees)) == 21
    assert sum(manifest.received for manifest in read_manifests(lake.donnees)) == 41


def test_no_token_reaches_the_journal(lake: Lake) -> None:
    secret = "jeton-de-lea-martin"
    events = [
        event(0, visiteur=secret),
        event(1, visiteur=secret, uai=secret),
        event(2, agent=secret, plateforme="lea martin"),
    ]
    with working(lake) as poste:
        ask(poste, envoi(events)).result()

    journal = b"".join(path.read_bytes() for path in lake.donnees.rglob("*") if path.is_file())
    assert secret.encode() not in journal
    assert b"lea martin" not in journal


def test_one_collector_at_a_time(lake: Lake) -> None:
    with working(lake), pytest.raises(VerrouPris), journal_lock(lake.donnees):
        pass


def test_handing_over_again_changes_nothing(lake: Lake) -> None:
    with working(lake) as poste:
        ask(poste, envoi([event(0)])).result()
    segment = next((lake.donnees / "journal").glob("*.segment"))
    kept = segment.read_bytes()
    list(hand_over(lake))
    segment.write_bytes(kept)  # as a kill between the manifest and the removal leaves it
    again = list(hand_over(lake))

    assert [result.already_known for result in again] == [True]
    assert len(stored(lake.donnees)) == 1
    assert not segment.exists()


def test_sealing_takes_in_first_what_the_journal_holds(lake: Lake) -> None:
    with working(lake) as poste:
        ask(poste, envoi([event(0)])).result()
    done = CliRunner().invoke(app, ["seal", "--donnees", str(lake.donnees)], env={"DNMA_CLES": str(lake.cles)})

    assert done.exit_code == 0, done.output
    assert len(stored(lake.donnees)) == 1
    assert not list((lake.donnees / "journal").glob("*.segment"))


def test_nothing_is_accepted_that_a_seal_may_miss(lake: Lake) -> None:
    """The journal is emptied within a day: a week that may be sealed within a day takes nothing over HTTP."""
    now = datetime.now(UTC)
    weeks_ago = [now - timedelta(days=days) for days in (0, 7, 9, 10, 14, 16, 17, 24)]
    with working(lake) as poste:
        verdict = ask(poste, envoi([event(n, instant=at.isoformat()) for n, at in enumerate(weeks_ago)])).result()
    refused = {index for index, motif in verdict.refuses if motif == "periode_close"}

    for index, at in enumerate(weeks_ago):
        end = datetime.combine(monday(at.astimezone(PARIS).date()), time(), PARIS) + timedelta(days=7)
        assert (index in refused) == (now.astimezone(PARIS).date() >= (end + GRACE - timedelta(days=1)).date())
    assert refused == {index for index, _ in verdict.refuses}


def test_a_lake_with_resends_is_sound(lake: Lake) -> None:
    events = [event(n) for n in range(20)]
    for _ in range(2):
        with working(lake) as poste:
            ask(poste, envoi(events)).result()
            ask(poste, envoi([*events, event(0)])).result()
        list(hand_over(lake))

    assert verify_lake(lake.donnees, lake.cles).defauts == []
