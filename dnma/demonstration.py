"""Commands that simulate a region, and run the whole way on it.

It must not hold a rule of the simulation: bench.simulation does.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from dnma.console import Donnees, Port, progress_bar, say, user_errors
from dnma.lac import ingest
from dnma.publication import publish_as_of, serve
from dnma.referentiels import (
    accompagnements,
    annuaire,
    carte,
    couverture,
    deploiement,
    effectifs,
    horaires,
    ruptures,
)
from marking_plan.lake import read_manifests

ANNEE = "2025-2026"  # the simulation begins on Monday 1 September 2025 unless told otherwise


def simulate(
    dossier: Annotated[Path, typer.Argument(help="Dossier où écrire les livraisons simulées.", file_okay=False)],
    ecoles: Annotated[int, typer.Option(help="Nombre d'écoles.", min=2)] = 60,
    semaines: Annotated[int, typer.Option(help="Nombre de semaines.", min=1)] = 12,
    graine: Annotated[int, typer.Option(help="Graine : la même donne les mêmes fichiers.")] = 1,
    debut: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Premier lundi.")] = None,
) -> None:
    """Simuler une région : annuaire, effectifs, livraisons avec leurs défauts, et la vérité connue."""
    from bench.simulation.simulate import simulate as simulate_region

    first = debut.date() if debut else None
    with user_errors(), progress_bar("Simulation", semaines) as show:
        result = simulate_region(
            dossier, ecoles=ecoles, semaines=semaines, graine=graine, debut=first, progress=lambda _, n, __: show("", n)
        )
    say([f"Région simulée dans {result.dossier} : {ecoles} écoles, {semaines} semaines, graine {graine}."])


def demo(
    donnees: Donnees = Path("donnees-demo"),
    ecoles: Annotated[int, typer.Option(help="Nombre d'écoles simulées.", min=2)] = 60,
    semaines: Annotated[int, typer.Option(help="Nombre de semaines simulées.", min=1)] = 12,
    politique: Annotated[str, typer.Option(help="Politique de protection des petits effectifs.")] = "groupes",
    sans_serveur: Annotated[bool, typer.Option("--sans-serveur", help="S'arrêter après la publication.")] = False,
    port: Port = None,
) -> None:
    """Tout montrer sur des données simulées : simuler, ingérer, publier, servir."""
    from bench.simulation.reperes import SOURCE_CONTOURS

    livraisons = donnees.with_name(f"{donnees.name}.simulation")
    simulate(livraisons, ecoles=ecoles, semaines=semaines)
    annuaire(livraisons / "annuaire.csv", donnees, ANNEE)
    effectifs(livraisons / "effectifs.csv", donnees)
    deploiement(livraisons / "deploiement.csv", donnees)
    couverture(livraisons / "couverture.csv", donnees)
    horaires(livraisons / "horaires.csv", donnees, ANNEE)
    ruptures(livraisons / "ruptures.toml", donnees)
    accompagnements(livraisons / "accompagnements.csv", donnees)
    carte(livraisons / "departements.geojson", SOURCE_CONTOURS, donnees)
    ingest([str(livraisons / "livraisons")], donnees, xiti_table=livraisons / "xiti-etablissements.csv", bref=True)
    publish_as_of(donnees, politique, _soon_after(donnees))
    if not sans_serveur:
        serve(donnees, port, acces="local")


def _soon_after(donnees: Path) -> datetime:
    """When the simulated region would publish: two days after its last events, as a pilot finds it on a Monday or Tuesday."""
    last = max((manifest.instant_max for manifest in read_manifests(donnees) if manifest.instant_max), default=None)
    now = datetime.now(UTC)
    return min(now, last + timedelta(days=2)) if last else now
