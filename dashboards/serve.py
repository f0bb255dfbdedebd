"""Serve the boards of one data folder with granian: one process, a few threads.

It must not choose what is shown, nor to whom: the configuration does.
"""

import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dashboards.acces.configuration import Configuration
from dashboards.acces.passerelle import Passerelle
from dashboards.acces.porte import Porte
from dashboards.app import create_app
from marking_plan import load_plan
from metrics.lecture import Lecteur

_FOLDER, _SETTINGS = "DNMA_DATA", "DNMA_TABLEAUX"
_SOCKET_MODE = 0o660


def build_server() -> Passerelle:
    """The web server of the folder named by DNMA_DATA; called by granian in its worker process."""
    donnees = Path(os.environ[_FOLDER])
    configuration = Configuration.model_validate_json(os.environ[_SETTINGS])
    lecteur = Lecteur(donnees, load_plan())
    veille = lecteur.watch()
    veille.start()  # a région's publication takes seconds to open: those of the application's own start too
    app = create_app(lecteur, configuration, donnees)
    return Passerelle(app.server.wsgi_app, configuration.serveur.fils, veille.stop)


def serve(donnees: Path, configuration: Configuration) -> None:
    """Serve until interrupted, where the configuration says. Raises ConfigurationInvalide before opening anything."""
    Porte(configuration, lambda _portee: False)  # secret and table of rights are read, or the start fails here
    serveur = configuration.serveur
    os.environ[_FOLDER] = str(donnees.resolve())
    os.environ[_SETTINGS] = configuration.model_dump_json()
    Granian(
        "dashboards.serve:build_server",
        factory=True,
        interface=Interfaces.RSGI,
        address=serveur.adresse,
        port=serveur.port,
        uds=serveur.socket,
        uds_permissions=_SOCKET_MODE if serveur.socket else None,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
