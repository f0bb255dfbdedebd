"""Serve the boards of one data folder with granian, on the loopback address only.

It must not choose what is shown; access control has not come yet, so no other address is offered.
"""

import os
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dashboards.app import create_app
from marking_plan import load_plan
from metrics.lecture import Lecteur

_FOLDER = "DNMA_DATA"
_THREADS = 4


def build_server() -> Flask:
    """The web server of the folder named by DNMA_DATA; called by granian in its worker process."""
    app = create_app(Lecteur(Path(os.environ[_FOLDER]), load_plan()))
    server = app.server
    assert isinstance(server, Flask)
    return server


def serve(donnees: Path, port: int) -> None:
    """Serve until interrupted; `port` is opened on 127.0.0.1."""
    os.environ[_FOLDER] = str(donnees.resolve())
    Granian(
        "dashboards.serve:build_server",
        factory=True,
        interface=Interfaces.WSGI,
        address="127.0.0.1",
        port=port,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
