"""Build a publication beside the one in force, then point to it (design 8): immutable, numbered, commented.

It must not count visits (cubes.py) or read a board (lecture.py).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from marking_plan import MarkingPlan
from marking_plan.semaines import bounds
from metrics import store, tables
from metrics.calendrier import add_year_before, calendrier_table
from metrics.commentaires import write_comments
from metrics.comptage import Lac, Progress, count_lac, open_lac
from metrics.controles import Constat, run_controles
from metrics.ecriture import Ecriture
from metrics.engine import connect, fetch_arrow, run, together
from metrics.errors import LacIllisible
from metrics.freshness import find_base, find_fingerprints, rules_digest
from metrics.jour_en_cours import write_jour
from metrics.noms import usual_name
from metrics.periodes import week_of
from metrics.pics import write_acces, write_pics
from metrics.pilotage import comparables_table, pair_weeks, write_accompagnement, write_services_muets
from metrics.protection.politique import Politique, load_politique
from metrics.protection.regroupement import load_groupings
from metrics.reference import create_table
from metrics.reperes import write_accompagnements, write_contours, write_ruptures
from metrics.tables_plan import write_plan
from metrics.taux import write_taux

KEPT = 5  # publications kept, the newest included
_TABLES = ("ecoles", "territoires", "effectifs", "completude", "perimetre", "protection")
_NOMS = pa.schema([(name, pa.string()) for name in ("niveau", "nom", "nom_usuel")])
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
    politique: str = "groupes",
    now: datetime | None = None,
    progress: Progress = lambda _debut: None,
) -> PublicationReport:
    """Count the weeks that changed and publish the whole lake; `progress` hears of each week done.

    Raises LacIllisible when no lot was received or no school is known yet, PolitiqueInconnue, ControleEchoue when figures contradict one another.
    """
    rules, now = load_politique(politique), now or datetime.now(UTC)
    lac = open_filled(donnees, plan, now)
    numero = store.next_number(donnees)
    base = find_base(store.find_current(donnees), rules_digest(lac, rules))
    with connect() as connection, store.new_publication(connection, donnees, numero, base) as path:
        computed = place_ecoles(connection, lac, progress)
        _check_schools(connection)
        load_groupings(connection, donnees, rules, lac.annees)
        _fill_tables(connection, lac, rules)
        write_jour(connection, lac, rules, now)
        with together(connection):
            tables.insert(connection, "semaines_comparables", comparables_table(pair_weeks(lac.annees, plan)))
            write_accompagnement(connection, plan)
            write_services_muets(connection)
            write_plan(connection, plan)
            write_ruptures(connection, donnees)
            write_accompagnements(connection, donnees)
            write_contours(connection, donnees)
            tables.write_lots(connection, lac.manifests)
            tables.write_publication(connection, numero, now, lac, rules_digest(lac, rules), rules)
            run(connection, "publication/vues")
            write_comments(connection, plan, rules)
        constats = run_controles(connection)
        tables.insert_rows(connection, "constats", constats)
        lignes = tables.count_rows(connection)
    store.point_to(path, KEPT)
    return PublicationReport(path, numero, len(lac.weeks), computed, len(lac.manifests), lignes, constats)


def open_filled(donnees: Path, plan: MarkingPlan, now: datetime) -> Lac:
    """The lake, which has weeks to count. Raises LacIllisible when no lot was received."""
    lac = open_lac(donnees, plan, now)
    if not lac.weeks:
        raise LacIllisible(f"Rien à publier : {donnees} ne contient aucun événement. Lancez d'abord « dnma ingest ».")
    return lac


def _check_schools(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse to publish before any school was seen or enrolled: boards would have nowhere to open. Raises LacIllisible."""
    if not connection.table("ecoles_periodes").limit(1).fetchall():
        raise LacIllisible(
            "Rien à publier encore : les chiffres s'arrêtent à la veille, et le lac n'a que des événements du jour. "
            "Recommencez demain, ou dites quelles écoles sont inscrites (« dnma deploiement »)."
        )


def place_ecoles(connection: duckdb.DuckDBPyConnection, lac: Lac, progress: Progress) -> int:
    """Make the tables, count the weeks that changed, and say which schools were open, expected, received.

    Leaves calendrier, completude_ecoles, etats_*, ecoles_periodes and noms_usuels; returns how many weeks were counted.
    """
    with together(connection):
        tables.create_tables(connection)
        tables.insert(connection, "calendrier", calendrier_table(add_year_before(lac.calendrier, lac.plan)))
    computed = count_lac(connection, lac, progress)
    run(connection, "publication/visitees", {"fichiers": [str(week.ecoles) for week in lac.weeks]})
    run(connection, "publication/completude_ecoles", {"dernier_jour": _last_expected(lac)})
    for name in ("etats", "etats_jours", "ecoles_mesurees", "etats_noeuds", "ecoles_periodes"):
        run(connection, f"publication/{name}")
    name_places(connection)
    return computed


def _last_expected(lac: Lac) -> date:
    """Last day on which schools may be expected: yesterday, but not beyond the school year of the last week received."""
    last = week_of(lac.lundis[-1])
    return min(lac.aujourdhui - timedelta(days=1), max(last.fin, bounds(last.annee)[1]))


def name_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Table noms_usuels: what people call each school and territory, by level and name of the annuaire. Needs placement_annees."""
    places = fetch_arrow(connection, "publication/noms", {}).to_pylist()
    rows = [{**place, "nom_usuel": usual_name(place["niveau"], place["nom"])} for place in places]
    create_table(connection, "noms_usuels", pa.Table.from_pylist(rows, schema=_NOMS))


def _fill_tables(connection: duckdb.DuckDBPyConnection, lac: Lac, politique: Politique) -> None:
    """The tables of places, then the periods that changed since the publication that this one starts from, and their rates."""
    for name in _TABLES:
        run(connection, f"publication/{name}")
    write_pics(connection, lac, politique)
    write_acces(connection, lac)
    ecriture = Ecriture(connection, lac, politique)
    known, current = tables.read_origins(connection), find_fingerprints(connection, lac)
    stale = [
        periode
        for periode in lac.periodes
        if known.get((periode.periode, periode.debut)) != current[periode] or not ecriture.is_kept(periode)
    ]
    for periode in stale:
        ecriture.write(periode)
    tables.arrange_weeks(connection, [periode.debut for periode in stale if periode.periode == "semaine"])
    origins = {(p.periode, p.debut): digest for p, digest in current.items()}
    for nom, debut in known.keys() - origins.keys():
        if nom in PERIODES:
            tables.drop_rows(connection, nom, debut)
    tables.write_origins(connection, origins | write_taux(connection, lac, known, origins))
