"""The exact export: the oracle's figures whatever is published, in files apart, never without its line in the audit."""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ingest.lake.audit
from dnma import EXIT_USER_ERROR, app
from dnma.scellement import seal_lake
from ingest.errors import DisquePlein
from ingest.referentiels import load_annuaire
from marking_plan import load_plan
from metrics.publication import publish
from tests.engine import NOW, ingest_files, write_annuaire, write_events
from tests.functional.test_oracle import ARC_EN_CIEL, DOLTO, ECOLES, HORS, LUNEL, PLACEMENT, event, local
from tests.oracle_national import JEUX, recount, write_clock

EVENTS = [
    event(local(f"2025-10-{day:02}T09:{n}0:00"), uai=uai, visiteur=v, profil=profil, service=service)
    for day in (6, 7, 13, 27)
    for n, (uai, v, profil, service) in enumerate(
        [
            (DOLTO, "a", "ELEVE", "NOTES"),
            (DOLTO, "a", "directeur", "ACCUEIL"),
            (ARC_EN_CIEL, "a", "ELEVE", "page_ent"),
            (LUNEL, "b", "PARENT", "NOTES"),
            (HORS, "c", "ENSEIGNANT", "ACCUEIL"),
        ]
    )
]
REASON = ("--exact", "--motif", "envoi hebdomadaire à la cellule nationale")


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three weeks with events and one that nothing reached, published under masks."""
    root = tmp_path_factory.mktemp("exact")
    load_annuaire(root / "donnees", write_annuaire(root / "annuaire.csv", ECOLES), "2025-2026")
    ingest_files(root / "donnees", write_events(root / "e.ndjson", EVENTS))
    publish(root / "donnees", load_plan(), now=NOW)
    return root


@pytest.fixture
def donnees(built: Path, tmp_path: Path) -> Path:
    """A copy of that lake."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path / "donnees"


def read(path: Path) -> dict[tuple[date, str], dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name.lower(): value for name, value in row.items()} for row in csv.DictReader(file, delimiter=";")]
    return {(date.fromisoformat(row["debutsemaine"]), row["uai"]): row for row in rows}


def check(folder: Path) -> None:
    """Every figure of the four exact files is the oracle's."""
    for jeu, expected in recount(EVENTS, PLACEMENT).items():
        rows = read(folder / f"{jeu}-exact.csv")
        assert rows.keys() == expected.keys()
        for key, figures in expected.items():
            written = {n: write_clock(v) if n.startswith("duree_") else str(v) for n, v in figures.items()}
            assert {name: rows[key][name] for name in written} == written


def audit(donnees: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (donnees / "audit.jsonl").read_text("utf-8").splitlines()]


def test_exact_figures_equal_the_oracle_though_the_publication_masks(donnees: Path, tmp_path: Path) -> None:
    code, said = run("export", tmp_path / "x", "--donnees", donnees, *REASON)

    assert (code, "EXACT, sans protection" in said) == (0, True)
    check(tmp_path / "x")


def test_exact_figures_are_the_same_once_weeks_are_sealed(donnees: Path, tmp_path: Path) -> None:
    seal_lake(donnees, donnees.with_name("donnees.cles"), load_plan(), NOW)

    assert run("export", tmp_path / "x", "--donnees", donnees, *REASON)[0] == 0
    check(tmp_path / "x")


def test_the_audit_tells_when_what_and_why_and_no_figure(donnees: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "x", "--donnees", donnees, "--semaine", "2025-10-06", "--long", *REASON)
    [line] = audit(donnees)
    files = {path.name: path for path in (tmp_path / "x").iterdir()}

    assert line.keys() == {"instant", "commande", "motif", "semaines", "fichiers", "precedent"}
    assert (line["commande"], line["motif"], line["semaines"]) == ("export --exact", REASON[2], ["2025-10-06"])
    assert str(line["instant"]).endswith("+00:00")
    assert line["fichiers"] == [
        {"nom": name, "lignes": len(path.read_text("utf-8").splitlines()) - 1, "sha256": digest(path)}
        for name in [*(f"{jeu}-exact.csv" for jeu in JEUX), "dnma-long-exact.csv"]
        if (path := files.pop(name))
    ]
    assert files == {}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_each_export_adds_a_line_and_leaves_those_before(donnees: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "x", "--donnees", donnees, *REASON)
    first = (donnees / "audit.jsonl").read_bytes()
    run("export", tmp_path / "y", "--donnees", donnees, *REASON)

    assert (donnees / "audit.jsonl").read_bytes().startswith(first)
    assert len(audit(donnees)) == 2


