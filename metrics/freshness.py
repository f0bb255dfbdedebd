"""Which periods of a new publication differ from the one it starts from: only those are written again (design 8).

It must not write a figure.
"""

import hashlib
from importlib import resources
from pathlib import Path

import duckdb

from marking_plan.semaines import monday
from metrics.comptage import Lac
from metrics.engine import connect_publication, read_sql
from metrics.periodes import Periode
from metrics.protection.politique import Politique


def rules_digest(lac: Lac, politique: Politique) -> str:
    """Digest of what every row depends on besides counts: SQL, policy, plan, engine. Under another one nothing is taken over."""
    digest = hashlib.sha256(f"{politique.model_dump_json()} {lac.plan.version} {duckdb.__version__}".encode())
    folder = resources.files("metrics").joinpath("sql/cellules")
    names = [f"cellules/{file.name.removesuffix('.sql')}" for file in folder.iterdir()]
    for name in sorted([*names, "publication/frequentation", "publication/rangement"]):
        digest.update(read_sql(name).encode())
    digest.update(resources.files("marking_plan").joinpath("publication.toml").read_bytes())
    return digest.hexdigest()


def find_base(current: Path | None, rules: str) -> Path | None:
    """The publication in force, if a new one may start from a copy of it: it was written under the same rules."""
    if current is None or not current.exists():
        return None
    with connect_publication(current) as connection:
        try:
            row = connection.execute("SELECT regles FROM publication").fetchone()
        except duckdb.Error:  # written before that column was
            return None
    return current if row == (rules,) else None


def find_fingerprints(connection: duckdb.DuckDBPyConnection, lac: Lac) -> dict[Periode, str]:
    """What each period is made of, in one digest. Needs etats_noeuds, protections."""
    rows = connection.execute(read_sql("publication/empreintes_etats")).fetchall()
    states = {(nom, debut): str(digest) for nom, debut, digest in rows}
    groupings = dict(connection.execute(read_sql("protection/empreintes")).fetchall())
    found: dict[Periode, str] = {}
    for periode in lac.periodes:
        made_of = [found[part] for part in lac.parts_of(periode)]
        made_of += [kept.origin for kept in (*lac.weeks_of(periode), *lac.registers_of(periode))]
        made_of += [states.get((periode.periode, periode.debut), ""), str(groupings.get(periode.annee, ""))]
        made_of.append(str(monday(periode.fin) > lac.provisoire_apres))
        found[periode] = hashlib.sha256(" ".join(made_of).encode()).hexdigest()
    return found
