"""What the documents say is true: commands, targets, files."""

import re
from pathlib import Path

import pytest
from typer.main import get_group

from dnma import app, plan_app
from marking_plan import load_plan

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCS = README + "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
COMMANDS = sorted(get_group(app).commands)  # as users type them: `export-convention`


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"dnma {command}(?![\w-])", DOCS)


def test_every_command_has_help() -> None:
    commands = [*app.registered_commands, *plan_app.registered_commands]

    assert all(c.callback and c.callback.__doc__ for c in commands)


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", README, re.MULTILINE))

    assert targets
    assert [t for pair in targets for t in pair if t and f"\n{t}:" not in makefile] == []


def test_every_local_link_and_picture_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)

    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []


def test_the_vendor_guide_lists_every_motif() -> None:
    guide = (ROOT / "docs" / "vendeur.md").read_text("utf-8")

    assert [m.code for m in load_plan().motifs if f"`{m.code}`" not in guide] == []
