"""Commands that publish what the lake holds, and show it.

It must not count or draw: metrics and dashboards do.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dnma.console import DEFAULT_DONNEES, Donnees, Port, progress_bar, say, user_errors
from marking_plan import load_plan
from marking_plan.accessibilite import current_audit
from marking_plan.phrases import count_fr
from marking_plan.semaines import today

Config = Annotated[
    Path | None,
    typer.Option(
        "--configuration", envvar="DNMA_CONFIG", help="Fichier TOML de l'exploitant.", exists=True, dir_okay=False
    ),
]


def publish(
    donnees: Donnees = DEFAULT_DONNEES,
    politique: Annotated[str, typer.Option(help="Politique de protection des petits effectifs.")] = "groupes",
) -> None:
    """Compter les visites et publier : un fichier DuckDB neuf, numéroté."""
    publish_as_of(donnees, politique, None)


def publish_as_of(donnees: Path, politique: str, instant: datetime | None) -> None:
    """Publish as at an instant, that of the command when there is none, and say what was published."""
    from ingest.lake.files import lake_lock
    from metrics.publication import publish as publish_lake

    with user_errors(), lake_lock(donnees), progress_bar("Publication") as show:
        report = publish_lake(
            donnees, load_plan(), politique=politique, now=instant, progress=lambda d: show(f"semaine du {d}", 0)
        )
    say(
        [
            f"Publication n° {report.numero} (politique {politique}) : {report.path}",
            f"  {count_fr(report.semaines, 'semaine', 'semaines')} dont "
            f"{count_fr(report.semaines_comptees, 'comptée', 'comptées')} à nouveau, {count_fr(report.lots, 'lot', 'lots')}, "
            f"{count_fr(report.lignes, 'ligne', 'lignes')} dans frequentation_semaine",
            *(f"  Attention ({c.nom}) : {c.message} {c.lignes} cas, dont {c.exemple}." for c in report.constats),
        ]
    )


def serve(
    donnees: Donnees = DEFAULT_DONNEES,
    port: Port = None,
    acces: Annotated[
        str | None, typer.Option(help="Qui entre : « local » (cette machine, par défaut) ou « entetes » (mandataire).")
    ] = None,
    configuration: Config = None,
) -> None:
    """Servir les tableaux de bord : sur cette machine seulement, ou derrière le mandataire d'un portail."""
    from dashboards.acces.configuration import load_configuration
    from dashboards.serve import serve as serve_boards
    from metrics.store import current_publication

    with user_errors():
        reglages = load_configuration(configuration, acces, port)
        current_publication(donnees)
        current_audit()
        serveur = reglages.serveur
        lieu = str(serveur.socket) if serveur.socket else f"http://{serveur.adresse}:{serveur.port}"
        say([f"Tableaux de bord ({reglages.acces.mode}) : {lieu}  (Ctrl+C pour arrêter)"])
        serve_boards(donnees, reglages)


def habilitations(configuration: Config = None) -> None:
    """Vérifier la table des habilitations que nomme la configuration, et dire qui a quoi."""
    from dashboards.acces.configuration import load_configuration
    from dashboards.acces.habilitations import describe_habilitations, load_habilitations

    with user_errors():
        reglages = load_configuration(configuration)
        if reglages.acces.habilitations is None:
            raise typer.BadParameter("La configuration ne nomme pas de table (« acces.habilitations »).")
        table = load_habilitations(reglages.acces.habilitations)
    say(describe_habilitations(table, reglages.dpd, today()))
