"""Sealing keeps every figure and destroys all that tells persons apart, whatever instant a kill comes at."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import ingest.scellement
from dnma.scellement import seal_lake
from ingest.dialects import DialectOptions
from ingest.errors import LotFige
from ingest.lake.verification import verify_lake
from ingest.pipeline import Lake
from ingest.referentiels import load_annuaire
from ingest.reprise import replay_lot, retract_lot
from ingest.scellement import list_due_weeks
from ingest.sources import Source
from marking_plan import load_plan
from metrics.publication import PERIODES, publish
from tests.engine import ingest_files, read_rows, write_annuaire, write_events
from tests.functional.test_no_token_left import forms, stored_bytes
from tests.functional.test_oracle import ARC_EN_CIEL, DOLTO, ECOLES, HORS, LUNEL, event, local
from tests.interruption import Kills, copy_lake, tree

RECEIVED = datetime(2025, 11, 4, tzinfo=UTC)
AFTER_WEEKS = datetime(2025, 11, 25, tzinfo=UTC)
AFTER_ALL = datetime(2026, 8, 15, tzinfo=UTC)
DAYS = (
    "2025-10-20T08:00:00",
    "2025-10-27T09:10:00",
    "2025-10-31T23:50:00",
    "2025-11-01T00:05:00",
    "2025-11-02T10:00:00",
)
TOKENS = [f"jeton-de-visiteur-{n:03}" for n in range(12)]
SCHOOLS = (DOLTO, ARC_EN_CIEL, LUNEL, HORS)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Two weeks, the second shared by two months; persons of several schools and profiles."""
    donnees = tmp_path / "donnees"
    load_annuaire(donnees, write_annuaire(tmp_path / "annuaire.csv", ECOLES), "2025-2026")
    events = [
        event(
            local(day), visiteur=token, uai=SCHOOLS[(n + k) % 4], profil=("ELEVE", "PARENT", "directeur")[(n * k) % 3]
        )
        for n, token in enumerate(TOKENS)
        for k, day in enumerate(DAYS)
        if (n + k) % 3
    ]
    ingest_files(donnees, write_events(tmp_path / "evenements.ndjson", events), now=RECEIVED)
    return donnees


def seal(donnees: Path, now: datetime = AFTER_WEEKS) -> list[str]:
    """Seal all that is due."""
    return seal_lake(donnees, donnees.with_name("donnees.cles"), load_plan(), now)


def figures(donnees: Path, now: datetime = AFTER_ALL) -> list[list[tuple[object, ...]]]:
    """Every row of the four tables, from a publication that starts from nothing."""
    shutil.rmtree(donnees / "publication", ignore_errors=True)
    path = publish(donnees, load_plan(), politique="exacte", now=now).path
    queries = [f"select * from frequentation_{name}" for name in PERIODES]  # noqa: S608 - names of ours
    return [sorted(read_rows(path, query), key=str) for query in queries]


def test_figures_are_the_same_before_and_after_sealing(lake: Path) -> None:
    before = figures(lake)
    seal(lake)
    sealed = figures(lake)
    seal(lake, AFTER_ALL)

    assert sealed == before
    assert figures(lake) == before
    assert sum(len(rows) for rows in before) > 1000


def test_nothing_that_tells_persons_apart_is_left(lake: Path) -> None:
    secrets = [form for token in TOKENS for form in forms(token)] + list(_pseudonyms(lake))
    assert any(secret in stored_bytes(lake) for secret in secrets)

    seal(lake, AFTER_ALL)
    figures(lake)

    columns = {name for path in lake.rglob("*.parquet") for name in pq.read_schema(path).names}
    stored = stored_bytes(lake)
    assert columns.isdisjoint({"visiteur", "pseudonyme", "id", "acteur", "instant"})
    assert [secret for secret in secrets if secret in stored] == []
    assert list(lake.with_name("donnees.cles").iterdir()) == []


