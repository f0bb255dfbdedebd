"""Retention: what is older than its rule goes, nothing younger does, figures stay, and a kill at any step ends the same."""

import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import ingest.conservation
import ingest.lake.audit
from dnma import EXIT_USER_ERROR, app
from dnma.conservation import purge_lake, report_lake
from dnma.scellement import seal_lake
from ingest.dialects import DialectOptions
from ingest.errors import DossierAbsent, LotFige
from ingest.lake.verification import verify_lake
from ingest.pipeline import Lake
from ingest.referentiels import load_annuaire
from ingest.reprise import replay_lot
from ingest.sources import Source
from marking_plan import load_plan
from marking_plan.conservation import Duree, load_regles, shift_months
from marking_plan.etats import read_state
from metrics.publication import PERIODES, publish
from tests.engine import ingest_files, read_rows, write_annuaire, write_events
from tests.functional.test_oracle import DOLTO, ECOLES, LUNEL, event, local
from tests.interruption import Kills, copy_lake, tree

PARIS = ZoneInfo("Europe/Paris")
WEEKS = (date(2025, 10, 6), date(2025, 10, 13))
RECEIVED = datetime(2025, 10, 21, tzinfo=UTC)
SEALED = datetime(2026, 9, 1, tzinfo=UTC)
LAST_DAY = datetime(2027, 11, 6, 23, 59, tzinfo=PARIS)  # 25 months after Monday 6 October 2025, whole day included
NEXT_DAY = datetime(2027, 11, 7, 0, 0, tzinfo=PARIS)
LONG_AFTER = datetime(2031, 1, 1, tzinfo=UTC)
AUDIT = "audit.jsonl"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of two schools with a refused line, sealed and closed; and a trace of each month of a year."""
    root = tmp_path_factory.mktemp("purge")
    donnees = root / "donnees"
    load_annuaire(donnees, write_annuaire(root / "annuaire.csv", ECOLES), "2025-2026")
    events = [
        event(local(f"{week + timedelta(days=d)}T09:00:00"), uai=uai, visiteur=v)
        for week in WEEKS
        for d, uai, v in ((0, DOLTO, "a"), (2, LUNEL, "b"), (6, DOLTO, "c"))
    ]
    ingest_files(donnees, write_events(root / "e.ndjson", [*events, {**events[0], "uai": "?"}]), now=RECEIVED)
    seal_lake(donnees, root / "donnees.cles", load_plan(), SEALED)
    for month in range(1, 13):
        ingest.lake.audit.append_audit(donnees, datetime(2026, month, 15, tzinfo=UTC), "purge", {})
    return root


@pytest.fixture
def donnees(built: Path, tmp_path: Path) -> Path:
    """A copy of that lake, with its keys."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    (tmp_path / "donnees.cles").chmod(0o700)
    return tmp_path / "donnees"


def folders(donnees: Path, name: str) -> list[str]:
    return sorted(path.name for path in (donnees / name).iterdir())


def sound(donnees: Path) -> None:
    found = verify_lake(donnees, donnees.with_name("donnees.cles"))
    assert (found.defauts, found.orphelins) == ([], [])


def figures(donnees: Path) -> list[list[tuple[object, ...]]]:
    """Every row of the four tables, from a publication that starts from nothing."""
    shutil.rmtree(donnees / "publication", ignore_errors=True)
    path = publish(donnees, load_plan(), politique="exacte", now=SEALED).path
    queries = [f"select * from frequentation_{name}" for name in PERIODES]  # noqa: S608 - names of ours
    return [sorted(read_rows(path, query), key=str) for query in queries]


def test_visits_stay_until_the_last_day_of_25_months_and_go_the_next(donnees: Path) -> None:
    assert purge_lake(donnees, LAST_DAY)[1]
    assert folders(donnees, "visites") == [f"semaine={week}" for week in WEEKS]

    lines, proven = purge_lake(donnees, NEXT_DAY)

    assert folders(donnees, "visites") == [f"semaine={WEEKS[1]}"]
    assert proven
    assert "Relu sur le disque : rien n’est plus ancien que sa règle." in lines


