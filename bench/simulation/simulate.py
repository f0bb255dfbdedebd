"""A seeded, believable region: referentials, a vendor's deliveries, and the truth they hold, week by week.
Must print nothing and must not import the engine it is used to test."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from bench.simulation.classe import write_horaires
from bench.simulation.deliveries import Livraisons
from bench.simulation.drawing import seeded
from bench.simulation.errors import ParametreInvalide
from bench.simulation.faults import add_faults
from bench.simulation.native import make_texts
from bench.simulation.population import Population, make_population
from bench.simulation.referentials import write_annuaire, write_couverture, write_deploiement, write_effectifs
from bench.simulation.region import Ecole, make_region
from bench.simulation.reperes import copy_contours, write_accompagnements, write_ruptures
from bench.simulation.rhythm import make_calendar
from bench.simulation.scenario import Scenario, make_scenario
from bench.simulation.truth import Verite
from bench.simulation.visits import make_week
from bench.simulation.xiti import JournalXiti
from marking_plan.semaines import annee_scolaire

DEBUT = date(2025, 9, 1)
ECOLES_MIN, ECOLES_MAX = 2, 6000
ANNEES = (1990, 2028)  # the years whose school holidays are known
ETAPE = "Semaines simulées"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Totaux:
    """What was written: lines = distinct valid events + repeats + faulty lines by motif."""

    lignes_ecrites: int
    evenements_distincts: int
    doublons: int
    fautives: dict[str, int]
    visites: int
    lignes_par_fichier: dict[str, int]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Paths of what was written, and totals. `livraisons` holds the native files in the order of sending."""

    dossier: Path
    annuaire: Path
    effectifs: Path
    deploiement: Path
    couverture: Path
    horaires: Path
    livraisons: tuple[Path, ...]
    xiti: Path
    xiti_etablissements: Path
    verite: Path
    verite_totaux: Path
    ecoles: int
    debut: date
    semaines: int
    graine: int
    totaux: Totaux


