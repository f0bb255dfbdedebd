"""Commands that publish what the lake holds, and show it.

It must not count or draw: metrics and dashboards do.
"""

from typing import Annotated

import typer

from dnma.console import DEFAULT_DONNEES, DEFAULT_PORT, Donnees, Port, progress_bar, say, user_errors
from marking_plan import load_plan
from marking_plan.phrases import count_fr


def publish(
    donnees: Donnees = DEFAULT_DONNEES,
    politique: Annotated[str, typer.Option(help="Politique de protection des petits effectifs.")] = "groupes",
) -> None:
    """Compter les visites et publier : un fichier DuckDB neuf, numéroté."""
    from ingest.lake.files import lake_lock
    from metrics.publication import publish as publish_lake

    with user_errors(), lake_lock(donnees), progress_bar("Publication") as show:
        report = publish_lake(donnees, load_plan(), politique=politique, progress=lambda d: show(f"semaine du {d}", 0))
    say(
        [
            f"Publication n° {report.numero} (politique {politique}) : {report.path}",
            f"  {count_fr(report.semaines, 'semaine', 'semaines')} dont "
            f"{count_fr(report.semaines_comptees, 'comptée', 'comptées')} à nouveau, {count_fr(report.lots, 'lot', 'lots')}, "
            f"{count_fr(report.lignes, 'ligne', 'lignes')} dans frequentation_semaine",
            *(f"  Attention ({c.nom}) : {c.message} {c.lignes} cas, dont {c.exemple}." for c in report.constats),
        ]
    )


def serve(donnees: Donnees = DEFAULT_DONNEES, port: Port = DEFAULT_PORT) -> None:
    """Servir les tableaux de bord sur cette machine (127.0.0.1 seulement)."""
    from dashboards.serve import serve as serve_boards
    from metrics.store import current_publication

    with user_errors():
        current_publication(donnees)
    say([f"Tableaux de bord : http://127.0.0.1:{port}  (Ctrl+C pour arrêter)"])
    serve_boards(donnees, port)