def _pseudonyms(lake: Path) -> Iterator[bytes]:
    """Every pseudonym of the open lake: as an integer of eight bytes, and written in tens and in hex."""
    for folder, column in (("evenements", "visiteur"), ("registres", "pseudonyme")):
        for path in (lake / folder).rglob("*.parquet"):
            for number in pq.read_table(path, columns=[column], partitioning=None)[column].to_pylist():
                yield number.to_bytes(8, "little", signed=True)
                yield str(number).encode()
                yield number.to_bytes(8, "big", signed=True).hex().encode()


def test_a_week_is_due_ten_days_after_its_end_and_its_first_lot(lake: Path) -> None:
    first, second = date(2025, 10, 20), date(2025, 10, 27)

    assert list_due_weeks(lake, datetime(2025, 11, 12, 22, 59, tzinfo=UTC)) == []
    assert list_due_weeks(lake, datetime(2025, 11, 14, tzinfo=UTC)) == [first, second]
    seal(lake)
    assert list_due_weeks(lake, AFTER_ALL) == []


def test_a_month_closes_once_none_of_its_weeks_is_open(lake: Path) -> None:
    assert [line for line in seal(lake) if "mois" in line] == [
        "Période mois-2025-10 : close, registre et clé détruits."
    ]
    assert [line.split(" : ")[0] for line in seal(lake, AFTER_ALL)] == [
        "Période annee-2025-2026",
        "Période mois-2025-11",
    ]


def test_a_sealed_week_takes_nothing_more(lake: Path, tmp_path: Path) -> None:
    seal(lake)
    late = write_events(tmp_path / "tardif.ndjson", [event(local("2025-10-21T08:00:00"), visiteur="nouveau")])

    [result] = ingest_files(lake, late, now=AFTER_WEEKS)
    known = Source("evenements.ndjson", tmp_path / "evenements.ndjson")
    opened = Lake(lake, lake.with_name("donnees.cles"), load_plan(), AFTER_WEEKS)

    assert result.manifest.refused == {"periode_close": 1}
    with pytest.raises(LotFige, match="close"):
        replay_lot(opened, known, DialectOptions())
    with pytest.raises(LotFige, match="close"):
        retract_lot(opened, next((lake / "lots").glob("*.json")).stem[:12])


def test_a_sealed_lake_passes_its_check(lake: Path) -> None:
    seal(lake)
    result = verify_lake(lake, lake.with_name("donnees.cles"))

    assert (result.defauts, result.orphelins) == ([], [])
    kept = next((lake / "visites").rglob("*.parquet"))
    kept.write_bytes(kept.read_bytes()[:-1])
    assert len(verify_lake(lake, lake.with_name("donnees.cles")).defauts) == 1


def test_a_school_that_moves_after_a_sealing_stays_where_it_was_for_the_school_year(lake: Path, tmp_path: Path) -> None:
    before = figures(lake)
    seal(lake)
    moved = [{**ecole, "circonscription": "0341009M", "commune": "34001"} for ecole in ECOLES]
    load_annuaire(lake, write_annuaire(tmp_path / "demenagement.csv", moved), "2025-2026")

    assert figures(lake) == before


STEPS = ("write_state", "write_atomically", "destroy_key", "_remove", "_merge", "_clean_week", "_clean_period")


def test_sealing_killed_at_any_step_ends_the_same_when_run_again(
    lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = copy_lake(lake, tmp_path / "entier")
    kills = Kills(whole, tmp_path / "tués")
    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(ingest.scellement, name, kills.before(getattr(ingest.scellement, name)))
        seal(whole, AFTER_ALL)
    expected = tree(whole)  # its figures are those of the open lake (test above)

    for killed in kills.lakes:
        seal(killed, AFTER_ALL)
        checked = verify_lake(killed, killed.with_name("donnees.cles"))
        assert (checked.defauts, checked.orphelins) == ([], []), killed
        assert tree(killed) == expected, killed
        assert not list(killed.with_name("donnees.cles").iterdir())
    assert kills.steps > 20
