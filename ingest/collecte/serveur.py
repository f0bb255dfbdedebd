"""Serve the collector with granian: one process for HTTP and the post's thread, whatever is due now and then beside.

It must not read a body or write an event. A process whose journal failed ends, and is started anew: that mends what can be.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from pydantic import BaseModel, ConfigDict
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from ingest.collecte import application, navigateurs, traces
from ingest.collecte.application import Handler, Observed, refuse_request
from ingest.collecte.balise import NOM
from ingest.collecte.cadence import Cadence
from ingest.collecte.ecoute import prepare_place
from ingest.collecte.expediteurs import Registre, load_table
from ingest.collecte.memoire import give_back_memory, let_go_of_the_start
from ingest.collecte.mesures import Mesures
from ingest.collecte.recepteur import open_poste
from ingest.collecte.reception import Reception
from ingest.dialects.xiti import load_ecoles
from ingest.errors import EnvoiRefuse
from ingest.journal.segments import journal_lock
from ingest.pipeline import Lake
from marking_plan import load_plan

_SETTINGS = "DNMA_COLLECTE"
_ECHEC = 70  # EX_SOFTWARE: the process that watches starts another
_SOCKET_MODE = 0o660
_ADIEU_S = 20  # how long connections that stay open hold up the end: what is answered is on the disk, whatever happens
_TAMPON = 64 * 1024  # bytes held of each connection before they are asked for, headers included
# Tried in turn: the tag's comes first, for it is asked for most.
ROUTES: tuple[tuple[str, str, Callable[[Reception], Handler]], ...] = (
    ("POST", "/v1/marquage", navigateurs.marquage),
    ("POST", "/v1/evenements", application.evenements),
    ("GET", "/v1/hit.gif", navigateurs.hit_gif),
    ("GET", "/hit.xiti", navigateurs.hit_xiti),
    ("GET", f"/{NOM}", navigateurs.dnma_js),
    ("GET", "/v1/balise", navigateurs.extrait),
    ("GET", "/openapi.json", application.openapi),
    ("GET", "/sante", application.sante),
    ("GET", "/metrics", application.metrics),
)


class Reglages(BaseModel):
    """How a collector works: folders, table of senders, where it listens, what it runs each `periode_s`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    donnees: Path
    cles: Path
    expediteurs: Path
    xiti_table: Path | None = None
    adresse: str = "127.0.0.1"
    port: int = 8060
    socket: Path | None = None
    reserve_mio: int = 1024
    periode_s: float = 900.0
    commandes: tuple[tuple[str, ...], ...] = ()


APPLICATION = "ingest.collecte.serveur:build_application"


def serve(reglages: Reglages, application: str = APPLICATION, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until interrupted; `ready` is called once nothing stands in the way. Raises CollecteInvalide, VerrouPris and the like before."""
    load_table(reglages.expediteurs)
    if reglages.xiti_table:
        _check_ecoles(reglages.xiti_table)
    prepare_place(reglages.adresse, reglages.port, reglages.socket)
    with journal_lock(reglages.donnees):  # another collector is told of now, not by a process that can't start
        pass
    ready()
    os.environ[_SETTINGS] = reglages.model_dump_json()
    Granian(
        application,
        factory=True,
        interface=Interfaces.ASGI,
        address=reglages.adresse,
        port=reglages.port,
        uds=reglages.socket,
        uds_permissions=_SOCKET_MODE if reglages.socket else None,
        log_level=LogLevels.warning,
        http=HTTPModes.http1,  # the one whose buffers and delays are bounded
        websockets=False,
        loop=Loops.uvloop,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=_TAMPON),
        respawn_failed_workers=True,
        workers_kill_timeout=_ADIEU_S,
    ).serve()


def _check_ecoles(table: Path) -> None:
    """Read the table in a process apart: what reads it has threads, and one that has any must not be forked by the server."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        apart.submit(load_ecoles, table).result()


def build_application() -> Starlette:
    """The application of the settings in the environment; called by granian in its worker process."""
    give_back_memory()
    return create_application(Reglages.model_validate_json(os.environ[_SETTINGS]))


def create_application(reglages: Reglages) -> Starlette:
    """The application; its journal is opened when the server starts it, and closed when it stops."""
    lake = Lake(reglages.donnees, reglages.cles, load_plan())

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        with open_poste(lake, asyncio.get_running_loop().call_soon_threadsafe) as poste:
            mesures = Mesures()
            ecoles = load_ecoles(reglages.xiti_table) if reglages.xiti_table else {}
            registre = Registre(reglages.expediteurs, lambda message: traces.tell("expediteurs", message=message))
            reception = Reception(poste, registre, mesures, lake.donnees, reglages.reserve_mio << 20, ecoles)
            cadence = Cadence(lake.donnees, poste, mesures, reglages.periode_s, reglages.commandes)
            threads = [Thread(target=poste.run, name="poste"), Thread(target=cadence.run, name="cadence", daemon=True)]
            for route in _routes(reception):
                app.router.routes.append(route)
            for thread in threads:
                thread.start()
            let_go_of_the_start()
            watcher = asyncio.create_task(_watch(reception, os.getppid()))
            yield
            watcher.cancel()
            cadence.stop()
            poste.stop()
            threads[0].join()

    handlers = {EnvoiRefuse: refuse_request, HTTPException: refuse_request}
    app = Starlette(lifespan=live, exception_handlers=handlers)
    app.router.redirect_slashes = False  # an unknown address is unknown, and no answer names the host that was asked
    return app


def _routes(reception: Reception) -> list[Route]:
    return [Route(path, Observed(path, reception, make(reception)), methods=[method]) for method, path, make in ROUTES]


async def _watch(reception: Reception, parent: int) -> None:
    """Each second: see to what changes outside. Ends the process when its journal failed, once that was answered, or when
    the one that watches it is gone: what was accepted is on the disk, and the journal is free for the next."""
    while os.getppid() == parent:
        try:
            reception.watch()
        except OSError:  # a disk that can't be asked can't be written either: the journal will tell
            pass
        except Exception as error:  # whatever it is: bodies, the disk and the parent are looked at again in a second
            traces.tell("surveillance", cause=type(error).__name__)
        if reception.poste.defaut is not None:
            traces.tell_failure(reception.poste.defaut)
            await asyncio.sleep(1)
            os._exit(_ECHEC)
        await asyncio.sleep(1)
    os._exit(_ECHEC)