def test_nothing_older_than_25_months_remains_whatever_the_day(donnees: Path) -> None:
    for day in range(0, 20, 3):
        now = NEXT_DAY + timedelta(days=day)
        purge_lake(donnees, now)
        kept = [jour for path in donnees.glob("visites/*/*.parquet") for jour in pl.read_parquet(path)["jour"]]
        assert all(shift_months(jour, 25) >= now.date() for jour in kept)
        young = [week for week in WEEKS if shift_months(week, 25) >= now.date()]
        assert folders(donnees, "visites") == [f"semaine={week}" for week in young]


def test_a_purged_week_says_so_and_the_lake_stays_sound(donnees: Path) -> None:
    purge_lake(donnees, NEXT_DAY)
    etat, other = (read_state(donnees, f"semaine-{week}") for week in WEEKS)
    visits = f"visites/semaine={WEEKS[0]}/visites.parquet"

    assert etat is not None
    assert other is not None
    assert (list(etat.purges), visits in etat.fichiers, other.purges) == ([visits], False, {})
    assert any(chemin.startswith("cubes/") for chemin in etat.fichiers)
    sound(donnees)


def test_visits_lost_without_a_purge_are_still_damage(donnees: Path) -> None:
    purge_lake(donnees, NEXT_DAY)
    shutil.rmtree(donnees / "visites" / f"semaine={WEEKS[1]}")

    assert len(verify_lake(donnees, donnees.with_name("donnees.cles")).defauts) == 1


def test_figures_are_the_same_before_and_after_a_purge_of_all(donnees: Path) -> None:
    before, cubes = figures(donnees), tree(donnees / "cubes")

    purge_lake(donnees, LONG_AFTER)

    assert folders(donnees, "visites") == []
    assert tree(donnees / "cubes") == cubes
    assert figures(donnees) == before
    assert sum(len(rows) for rows in before) > 100


def test_publications_in_force_are_not_touched(donnees: Path) -> None:
    publish(donnees, load_plan(), now=SEALED)
    before = tree(donnees / "publication")
    purge_lake(donnees, LONG_AFTER)

    assert tree(donnees / "publication") == before


def test_a_dry_run_touches_nothing_and_says_what_would_go(donnees: Path) -> None:
    before = tree(donnees)
    said = "\n".join(report_lake(donnees, NEXT_DAY))

    assert tree(donnees) == before
    assert f"(semaine={WEEKS[0]}) ; « dnma purge » les retire" in said
    assert "plus ancienne donnée : 2025-10-06 ; échéance : 2027-11-14" in said
    for magasin in load_regles().magasins:
        assert f"{magasin.dossier} : {magasin.libelle}" in said
        assert magasin.source in said


def test_a_purge_again_finds_nothing(donnees: Path) -> None:
    purge_lake(donnees, NEXT_DAY)
    before = tree(donnees)
    lines, proven = purge_lake(donnees, NEXT_DAY)
    after = tree(donnees)

    assert (lines[0], proven) == ("Rien à retirer.", True)
    assert {name for name in after if after[name] != before.get(name)} == {AUDIT}
    assert before.keys() == after.keys()


def test_refused_lines_go_a_year_after_their_lot_came(donnees: Path) -> None:
    purge_lake(donnees, datetime(2026, 10, 21, 20, tzinfo=UTC))
    assert len(folders(donnees, "rejets")) == 1

    purge_lake(donnees, datetime(2026, 10, 22, 20, tzinfo=UTC))

    assert folders(donnees, "rejets") == []
    sound(donnees)


