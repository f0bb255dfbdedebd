"""The shape of the house: who may import whom, what lies where, and what no file may say."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from setuptools import find_packages

ROOT = Path(__file__).parents[1]
PACKAGES = ("dnma", "marking_plan", "ingest", "metrics", "dashboards", "bench")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
TEXTS = [ROOT / name for name in TRACKED if name and not name.endswith((".png", ".csv", ".parquet"))]
MACHINE = re.compile(r"/(?:wor[k]|roo[t]|hom[e])/|inde[x]-url\s*=|pypi\.or[g]/simple|find-link[s]=")


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_opens_with_its_duty(path: Path) -> None:
    text = path.read_text("utf-8")

    assert ast.get_docstring(ast.parse(text)) is not None
    assert len(text.splitlines()) <= 300


def test_every_package_is_installed() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]["find"]
    installed = find_packages(str(ROOT), include=declared["include"])
    found = [".".join(path.parent.relative_to(ROOT).parts) for path in MODULES if path.name == "__init__.py"]

    assert sorted(installed) == sorted(found)


def test_functions_stay_short() -> None:
    long = [
        f"{path.name}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]

    assert long == []


def test_sql_lives_in_files_that_say_what_they_give() -> None:
    files = sorted((ROOT / "metrics" / "sql").rglob("*.sql"))

    assert len(files) > 10
    assert [path.name for path in files if not path.read_text("utf-8").startswith("-- ")] == []


def test_no_file_names_a_machine_or_an_index() -> None:
    assert [path.name for path in TEXTS if path.exists() and MACHINE.search(path.read_text("utf-8"))] == []


def test_the_lock_pins_every_package_with_hashes() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line for line in lines if re.match(r"^[a-z0-9]", line)]

    assert len(pins) > 40
    assert all("==" in line for line in pins)
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)
