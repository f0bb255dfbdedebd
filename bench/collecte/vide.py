"""The collector with one more address, that reads a body and answers an empty 204: what HTTP alone costs on the same server.

It must not change anything else. `python -m bench.collecte.vide` takes the folders and the port that `dnma collect` takes.
"""

from pathlib import Path
from typing import Annotated

import typer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dnma.console import key_folder
from ingest.collecte import serveur

ADRESSE = "/vide"


async def answer(request: Request) -> Response:
    """An empty 204, once the body is read."""
    await request.body()
    return Response(status_code=204)


def build_application() -> Starlette:
    """Called by granian in its worker process."""
    app = serveur.build_application()
    app.router.routes.append(Route(ADRESSE, answer, methods=["POST"]))
    return app


def main(
    donnees: Annotated[Path, typer.Option()],
    expediteurs: Annotated[Path, typer.Option()],
    port: Annotated[int, typer.Option()],
) -> None:
    """Serve."""
    reglages = serveur.Reglages(
        donnees=donnees, cles=key_folder(donnees), expediteurs=expediteurs, port=port, reserve_mio=1
    )
    serveur.serve(reglages, "bench.collecte.vide:build_application")


if __name__ == "__main__":
    typer.run(main)
