"""Steering figures of a regional school year, on synthetic published rows: schools to support, and a constant perimeter.

It must not assert a time: it prints seconds, elapsed and of processor (all cores). Usage: bench_pilotage [schools].
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from marking_plan import load_plan
from metrics import tables
from metrics.calendrier import build_calendrier, calendrier_table
from metrics.engine import connect_publication
from metrics.pilotage import (
    PerimetreConstant,
    comparables_table,
    pair_weeks,
    read_evolution,
    write_accompagnement,
)

SCHOOLS, ANNEES = 4_500, ("2025-2026", "2026-2027")
_ECOLES = """
    insert into ecoles
    select a.annee, e.uai, e.uai, 'primaire', 'public', 'c' || e.n % 1500, '-', case when e.n % 5 = 0 then 'r' || e.n // 20 end,
        '-', 'i' || e.n % 150, '-', 'd' || e.n % 13, '-', 'a' || e.n % 2, '-', '76', '-', null, null, null, '2024-09-02', null,
        case when e.n % 2 = 0 then 'inconnu' else 'ecole_active' end
    from (select range as n, 'E' || lpad(range::varchar, 7, '0') as uai from range($schools)) e
    cross join (select unnest($annees) as annee) a
"""
_CELLULES = """
    insert into frequentation_semaine
    select s.debut, l.niveau, l.territoire, p.profil, 'total', 'total', v.visites, v.visites, v.visites * 300, 300, 'valeur', false
    from (select distinct semaine as debut from calendrier) s
    cross join (
        select distinct 'uai' as niveau, uai as territoire from ecoles
        union all
        select distinct 'regroupement', regroupement from ecoles where regroupement is not null
    ) l
    cross join (select unnest(['tous', 'eleve', 'adultes', 'parents', 'personnels']) as profil) p
    cross join lateral (
        select case
            when hash(l.territoire) % 20 = 0 and hash(l.territoire, s.debut) % 2 = 0 then 0
            else hash(s.debut, l.territoire, p.profil) % 200
        end as visites
    ) v
    order by s.debut, l.niveau, l.territoire, p.profil
"""
_PERIMETRE = """
    insert into perimetre
    select 'semaine', f.debut, f.niveau, f.territoire, 1, 1, 1, 1, c.jours,
        case when hash(f.territoire, f.debut) % 50 = 0 then 0 else c.jours end
    from frequentation_semaine f
    join (select semaine, sum(jour_ecole::int) as jours from calendrier group by semaine) c on c.semaine = f.debut
    where f.profil = 'tous'
"""


def write_publication(path: Path, schools: int) -> None:
    """Two school years of published totals, and how long the list of schools to support takes to write."""
    plan = load_plan()
    with duckdb.connect(str(path)) as connection:
        tables.create_tables(connection)
        tables.insert(connection, "calendrier", calendrier_table(build_calendrier(list(ANNEES), plan)))
        tables.insert(connection, "semaines_comparables", comparables_table(pair_weeks(ANNEES, plan)))
        connection.execute(_ECOLES, {"schools": schools, "annees": list(ANNEES)})
        connection.execute(_CELLULES)
        connection.execute(_PERIMETRE)
        connection.execute("insert into completude values ('2027-07-31', '-', true, 'oui')")
        start, busy = time.perf_counter(), time.process_time()
        write_accompagnement(connection, plan)
        spent = f"{time.perf_counter() - start:.2f} s (processor {time.process_time() - busy:.2f} s)"
        counts = "select count(*), count(distinct debut) from ecoles_a_accompagner"
        rows, weeks = connection.execute(counts).fetchall()[0]
        cells = connection.execute("select count(*) from frequentation_semaine").fetchall()[0][0]
    print(f"{schools} schools, {cells:,} cells: {rows:,} alerts of {weeks} school weeks in {spent}", flush=True)


def time_evolutions(path: Path) -> None:
    """One week of the whole région, and a whole school year, against the year before."""
    for du, au in ((date(2026, 9, 14), date(2026, 9, 14)), (date(2026, 8, 31), date(2027, 6, 28))):
        asked = PerimetreConstant(niveau="region", territoire="76", du=du, au=au)
        with connect_publication(path) as connection:
            start, busy = time.perf_counter(), time.process_time()
            found = read_evolution(connection, asked)
            spent = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
        weeks = f"{len(found.semaines)} weeks, {found.ecoles} schools kept"
        print(f"constant perimeter, {weeks}: {spent[0]:.0f} ms (processor {spent[1]:.0f} ms)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "publication.duckdb"
        write_publication(file, int(sys.argv[1]) if len(sys.argv) > 1 else SCHOOLS)
        time_evolutions(file)
