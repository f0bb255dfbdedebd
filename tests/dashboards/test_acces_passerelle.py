"""From the network to WSGI: nothing of a header's name is lost, and files go out piece by piece."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from dashboards.acces.passerelle import Passerelle, make_environ
from dashboards.acces.porte import BRUTS
from tests.dashboards.acces import SECRET, configure

SERVEUR = """
import sys
from pathlib import Path
from granian import Granian
from granian.constants import Interfaces

def build():
    from dashboards.acces.configuration import load_configuration
    from dashboards.acces.passerelle import Passerelle
    from dashboards.app import create_app
    from tests.dashboards.fake_lecteur import FakeLecteur
    folder = Path(sys.argv[1])
    return Passerelle(create_app(FakeLecteur(), load_configuration(folder / "dnma.toml")).server.wsgi_app, 2)

if __name__ == "__main__":
    Granian("serveur:build", factory=True, interface=Interfaces.RSGI, uds=Path(sys.argv[1]) / "s", websockets=False).serve()
"""


class Headers:
    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = list(pairs)

    def items(self) -> list[tuple[str, str]]:
        return self.pairs


class FakeScope:
    """What granian gives of a request."""

    method, path, query_string, http_version, scheme = "GET", "/école/é", "q=1", "1.1", "http"

    def __init__(self, client: str, *pairs: tuple[str, str]) -> None:
        self.client, self.server, self.headers = client, "127.0.0.1:8050", Headers(*pairs)


def test_a_name_with_an_underscore_is_never_taken_for_another() -> None:
    scope = FakeScope("10.0.0.4:5000", ("ct-remote-user", "a"), ("ct_remote_user", "b"))

    environ = make_environ(scope, b"")  # type: ignore[arg-type]

    assert environ["HTTP_CT_REMOTE_USER"] == "a"
    assert environ[BRUTS] == (("ct-remote-user", "a"), ("ct_remote_user", "b"))


@pytest.mark.parametrize(("client", "adresse"), [("10.0.0.4:5000", "10.0.0.4"), ("[::1]:5000", "::1"), ("", "")])
def test_the_address_is_the_neighbours(client: str, adresse: str) -> None:
    assert make_environ(FakeScope(client), b"")["REMOTE_ADDR"] == adresse  # type: ignore[arg-type]


def test_a_path_keeps_its_accents() -> None:
    environ = make_environ(FakeScope("1.1.1.1:1"), b"")  # type: ignore[arg-type]

    assert environ["PATH_INFO"].encode("latin-1").decode() == "/école/é"


@pytest.mark.parametrize(("headers", "streamed"), [([("Content-Disposition", "attachment")], True), ([], False)])
def test_a_file_goes_out_piece_by_piece_and_a_page_whole(headers: list[tuple[str, str]], streamed: bool) -> None:
    def application(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        start("200 OK", headers)
        return iter((b"a", b"b"))

    status, _, body = Passerelle(application, 1)._run({})

    assert status == 200
    assert body == b"ab" if not streamed else [*cast("Iterator[bytes]", body)] == [b"a", b"b"]


async def end(passerelle: Passerelle) -> None:
    passerelle.__rsgi_del__(asyncio.get_running_loop())


def test_what_runs_beside_the_application_ends_with_the_server() -> None:
    ended: list[str] = []
    passerelle = Passerelle(lambda _environ, _start: (), 1, lambda: ended.append("veille"))

    with ThreadPoolExecutor(1) as beside:  # where no browser of another test runs its own loop
        beside.submit(asyncio.run, end(passerelle)).result()

    assert ended == ["veille"]


@pytest.fixture(scope="module")
def prise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Unix socket of the boards, served by granian as `dnma serve` does."""
    folder = tmp_path_factory.mktemp("g")
    configure(folder, "mdupont;;;pilote;tout;;;")
    settings = (folder / "dnma.toml").read_text("utf-8").replace('mandataires = ["10.0.0.4"]\n', "")
    (folder / "dnma.toml").write_text(settings + f'[serveur]\nsocket = "{folder / "s"}"\n', "utf-8")
    (folder / "serveur.py").write_text(SERVEUR, "utf-8")
    environment = {"PYTHONPATH": f"{folder}:{Path(__file__).parents[2]}", "PATH": ""}
    command = [sys.executable, str(folder / "serveur.py"), str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        for _ in range(200):
            if (folder / "s").exists() and ask(folder / "s", "GET /sante HTTP/1.1").startswith("HTTP/1.1"):
                break
            time.sleep(0.1)
        yield folder / "s"
        server.terminate()


def ask(prise: Path, first: str, *lines: str) -> str:
    """Answer to a request written by hand."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        try:
            connection.connect(str(prise))
        except OSError:
            return ""
        text = "\r\n".join((first, "Host: tableaux", "Connection: close", "Accept: text/html", *lines, "", ""))
        connection.sendall(text.encode("latin-1"))
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts).decode("utf-8", "replace")


PORTEUR = (f"X-DNMA-Secret: {SECRET}", "CT-Remote-User: mdupont")


def test_the_proxys_person_is_let_in(prise: Path) -> None:
    answer = ask(prise, "GET / HTTP/1.1", *PORTEUR)

    assert answer.startswith("HTTP/1.1 200")
    assert "granian" not in answer


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("CT-Remote-User: mdupont",),
        (*PORTEUR, "ct_remote_user: autre"),
        (*PORTEUR, "ct-remote-user: autre"),
        (f"X-DNMA-Secret: {SECRET}", "ct_remote_user: mdupont"),
        (f"X-DNMA-Secret: {SECRET}", "CT-Remote-User: mdupont\xe9"),
    ],
    ids=["nothing", "no secret", "underscore beside", "twice", "underscore alone", "not ASCII"],
)
def test_no_other_spelling_lets_anybody_in(prise: Path, lines: tuple[str, ...]) -> None:
    assert ask(prise, "GET / HTTP/1.1", *lines).startswith("HTTP/1.1 401")
