"""Build a publication beside the one in force, then point to it (design 8): immutable, numbered, commented.

It must not count visits (cubes.py) or read a board (lecture.py).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from marking_plan import MarkingPlan
from marking_plan.lake import read_manifests, referentiel_files
from marking_plan.semaines import annee_scolaire
from metrics import cubes, store, tables
from metrics.calendrier import build_calendrier, calendrier_table
from metrics.controles import Constat, run_controles
from metrics.engine import connect, run
from metrics.errors import LacIllisible
from metrics.reference import create_table, load_plan_tables, load_referentiels, semaines_table
from metrics.registres import Registre, count_users, list_registers

GRACE = timedelta(days=10)  # design 7: a week may still receive lots until ten days after its end
KEPT = 5  # publications kept, the newest included
POLITIQUES = ("exacte",)
_TABLES = ("ecoles", "territoires", "effectifs", "completude", "perimetre")
PERIODES = ("jour", "semaine", "mois", "annee")


@dataclass(frozen=True, slots=True)
class PublicationReport:
    """What a publication holds: its file, weeks (counted anew among them), lots, rows of the weekly table, and warnings."""

    path: Path
    numero: int
    semaines: int
    semaines_comptees: int
    lots: int
    lignes: int
    constats: list[Constat]


def publish(
    donnees: Path,
    plan: MarkingPlan,
    *,
    politique: str = "exacte",
    now: datetime | None = None,
    progress: Callable[[date], None] = lambda _debut: None,
) -> PublicationReport:
    """Count the weeks that changed and publish the whole lake; `progress` hears of each week done.

    Raises LacIllisible when no lot was received or the policy is unknown, ControleEchoue when figures contradict one another.
    """
    if politique not in POLITIQUES:
        raise LacIllisible(f"La politique « {politique} » n'existe pas. Choisissez : {', '.join(POLITIQUES)}.")
    now = now or datetime.now(UTC)
    manifests = read_manifests(donnees)
    weeks = cubes.list_weeks(donnees, manifests)
    if not weeks:
        raise LacIllisible(f"Rien à publier : {donnees} ne contient aucun événement. Lancez d'abord « dnma ingest ».")
    numero = store.next_number(donnees)
    registres = list_registers(donnees, manifests)
    with connect() as connection, store.new_publication(connection, donnees, numero) as path:
        computed = _count(connection, donnees, plan, weeks, registres, progress)
        _fill_tables(connection, weeks, registres, now)
        tables.write_plan(connection, plan)
        tables.write_lots(connection, manifests)
        tables.write_publication(connection, numero, now, plan, politique, manifests)
        run(connection, "publication/vues")
        tables.write_comments(connection)
        constats = run_controles(connection)
        lignes = tables.count_rows(connection)
    store.point_to(path, KEPT)
    return PublicationReport(path, numero, len(weeks), computed, len(manifests), lignes, constats)


def _count(
    connection: duckdb.DuckDBPyConnection,
    donnees: Path,
    plan: MarkingPlan,
    weeks: list[cubes.Week],
    registres: list[Registre],
    progress: Callable[[date], None],
) -> int:
    """Load the referentials and count what changed; returns how many weeks were counted."""
    annees = sorted({annee_scolaire(debut + timedelta(days=n)) for debut in _spine(weeks) for n in (0, 6)})
    tables.create_tables(connection)
    load_plan_tables(connection, plan)
    load_referentiels(connection, donnees, annees)
    tables.insert(connection, "calendrier", calendrier_table(build_calendrier(annees, plan)))
    context = f"{plan.version} {_referentiels_digest(donnees)}"
    stale = [week for week in weeks if not week.is_current(context)]
    for week in stale:
        cubes.write_presence(connection, donnees, week)
    run(connection, "publication/presence", {"fichiers": [str(week.presence) for week in weeks]})
    run(connection, "publication/lieux")
    run(connection, "publication/placement_annees")
    for week in stale:
        cubes.write_cube(connection, donnees, week, context)
        progress(week.debut)
    for registre in registres:
        count_users(connection, donnees, registre, context)
    return len(stale)


def _fill_tables(
    connection: duckdb.DuckDBPyConnection, weeks: list[cubes.Week], registres: list[Registre], now: datetime
) -> None:
    create_table(connection, "semaines", semaines_table(_spine(weeks)))
    run(connection, "publication/cubes", {"fichiers": [str(week.cube) for week in weeks]})
    run(connection, "publication/cubes_longs", {"fichiers": [str(registre.cube) for registre in registres]})
    run(connection, "publication/completude_ecoles", {"dernier_jour": now.date() - timedelta(days=1)})
    run(connection, "publication/etats")
    run(connection, "publication/etats_jours")
    run(connection, "publication/etats_noeuds")
    provisoire = now.date() - GRACE - timedelta(days=7)
    for name in _TABLES:
        run(connection, f"publication/{name}")
    for periode in PERIODES:
        tables.fill_frequentation(connection, periode, provisoire)


def _spine(weeks: list[cubes.Week]) -> Iterable[date]:
    """Every Monday from the first week seen to the last: a week that nothing reached is a gap, not an omission."""
    first, last = weeks[0].debut, weeks[-1].debut
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def _referentiels_digest(donnees: Path) -> str:
    digest = hashlib.sha256()
    for kind in ("ecoles", "deploiement"):
        for file in referentiel_files(donnees, kind).values():
            digest.update(file.read_bytes())
    return digest.hexdigest()