def test_a_lot_whose_refused_lines_are_purged_can_t_be_read_again(tmp_path: Path) -> None:
    donnees = tmp_path / "donnees"
    delivery = write_events(tmp_path / "e.ndjson", [{**event(local("2025-10-06T09:00:00")), "uai": "?"}])
    ingest_files(donnees, delivery, now=RECEIVED)
    purge_lake(donnees, LONG_AFTER)

    with pytest.raises(LotFige, match="purgées le 2031-01-01"):
        replay_lot(
            Lake(donnees, donnees.with_name("donnees.cles"), load_plan(), LONG_AFTER),
            Source("e.ndjson", delivery),
            DialectOptions(),
        )


def test_traces_older_than_a_year_go_and_the_proof_is_added(donnees: Path) -> None:
    purge_lake(donnees, datetime(2027, 3, 15, 12, tzinfo=UTC))
    lines = [json.loads(line) for line in (donnees / AUDIT).read_text("utf-8").splitlines()]

    assert [line["instant"][:10] for line in lines[:-1]] == [f"2026-{month:02}-15" for month in range(3, 13)]
    assert (lines[-1]["commande"], lines[-1]["conforme"], lines[-1]["regles"]) == ("purge", True, "1")
    assert lines[-1]["magasins"]["audit"]["retires"] == 2


def test_a_trace_cut_short_goes_with_the_one_after_it(donnees: Path) -> None:
    path = donnees / AUDIT
    first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b'{"inst\n' + first + b'{"instant":"2026-\n' + b"".join(others))

    purge_lake(donnees, datetime(2027, 1, 16, 12, tzinfo=UTC))

    kept = path.read_bytes().splitlines(keepends=True)
    assert kept[:-1] == [b'{"instant":"2026-\n', *others]


def test_remains_of_a_killed_ingestion_go_after_a_day(donnees: Path) -> None:
    (donnees / ".en_cours").mkdir()
    for name, age in (("vieux.parquet", 25), ("neuf.parquet", 23)):
        (donnees / ".en_cours" / name).write_bytes(b"x")
        written = (SEALED - timedelta(hours=age)).timestamp()
        os.utime(donnees / ".en_cours" / name, (written, written))

    purge_lake(donnees, SEALED)

    assert folders(donnees, ".en_cours") == ["neuf.parquet"]


def test_visits_that_no_state_names_go_too(donnees: Path) -> None:
    """As an interrupted sealing may leave them: their folder's Monday tells their age."""
    stray = donnees / "visites" / "semaine=2023-01-02"
    stray.mkdir()
    (stray / "visites.parquet").write_bytes(b"PAR1")

    purge_lake(donnees, SEALED)

    assert not stray.exists()
    sound(donnees)


def test_a_late_sealing_is_reported_and_left_to_seal(tmp_path: Path) -> None:
    donnees, cles = tmp_path / "donnees", tmp_path / "donnees.cles"
    ingest_files(donnees, write_events(tmp_path / "e.ndjson", [event(local("2025-10-06T09:00:00"))]), now=RECEIVED)
    before = {name: tree(donnees / name) for name in ("evenements", "registres")} | {"cles": tree(cles)}

    assert purge_lake(donnees, RECEIVED + timedelta(days=9))[1]
    lines, proven = purge_lake(donnees, RECEIVED + timedelta(days=40))

    assert not proven
    assert [line.split(" : ")[0] for line in lines if "lancez « dnma seal »" in line] == ["evenements"]
    assert "Relu sur le disque : des données sont plus anciennes que leur règle." in lines
    assert {name: tree(donnees / name) for name in ("evenements", "registres")} | {"cles": tree(cles)} == before
    seal_lake(donnees, cles, load_plan(), RECEIVED + timedelta(days=40))
    assert purge_lake(donnees, RECEIVED + timedelta(days=40))[1]


