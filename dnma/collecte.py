"""Command that receives events over HTTP as they happen, and has them taken in and published at intervals.

It must not receive, judge or count: ingest does, and the other commands are called as an operator would.
"""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from dnma.console import DEFAULT_DONNEES, Donnees, key_folder, say, user_errors

_DUREE = re.compile(r"([1-9][0-9]*)(s|m|h)")
_SECONDES = {"s": 1, "m": 60, "h": 3600}
REMISE_S = 300.0  # how often segments are closed and handed over when nothing is published


Expediteurs = Annotated[
    Path,
    typer.Option(
        envvar="DNMA_EXPEDITEURS", help="Table TOML de ceux qui peuvent envoyer.", exists=True, dir_okay=False
    ),
]
Xiti = Annotated[Path | None, typer.Option(help="Table « s;s2;uai » des marqueurs XiTi.", exists=True, dir_okay=False)]
Intervalle = Annotated[str | None, typer.Option(help="Publier à cet intervalle : 15m, 1h… ; sinon rien n'est publié.")]
Reserve = Annotated[int, typer.Option(help="Place libre sous laquelle rien n'est accepté, en Mio.", min=1)]


def collect(
    expediteurs: Expediteurs,
    donnees: Donnees = DEFAULT_DONNEES,
    adresse: Annotated[str, typer.Option(help="Adresse d'écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d'écoute.", min=1, max=65535)] = 8060,
    socket: Annotated[Path | None, typer.Option(help="Socket UNIX d'écoute, à la place du port.")] = None,
    xiti_table: Xiti = None,
    publier_toutes_les: Intervalle = None,
    politique: Annotated[str, typer.Option(help="Politique de protection des petits effectifs.")] = "groupes",
    reserve_mio: Reserve = 1024,
) -> None:
    """Recevoir les événements par HTTP : « accepté » veut dire écrit sur le disque."""
    from ingest.collecte.serveur import Reglages, serve
    from metrics.protection.politique import load_politique

    with user_errors():
        periode_s = _read_period(publier_toutes_les) if publier_toutes_les else REMISE_S
        load_politique(politique)
        reglages = Reglages(
            donnees=donnees.resolve(),
            cles=key_folder(donnees).resolve(),
            expediteurs=expediteurs.resolve(),
            xiti_table=xiti_table.resolve() if xiti_table else None,
            adresse=adresse,
            port=port,
            socket=socket.resolve() if socket else None,
            reserve_mio=reserve_mio,
            periode_s=periode_s,
            commandes=tuple(_commands(donnees, politique, publish=publier_toutes_les is not None)),
        )
        lieu = socket or f"http://{adresse}:{port}"
        serve(reglages, ready=lambda: say([f"Collecte : {lieu}  (Ctrl+C pour arrêter)"]))


def _read_period(text: str) -> float:
    found = _DUREE.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"« {text} » n'est pas un intervalle. Écrivez par exemple 15m, 90s ou 1h.")
    return float(found[1]) * _SECONDES[found[2]]


def _commands(donnees: Path, politique: str, publish: bool) -> list[tuple[str, ...]]:
    here = (sys.executable, "-m", "dnma")
    folder = ("--donnees", str(donnees.resolve()))
    commands: list[tuple[str, ...]] = [(*here, "ingest", "--journal", *folder)]
    if publish:
        commands.append((*here, "publish", "--politique", politique, *folder))
    return commands
