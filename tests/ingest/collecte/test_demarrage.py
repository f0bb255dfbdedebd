"""What stands in the way of a collector is told in one sentence, before anything is opened."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.collecte.envois import Editeur
from bench.collecte.servie import Dossiers
from dnma import EXIT_USER_ERROR, app


@pytest.fixture
def dossiers(tmp_path: Path) -> Dossiers:
    dossiers = Dossiers(tmp_path / "collecte")
    dossiers.declare(Editeur.make("banc").describe())
    return dossiers


@pytest.fixture
def pris() -> Iterator[int]:
    """A port that another collector serves, as granian listens."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refuse(dossiers: Dossiers, *options: str) -> str:
    """What is said of a collector that can't start."""
    command = ["collect", "--donnees", str(dossiers.donnees), "--expediteurs", str(dossiers.table), *options]
    done = CliRunner().invoke(app, command, env={"DNMA_CLES": str(dossiers.cles), "COLUMNS": "300"})
    assert done.exit_code == EXIT_USER_ERROR, done.output
    assert "Collecte :" not in done.output
    return done.output


def test_a_port_that_another_serves_is_refused(dossiers: Dossiers, pris: int) -> None:
    assert f"port {pris} : écoute impossible" in refuse(dossiers, "--port", str(pris))


@pytest.mark.parametrize("adresse", ["192.0.2.1", "pas.un.nom"])
def test_an_address_that_is_not_this_machines_is_refused(dossiers: Dossiers, adresse: str) -> None:
    assert f"{adresse}, port 8060 : écoute impossible" in refuse(dossiers, "--adresse", adresse)


def test_a_socket_takes_no_files_place(dossiers: Dossiers) -> None:
    assert "n'existe pas" in refuse(dossiers, "--socket", str(dossiers.racine / "absent" / "x.sock"))
    assert "ce n'est pas un socket" in refuse(dossiers, "--socket", str(dossiers.table))
    assert dossiers.table.read_text("utf-8")


def test_an_unknown_policy_is_refused(dossiers: Dossiers) -> None:
    assert "La politique « rien » n'existe pas" in refuse(dossiers, "--politique", "rien")


def test_a_table_that_declares_nobody_is_refused(dossiers: Dossiers) -> None:
    dossiers.declare("")

    assert "aucun expéditeur ni site" in refuse(dossiers)


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ('"banc"', '"Mon ENT"', "minuscules"),
        ('["034"]', '["34"]', "trois chiffres"),
        ("whsec_", "secret_", "« whsec_ »"),
        ('departements = ["034"]', "", "les écoles dont il peut parler"),
        ("evenements_s", "debit", "inconnu"),
    ],
)
def test_a_mistake_in_the_table_says_what_is_expected(dossiers: Dossiers, avant: str, apres: str, dit: str) -> None:
    dossiers.declare(dossiers.table.read_text("utf-8").replace(avant, apres))

    assert dit in refuse(dossiers)


def test_a_table_that_all_may_read_is_refused(dossiers: Dossiers) -> None:
    dossiers.table.chmod(0o644)

    assert "chmod o-rwx" in refuse(dossiers)


def test_a_xiti_table_without_its_columns_is_refused(dossiers: Dossiers) -> None:
    table = dossiers.racine / "xiti.csv"
    table.write_text("a;b\n1;2\n", "utf-8")

    assert "s, s2, uai" in refuse(dossiers, "--xiti-table", str(table))
