"""A vendor's check of a delivery says what ingestion would say, without a lake, and writes nothing."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dnma import app
from dnma.console import EXIT_RESERVES, EXIT_USER_ERROR
from ingest.conformite import REFUSEES_MAX_PCT, Constat, Verdict, check_source
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.rapport_conformite import constat_as_json, render_constat
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.lake import Manifest
from tests.engine import EVENT, NOW, write_events

PLAN = load_plan()
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
FIXTURES = Path(__file__).parent / "fixtures" / "livraisons"
TOKEN = "jeton-secret-7c31"
FAULTS: list[dict[str, object]] = [
    {},
    {"userId": "12", "NOM": "Martin"},
    {"opposition": True},
    {"instant": None},
    {"instant": "hier"},
    {"instant": "2031-01-01T00:00:00Z"},
    {"uai": "0342332B"},
    {"visiteur": ""},
    {"service": {"nom": "x"}},
    {"agent": BOT},
    {"agent": None},
    {"profil": "DAHU", "service": "Jeanne Martin", "plateforme": "192.0.2.7"},
    {"profil": None, "page": 3},
]


def options(table: Path | None = None) -> DialectOptions:
    return DialectOptions(None, table, None, PLAN.champs_personnels)


def check(path: Path, table: Path | None = None) -> Constat:
    [source] = find_sources([str(path)])
    return check_source(PLAN, source, options(table), NOW)


def ingest(folder: Path, path: Path, table: Path | None = None) -> Manifest:
    [result] = ingest_sources(
        Lake(folder / "d", folder / "d.cles", PLAN, NOW), find_sources([str(path)]), options(table)
    )
    return result.manifest


def write(path: Path, *changes: dict[str, object]) -> Path:
    return write_events(path, [{**EVENT, "visiteur": f"{TOKEN}-{n}", **change} for n, change in enumerate(changes)])


def run(*arguments: str | Path, given: str | None = None) -> tuple[int, str]:
    said = CliRunner().invoke(app, ["plan", "check", *map(str, arguments)], input=given, env={"COLUMNS": "200"})
    return said.exit_code, said.output


@pytest.mark.parametrize("name", ["fautes", "natif.ndjson", "proprietes.ndjson", "evenements.csv", "xiti.log"])
def test_the_check_counts_what_ingestion_counts(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "e.ndjson", *FAULTS) if name == "fautes" else FIXTURES / name
    table = tmp_path / "table.csv"
    table.write_text("s;s2;uai\n340001;2;0342332A\n")

    constat, manifest = check(path, table), ingest(tmp_path, path, table)

    tally = constat.tally
    assert (tally.received, tally.stored) == (manifest.received, manifest.kept + manifest.duplicates)
    assert tally.refused == manifest.refused
    assert (tally.corriges, tally.inconnus, tally.ignored) == (
        manifest.corriges,
        manifest.inconnus,
        manifest.champs_ignores,
    )
    assert [datetime.fromtimestamp(bound / 1000, UTC) for bound in (min(tally.bounds), max(tally.bounds))] == [
        manifest.instant_min,
        manifest.instant_max,
    ]


def test_each_refusal_and_remark_shows_where_it_is_first_met(tmp_path: Path) -> None:
    constat = check(write(tmp_path / "e.ndjson", *FAULTS, *FAULTS))

    assert [ligne for ligne, _ in constat.exemples["uai_invalide"]] == [7, 20]
    assert constat.exemples["uai_invalide"][0][1] == "uai=9999999A profil=AAAAA service=AAAAAAA"
    assert dict(constat.personnels) == {"userId": 2, "NOM": 2}
    assert constat.premieres == {
        "terminal_absent": 11,
        "profil_hors_plan": 12,
        "service_hors_plan": 12,
        "plateforme_ecartee": 12,
        "profil_absent": 13,
    }
    assert constat.ecoles == {"0342332A"}


def test_no_value_of_a_line_is_told(tmp_path: Path) -> None:
    constat = check(write(tmp_path / "e.ndjson", *FAULTS))

    said = "\n".join(render_constat(constat, PLAN)) + json.dumps(constat_as_json(constat), ensure_ascii=False)

    assert [word for word in (TOKEN, "Martin", "192.0.2.7", "hier", "Googlebot") if word in said] == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{}], Verdict.CONFORME),
        ([{}, {"opposition": True}], Verdict.CONFORME),
        ([{}, {"agent": BOT}], Verdict.RESERVES),
        ([{}, {"service": "DAHU"}], Verdict.RESERVES),
        ([{}, {"profil": None}], Verdict.RESERVES),
        ([{}, {"page": 3}], Verdict.RESERVES),
        ([{}, {"uai": "x"}], Verdict.NON_CONFORME),
        ([*[{}] * 99, {"uai": "x"}], Verdict.RESERVES),
        ([*[{}] * 99, {"nom": "x"}], Verdict.NON_CONFORME),
        ([{"opposition": True}], Verdict.NON_CONFORME),
        ([], Verdict.NON_CONFORME),
    ],
)
def test_the_verdict_follows_what_is_found(tmp_path: Path, changes: list[dict[str, object]], expected: Verdict) -> None:
    assert REFUSEES_MAX_PCT == 1
    assert check(write(tmp_path / "e.ndjson", *changes)).verdict is expected


@pytest.mark.parametrize(
    ("changes", "code", "word"),
    [
        ([{}], 0, ": conforme\n"),
        ([{"service": "DAHU"}], EXIT_RESERVES, "conforme avec réserves"),
        ([{"nom": "x"}], EXIT_USER_ERROR, "non conforme"),
    ],
)
def test_the_command_ends_with_the_code_of_its_verdict_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: list[dict[str, object]], code: int, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "e.ndjson", *changes)

    found, said = run(path)

    assert (found, word in said) == (code, True)
    assert [file.name for file in tmp_path.rglob("*")] == ["e.ndjson"]


def test_json_is_for_machines_and_the_worst_of_several_deliveries_decides(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "a.ndjson", {}), write(tmp_path / "b.ndjson", {"uai": "x"})

    code, said = run(good, bad, "--json")

    found = json.loads(said)
    assert (code, found["verdict"]) == (EXIT_USER_ERROR, "non conforme")
    assert [lot["verdict"] for lot in found["livraisons"]] == ["conforme", "non conforme"]
    assert found["livraisons"][1]["refusees"] == {"uai_invalide": 1}


def test_standard_input_and_bare_hits_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("s;s2;uai\n340001;2;0342332A\n")
    hit = "s=340001&s2=2&p=Page_ENT&at=V1&ac=1&x2=1&x4=ONE&hl=8x12x33\n"

    code, said = run("-", "--xiti-table", tmp_path / "t.csv", "--jour", str(date(2025, 10, 6)), given=hit)

    assert (code, "entrée standard (xiti)" in said) == (EXIT_RESERVES, True)
    assert "terminal absent : 1" in said


def test_without_a_delivery_the_plan_itself_is_checked() -> None:
    code, said = run()

    assert (code, "Plan de marquage" in said, "valide" in said) == (0, True, True)


def test_an_empty_delivery_and_an_empty_folder_are_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "rien.ndjson").write_text("\n\n", "utf-8")
    folder, file = (CliRunner().invoke(app, ["plan", "check", str(tmp_path / nom)]) for nom in ("vide", "rien.ndjson"))

    assert (folder.exit_code, file.exit_code) == (EXIT_USER_ERROR, EXIT_USER_ERROR)
    assert "aucun fichier à vérifier" in folder.output + folder.stderr
    assert "aucun événement : le fichier est vide" in file.output