def simulate(
    dossier: Path,
    *,
    ecoles: int = 60,
    semaines: int = 12,
    graine: int = 1,
    debut: date | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Write a simulated region into `dossier` (made if missing; an earlier simulation there is replaced).

    The same arguments write the same bytes. Raises ParametreInvalide.
    """
    premier = debut or DEBUT
    _check(ecoles, semaines, graine, premier)
    region = make_region(ecoles, graine)
    scenario = make_scenario(region, premier, semaines, graine)
    monde = Monde(region, scenario, make_population(region, scenario.xiti, graine), graine)
    livraisons = _prepare_folder(dossier)
    _write_referentials(dossier, monde, semaines)
    sorties = Sorties(
        Livraisons(livraisons, make_texts(region, monde.population)),
        JournalXiti(region, tuple(sorted(scenario.xiti)), monde.population),
        Verite(region),
    )
    for rang in range(semaines):
        _simulate_week(premier + timedelta(weeks=rang), monde, sorties)
        if progress:
            progress(ETAPE, rang + 1, semaines)
    return _finish(dossier, monde, semaines, sorties)


@dataclass(frozen=True, slots=True)
class Monde:
    """All that is fixed before the first week."""

    region: tuple[Ecole, ...]
    scenario: Scenario
    population: Population
    graine: int


@dataclass(frozen=True, slots=True)
class Sorties:
    """What fills week after week."""

    livraisons: Livraisons
    journal: JournalXiti
    verite: Verite


def _check(ecoles: int, semaines: int, graine: int, debut: date) -> None:
    if not ECOLES_MIN <= ecoles <= ECOLES_MAX:
        raise ParametreInvalide("ecoles", ecoles, f"un nombre de {ECOLES_MIN} à {ECOLES_MAX}")
    if semaines < 1:
        raise ParametreInvalide("semaines", semaines, "un nombre d’au moins 1")
    if graine < 0:
        raise ParametreInvalide("graine", graine, "un nombre positif ou nul")
    if debut.weekday():
        raise ParametreInvalide("debut", debut, "un lundi, par exemple 2025-09-01")
    annees = range(ANNEES[0], ANNEES[1] + 1)
    if debut.year not in annees or debut.year + semaines // 52 + 1 not in annees:
        raise ParametreInvalide("debut", debut, f"des semaines entre {ANNEES[0]} et {ANNEES[1]}")


def _prepare_folder(dossier: Path) -> Path:
    """The folder of the deliveries, without those of an earlier simulation."""
    livraisons = dossier / "livraisons"
    livraisons.mkdir(parents=True, exist_ok=True)
    for motif in ("ent-*.ndjson*", "xiti-*.log"):
        for ancienne in livraisons.glob(motif):
            ancienne.unlink()
    return livraisons


def _write_referentials(dossier: Path, monde: Monde, semaines: int) -> None:
    region, scenario = monde.region, monde.scenario
    dates = _first_days(scenario.debut, semaines)
    write_annuaire(dossier / "annuaire.csv", region, scenario.debut)
    write_effectifs(dossier / "effectifs.csv", region, monde.population, dates)
    write_deploiement(dossier / "deploiement.csv", region, scenario, dates)
    write_couverture(dossier / "couverture.csv", region, scenario, semaines)
    write_ruptures(dossier / "ruptures.toml", region, scenario)
    write_accompagnements(dossier / "accompagnements.csv", region, scenario)
    copy_contours(dossier / "departements.geojson")
    write_horaires(dossier / "horaires.csv", region, [annee_scolaire(jour) for jour in dates], monde.graine)


def _first_days(debut: date, semaines: int) -> list[date]:
    """The first simulated day of each school year."""
    jours = [debut + timedelta(days=n) for n in range(7 * semaines)]
    return sorted({annee_scolaire(jour): jour for jour in reversed(jours)}.values())


def _simulate_week(lundi: date, monde: Monde, sorties: Sorties) -> None:
    rng = seeded(monde.graine, 4, lundi.toordinal())
    semaine = make_week(monde.population, monde.scenario, make_calendar(lundi), rng)
    sorties.verite.add_week(semaine.visites, lundi)
    xiti = pl.col("ecole").is_in(list(monde.scenario.xiti))
    sorties.journal.add_week(semaine.evenements.filter(xiti))
    sorties.livraisons.deliver_week(add_faults(semaine.evenements.filter(~xiti), rng), lundi)


def _finish(dossier: Path, monde: Monde, semaines: int, sorties: Sorties) -> Simulation:
    debut = monde.scenario.debut
    xiti = sorties.livraisons.dossier / f"xiti-{debut}.log"
    hits = sorties.journal.write_log(xiti)
    sorties.journal.write_table(dossier / "xiti-etablissements.csv")
    sorties.verite.write(dossier / "verite.parquet")
    totaux = _sum_up(sorties, xiti, hits)
    texte = json.dumps(asdict(totaux), ensure_ascii=False, indent=2)
    (dossier / "verite.json").write_text(texte + "\n", encoding="utf-8")
    return Simulation(
        dossier=dossier,
        annuaire=dossier / "annuaire.csv",
        effectifs=dossier / "effectifs.csv",
        deploiement=dossier / "deploiement.csv",
        couverture=dossier / "couverture.csv",
        horaires=dossier / "horaires.csv",
        livraisons=tuple(sorties.livraisons.fichiers),
        xiti=xiti,
        xiti_etablissements=dossier / "xiti-etablissements.csv",
        verite=dossier / "verite.parquet",
        verite_totaux=dossier / "verite.json",
        ecoles=len(monde.region),
        debut=debut,
        semaines=semaines,
        graine=monde.graine,
        totaux=totaux,
    )


def _sum_up(sorties: Sorties, xiti: Path, hits: int) -> Totaux:
    livraisons = sorties.livraisons
    par_fichier = {chemin.name: lignes for chemin, lignes in livraisons.fichiers.items()} | {xiti.name: hits}
    return Totaux(
        lignes_ecrites=sum(par_fichier.values()),
        evenements_distincts=livraisons.evenements + hits,
        doublons=livraisons.doublons,
        fautives=dict(sorted(livraisons.fautes.items())),
        visites=sorties.verite.visites,
        lignes_par_fichier=par_fichier,
    )
