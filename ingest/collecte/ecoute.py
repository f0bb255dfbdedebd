"""Make sure, before anything is opened, that a collector can listen where it is told to.

It must not serve: what it binds, it lets go of.
"""

import socket
from pathlib import Path

from ingest.errors import CollecteInvalide


def prepare_place(adresse: str, port: int, prise: Path | None) -> None:
    """Raises CollecteInvalide when the address or the port can't be listened on, or is another server's."""
    if prise is not None:
        _check_socket(prise)
        return
    try:
        famille = socket.getaddrinfo(adresse, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0][0]
        with socket.socket(famille, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((adresse, port))
            probe.listen()
    except OSError as error:
        raise CollecteInvalide(
            f"{adresse}, port {port} : écoute impossible ({error.strerror}). Donnez une adresse IP de cette machine et un port libre."
        ) from error


def _check_socket(prise: Path) -> None:
    """One that a killed server left goes; any other file stays."""
    if not prise.parent.is_dir():
        raise CollecteInvalide(f"{prise} : le dossier de ce socket n'existe pas. Créez-le.")
    if prise.exists() and not prise.is_socket():
        raise CollecteInvalide(f"{prise} : ce n'est pas un socket. Donnez un autre chemin.")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        if probe.connect_ex(str(prise)) == 0:
            raise CollecteInvalide(
                f"{prise} : un autre serveur écoute déjà sur ce socket. Arrêtez-le, ou donnez un autre chemin."
            )
    prise.unlink(missing_ok=True)
