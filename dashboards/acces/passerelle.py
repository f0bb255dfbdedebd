"""From granian's native protocol to the WSGI application, on a few threads, keeping header names as they came.

WSGI folds `ct_remote_user` into `ct-remote-user`: a proxy that lets underscores through would let anybody be anybody.
It must not know a route or a person.
"""

import asyncio
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # named there, not re-exported

from dashboards.acces.corps import CORPS_MAX
from dashboards.acces.porte import BRUTS

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class Passerelle:
    """The application that granian calls; `threads` requests are answered at a time. `on_end` is called when it stops."""

    def __init__(self, application: Wsgi, threads: int, on_end: Callable[[], None] = lambda: None) -> None:
        self._application, self._on_end = application, on_end
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="tableaux")

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answers one request."""
        body = await _read_body(scope, proto)
        if body is None:
            proto.response_str(413, [("server", "")], "Demande trop longue.")
            return
        loop = asyncio.get_running_loop()
        status, headers, chunks = await loop.run_in_executor(self._pool, self._run, make_environ(scope, body))
        if isinstance(chunks, bytes):
            proto.response_bytes(status, headers, chunks)
            return
        transport = proto.response_stream(status, headers)
        while (chunk := await loop.run_in_executor(self._pool, next, chunks, None)) is not None:
            await transport.send_bytes(chunk)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """The process stops."""
        self._on_end()

    def _run(self, environ: dict[str, Any]) -> tuple[int, Headers, bytes | Iterator[bytes]]:
        """Status, headers and body of the application; a file to take away, which may be large, stays a stream."""
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
            started.append((int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers]))

        result = self._application(environ, start_response)
        status, headers = started[-1]
        if any(name == "content-disposition" for name, _ in headers):
            return status, headers, _stream(result)
        try:
            return status, headers, b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()


def make_environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """WSGI's environment. A name with an underscore is in BRUTS alone: the application never takes it for another."""
    serveur, _, port = scope.server.rpartition(":")
    entetes = scope.headers.items()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": serveur or "localhost",
        "SERVER_PORT": port if port.isdigit() else "0",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        BRUTS: tuple(entetes),
    }
    for name, value in entetes:
        if "_" not in name:
            key = name.upper().replace("-", "_")
            key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


async def _read_body(scope: Scope, proto: HTTPProtocol) -> bytes | None:
    """The body, or None when it is longer than any that our pages send."""
    declared = scope.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > CORPS_MAX:
        return None
    parts, size = [], 0
    async for part in proto:
        parts.append(part)
        size += len(part)
        if size > CORPS_MAX:
            return None
    return b"".join(parts)


def _stream(result: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from result
    finally:
        if hasattr(result, "close"):
            result.close()