def test_a_register_older_than_13_months_is_late_unless_its_first_lot_came_since(tmp_path: Path) -> None:
    donnees = tmp_path / "donnees"
    came = datetime(2027, 1, 5, tzinfo=UTC)
    ingest_files(donnees, write_events(tmp_path / "e.ndjson", [event(local("2025-10-06T09:00:00"))]), now=came)

    assert purge_lake(donnees, came + timedelta(days=5))[1]
    lines, proven = purge_lake(donnees, came + timedelta(days=400))
    assert (proven, any(line.startswith("registres : au-delà de la règle") for line in lines)) == (False, True)


def test_an_old_journal_segment_is_reported(donnees: Path) -> None:
    (donnees / "journal").mkdir()
    (donnees / "journal" / "segment-1").write_bytes(b"x")
    old = (SEALED - timedelta(hours=25)).timestamp()
    os.utime(donnees / "journal" / "segment-1", (old, old))

    lines, proven = purge_lake(donnees, SEALED)

    assert (proven, (donnees / "journal" / "segment-1").exists()) == (False, True)
    assert any(line.startswith("journal : au-delà de la règle") and "dnma ingest" in line for line in lines)


def test_the_proof_reads_the_disk_and_fails_when_removal_did_nothing(
    donnees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.conservation, "_remove", lambda _path: None)

    lines, proven = purge_lake(donnees, NEXT_DAY)

    assert not proven
    assert any(line.startswith("visites : au-delà de la règle") for line in lines)


def test_the_command_ends_with_3_when_something_remains_and_0_otherwise(
    donnees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["purge", "--donnees", str(donnees), *arguments], env={"COLUMNS": "200"})
        return result.exit_code, result.output

    before = tree(donnees)
    assert (run("--a-blanc")[0], tree(donnees)) == (0, before)
    assert run()[0] == 0
    (donnees / "evenements" / f"semaine={WEEKS[0]}").mkdir(parents=True)
    code, said = run()
    assert (code, "dnma seal" in said) == (EXIT_USER_ERROR, True)


def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    for command in (purge_lake, report_lake):
        with pytest.raises(DossierAbsent, match="n’existe pas"):
            command(tmp_path / "absent", SEALED)
    assert list(tmp_path.iterdir()) == []


STEPS = ("write_state", "write_manifest", "write_atomically", "remove_folder", "fsync_folder", "_remove")


def test_a_purge_killed_at_any_step_ends_the_same_when_run_again(
    donnees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = copy_lake(donnees, tmp_path / "entier")
    kills = Kills(whole, tmp_path / "tués")
    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(ingest.conservation, name, kills.before(getattr(ingest.conservation, name)))
        patch.setattr(Path, "unlink", kills.before(Path.unlink))
        patch.setattr(ingest.lake.audit, "append_audit", kills.before(ingest.lake.audit.append_audit))
        purge_lake(whole, LONG_AFTER)
    sound(whole)
    expected = _content(whole)

    for killed in kills.lakes:
        assert purge_lake(killed, LONG_AFTER)[1]
        sound(killed)
        assert _content(killed) == expected, killed
    assert kills.steps > 8


def _content(donnees: Path) -> dict[str, str]:
    """Every file but the audit, whose last lines tell of the runs."""
    found = tree(donnees)
    del found[AUDIT]
    return found


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_a_duration_in_months_ends_the_day_after_the_same_day_later(day: date, months: int) -> None:
    last = shift_months(day, months)
    end = Duree(mois=months).echeance(datetime(day.year, day.month, day.day, 15, tzinfo=PARIS))

    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == day.day or (last + timedelta(days=1)).day == 1
    assert end == datetime.combine(last + timedelta(days=1), datetime.min.time(), PARIS)


def test_every_rule_has_its_text_and_its_remover() -> None:
    magasins = load_regles().magasins

    assert all(magasin.source and magasin.compte for magasin in magasins)
    assert {m.code for m in magasins if m.par == "purge"} == ingest.conservation._REMOVERS.keys()
    assert {m.code: m.texte for m in magasins}["visites"] == "25 mois au plus"