def test_nothing_exact_is_left_in_the_data_folder_nor_published(donnees: Path, tmp_path: Path) -> None:
    before = tree(donnees)
    run("export", tmp_path / "x", "--donnees", donnees, *REASON)
    after = tree(donnees)

    assert after.pop("audit.jsonl")
    assert after == before


def tree(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): digest(path) for path in files}


def test_exact_files_are_for_the_account_that_runs_the_command(donnees: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "x", "--donnees", donnees, *REASON)

    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "x").iterdir()} == {0o600}


def test_without_its_line_in_the_audit_no_file_takes_its_name(
    donnees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DisquePlein("audit.jsonl : écriture impossible.")

    monkeypatch.setattr(ingest.lake.audit, "append_audit", full)
    code, said = run("export", tmp_path / "x", "--donnees", donnees, *REASON)

    assert (code, "écriture impossible" in said) == (EXIT_USER_ERROR, True)
    assert list((tmp_path / "x").iterdir()) == []


def test_the_audit_is_on_disk_before_the_files_take_their_names(
    donnees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        steps.append(f"fsync {Path(os.readlink(f'/proc/self/fd/{handle}')).name}")
        fsync(handle)

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append(f"replace {Path(target).name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    run("export", tmp_path / "x", "--donnees", donnees, *REASON)

    names = [f"{jeu}-exact.csv" for jeu in JEUX]
    audited = steps.index("fsync audit.jsonl")
    assert all(steps.index(f"fsync .{name}.tmp") < audited < steps.index(f"replace {name}") for name in names)


def test_a_line_cut_short_by_a_kill_does_not_swallow_the_next_one(donnees: Path, tmp_path: Path) -> None:
    (donnees / "audit.jsonl").write_text('{"instant":"2026-05-01T0')
    run("export", tmp_path / "x", "--donnees", donnees, *REASON)

    torn, whole = (donnees / "audit.jsonl").read_text("utf-8").splitlines()
    assert (torn, json.loads(whole)["commande"]) == ('{"instant":"2026-05-01T0', "export --exact")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("x", "--exact"), 2, "vont ensemble"),
        (("x", "--exact", "--motif", "  "), 2, "vont ensemble"),
        (("x", "--motif", "pour voir"), 2, "vont ensemble"),
        (("--comparer", "e.ndjson", *REASON), 2, "avec DOSSIER"),
        (("--comparer", "e.ndjson", "--long"), 2, "avec DOSSIER"),
        (("x", "--comparer", "e.ndjson"), 2, "--comparer FICHIER"),
        ((), 2, "Donnez le DOSSIER"),
        (("donnees/publication", *REASON), EXIT_USER_ERROR, "dossier à part"),
        (("x", "--semaine", "2025-10-07", *REASON), EXIT_USER_ERROR, "n’est pas un lundi"),
        (("x", "--annee-scolaire", "2019-2020"), EXIT_USER_ERROR, "2019-2020"),
        (("--comparer", "e.ndjson"), EXIT_USER_ERROR, "aucun des quatre jeux nationaux"),
    ],
    ids=range(11),
)
def test_a_wrong_demand_is_refused_in_french_and_writes_nothing(
    donnees: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str], code: int, said: str
) -> None:
    monkeypatch.chdir(donnees.parent)
    before = tree(donnees)

    got, output = run("export", *arguments, "--donnees", "donnees")

    assert (got, said in output, "Traceback" in output) == (code, True, False)
    assert tree(donnees) == before
    assert not list(Path("x").iterdir() if Path("x").exists() else ())


def test_the_plain_export_is_masked_and_not_logged(donnees: Path, tmp_path: Path) -> None:
    code, said = run("export", tmp_path / "x", "--donnees", donnees)
    figures = {v for row in read(tmp_path / "x" / f"{JEUX[0]}.csv").values() for k, v in row.items() if "_eleve" in k}

    assert (code, "politique groupes" in said, figures) == (0, True, {"N/A"})
    assert not (donnees / "audit.jsonl").exists()
