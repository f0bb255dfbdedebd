"""Publications of a simulated region, to be attacked. It must not look into them."""

from datetime import date
from pathlib import Path

from bench.simulation.simulate import simulate
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.referentiels import load_annuaire, load_deploiement, load_effectifs, load_horaires
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.semaines import annee_scolaire
from metrics.publication import publish


def simulate_publication(folder: Path, ecoles: int, semaines: int, politique: str) -> Path:
    """The published file of a simulated region, under a policy."""
    return publish(simulate_lake(folder, ecoles, semaines), load_plan(), politique=politique).path


def simulate_lake(folder: Path, ecoles: int, semaines: int, debut: date | None = None) -> Path:
    """The lake of a simulated region from a Monday on (none: that of the rentrée), ready to be published."""
    simulation, donnees, plan = (
        simulate(folder / "simulation", ecoles=ecoles, semaines=semaines, debut=debut),
        folder / "d",
        load_plan(),
    )
    load_annuaire(donnees, simulation.annuaire, annee_scolaire(simulation.debut))
    load_effectifs(donnees, simulation.effectifs, plan, None, None)
    load_deploiement(donnees, simulation.deploiement)
    load_horaires(donnees, simulation.horaires, annee_scolaire(simulation.debut))
    options = DialectOptions(champs_personnels=plan.champs_personnels)
    sources = find_sources([str(path) for path in simulation.livraisons])
    list(ingest_sources(Lake(donnees, folder / "cles", plan), sources, options))
    return donnees
