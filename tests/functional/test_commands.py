"""The command line, as a newcomer, an operator and a hurried person use it."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dnma import EXIT_USER_ERROR, app
from marking_plan.lake import read_manifests
from tests.engine import EVENT


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_the_demo_without_server_tells_what_was_received_kept_refused_and_published(tmp_path: Path) -> None:
    code, said = run("demo", "--sans-serveur", "--donnees", tmp_path / "d", "--ecoles", "12", "--semaines", "2")

    assert code == 0
    for word in ("lignes reçues", "gardées", "doublons", "refusées, robot", "Publication n° 1", "2\u00a0semaines"):
        assert word in said


def test_garbage_ends_with_a_report_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "g.ndjson").write_bytes(bytes(range(256)) * 50)

    code, said = run("ingest", tmp_path / "g.ndjson", "--donnees", tmp_path / "d")

    assert code == 0
    assert "refusées, ligne illisible" in said
    assert "Traceback" not in said


def test_the_same_delivery_again_says_so(tmp_path: Path) -> None:
    (tmp_path / "e.ndjson").write_text(json.dumps(EVENT))
    run("ingest", tmp_path / "e.ndjson", "--donnees", tmp_path / "d")

    assert "déjà reçu" in run("ingest", tmp_path / "e.ndjson", "--donnees", tmp_path / "d")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ingest", "nulle-part.ndjson"), "aucun fichier"),
        (("publish",), "dnma ingest"),
        (("serve",), "dnma publish"),
        (("simulate", "sim", "--debut", "2025-09-02"), "lundi"),
    ],
)
def test_a_mistake_gives_one_french_sentence_and_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)

    code, output = run(*arguments)

    assert code == EXIT_USER_ERROR
    assert said in output
    assert "Traceback" not in output


def test_an_unknown_dialect_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "e.ndjson").write_text(json.dumps(EVENT))

    code, said = run("ingest", tmp_path / "e.ndjson", "--dialecte", "latin", "--donnees", tmp_path / "d")

    assert (code, "natif, proprietes, xiti" in said) == (EXIT_USER_ERROR, True)


def test_a_lot_is_checked_replayed_and_taken_back(tmp_path: Path) -> None:
    delivery, donnees = tmp_path / "e.ndjson", tmp_path / "d"
    delivery.write_text(json.dumps(EVENT) + "\nillisible\n")
    lot = hashlib.sha256(delivery.read_bytes()).hexdigest()[:12]
    run("ingest", delivery, "--donnees", donnees)

    said = [
        run("check", "--donnees", donnees),
        run("ingest", "--rejouer", delivery, "--donnees", donnees),
        run("ingest", "--retirer", lot, "--donnees", donnees),
        run("ingest", "--retirer", lot, "--donnees", donnees),
    ]

    assert [code for code, _ in said] == [0, 0, 0, 0]
    expected = ("0\u00a0défaut", "2\u00a0lignes reçues = 1\u00a0gardée", "retiré", "retiré")
    assert [part in text for part, (_, text) in zip(expected, said, strict=True)] == [True] * 4


def test_a_damaged_lake_ends_the_check_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "e.ndjson").write_text(json.dumps(EVENT))
    run("ingest", tmp_path / "e.ndjson", "--donnees", tmp_path / "d")
    part = next((tmp_path / "d" / "evenements").rglob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-1])

    code, said = run("check", "--donnees", tmp_path / "d")

    assert (code, "est abîmé" in said) == (EXIT_USER_ERROR, True)


def test_ingest_takes_paths_or_a_lot_but_not_both(tmp_path: Path) -> None:
    code, said = run("ingest", tmp_path, "--retirer", "0123456789", "--donnees", tmp_path / "d")

    assert (code, "--retirer LOT" in said) == (2, True)


def test_standard_input_is_a_delivery(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dnma", "ingest", "-", "--donnees", str(tmp_path / "d")],
        input=json.dumps(EVENT),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "1\u00a0gardée" in done.stdout) == (0, True)


def test_the_plan_is_valid_and_its_glossary_up_to_date() -> None:
    assert run("plan", "check")[0] == 0
    assert run("plan", "doc", Path(__file__).parents[2] / "GLOSSAIRE.md", "--verifier")[0] == 0


def test_the_same_standard_input_twice_is_one_lot(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dnma", "ingest", "-", "--donnees", str(tmp_path / "d")]
    first, second = (
        subprocess.run(command, input=json.dumps(EVENT), capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )

    assert ("1\u00a0gardée" in first, "déjà reçu" in second) == (True, True)
    assert len(read_manifests(tmp_path / "d")) == 1
