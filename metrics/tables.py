"""Make the tables of a publication as publication.toml describes them, and fill those that come from no count.

It must not count: the weekly tables are filled by the SQL files.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

import duckdb
import pyarrow as pa

from marking_plan import MarkingPlan
from marking_plan.lake import Manifest
from marking_plan.schema import load_tables
from metrics.engine import read_sql

_TABLES = load_tables("publication.toml")
SIMULATED_PREFIX = "SIMULATION"  # platforms of simulated deliveries begin so: the data carry their own label

_LISEZ_MOI = (
    "Ce fichier contient la fréquentation d'un ENT : visites, utilisateurs et durées, par jour, semaine, mois et année scolaire.",
    "Chaque table et chaque colonne porte un commentaire : SELECT * FROM duckdb_columns().",
    "Pour additionner des visites, partez des vues v_<niveau>_semaine : une ligne par territoire et par semaine.",
    "N'additionnez jamais des utilisateurs : une personne compte une fois par période et par territoire.",
    "Au mois et à l’année, les utilisateurs sont les personnes vues ; ils ne sont connus que pour la coupe total.",
    "Les coupes service, famille et type se recouvrent : leurs visites ne s'additionnent pas au total.",
    "etat = valeur : le chiffre est compté, zéro compris. Les mesures sont NULL sans valeur (non reçu, non ouverte).",
    "La durée d'une visite va de son premier à son dernier événement : le temps passé sur la dernière page est inconnu.",
    "Une visite qui passe minuit reste à son premier jour ; une visite qui passe le lundi 0 h est coupée.",
)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every table of the publication, empty."""
    for name, table in _TABLES.items():
        columns = ", ".join(
            f'"{column}" {c.type}{"" if c.nullable else " NOT NULL"}' for column, c in table.colonnes.items()
        )
        connection.execute(f'CREATE TABLE "{name}" ({columns})')


def write_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment every table and column, in French (design 8)."""
    for name, table in _TABLES.items():
        connection.execute(f'COMMENT ON TABLE "{name}" IS {_quoted(table.commentaire)}')
        for column, c in table.colonnes.items():
            connection.execute(f'COMMENT ON COLUMN "{name}"."{column}" IS {_quoted(c.commentaire)}')


def insert(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Insert Arrow rows whose columns are those of the table, in order."""
    connection.register("lignes_lues", rows.select(list(_TABLES[name].colonnes)))
    connection.execute(f'INSERT INTO "{name}" SELECT * FROM lignes_lues')  # noqa: S608 - name of publication.toml
    connection.unregister("lignes_lues")


def fill_frequentation(connection: duckdb.DuckDBPyConnection, periode: str, provisoire_apres: date) -> None:
    """The table of a period, `frequentation_<periode>`; weeks after `provisoire_apres` may still change."""
    parameters = {"periode": periode, "provisoire_apres": provisoire_apres}
    query = read_sql("publication/frequentation")
    connection.execute(f'INSERT INTO "frequentation_{periode}" {query}', parameters)


def write_plan(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> None:
    """The marking plan as tables, and how to read the file."""
    profils = [(p.code, p.libelle, p.definition, False) for p in plan.profils]
    profils += [(g.code, g.libelle, g.definition, True) for g in plan.groupes]
    _insert_rows(connection, "plan_profils", profils)
    _insert_rows(connection, "plan_services", [(s.code, s.libelle, s.famille, s.definition) for s in plan.services])
    coupes = {
        "appareil": plan.appareils,
        "systeme": plan.systemes,
        "navigateur": plan.navigateurs,
        "type": plan.types,
    }
    modalites = [(coupe, m.code, m.libelle, m.definition) for coupe, items in coupes.items() for m in items]
    modalites += [("duree", t.code, t.libelle, t.libelle) for t in plan.tranches]
    modalites += [("famille", f.code, f.libelle, f.definition) for f in plan.familles]
    _insert_rows(connection, "plan_modalites", modalites)
    _insert_rows(connection, "indicateurs", [(i.code, i.libelle, i.definition, i.unite) for i in plan.indicateurs])
    _insert_rows(connection, "LISEZ_MOI", list(enumerate(_LISEZ_MOI, 1)))


def write_lots(connection: duckdb.DuckDBPyConnection, manifests: list[Manifest]) -> None:
    """What each lot contained: counts, motifs, corrections, codes outside the plan."""
    _insert_rows(connection, "qualite_lots", [row for m in manifests for row in _lot_rows(m)])


def _lot_rows(manifest: Manifest) -> list[tuple[object, ...]]:
    head = (manifest.lot, manifest.source, manifest.recu_le.replace(tzinfo=None))
    totals = [("recues", manifest.received), ("gardees", manifest.kept), ("doublons", manifest.duplicates)]
    details = {
        "refus": manifest.refused,
        "correction": manifest.corriges,
        "hors_plan": manifest.inconnus,
        "champ_ignore": manifest.champs_ignores,
    }
    rows: list[tuple[object, ...]] = [(*head, None, None, rubrique, None, lignes) for rubrique, lignes in totals]
    rows += [(*head, None, None, rubrique, key, n) for rubrique, counts in details.items() for key, n in counts.items()]
    rows += [(*head, k.plateforme, k.semaine, f"suivi_{k.rubrique}", k.detail, n) for k, n in manifest.suivi]
    return rows


def write_publication(
    connection: duckdb.DuckDBPyConnection,
    numero: int,
    now: datetime,
    plan: MarkingPlan,
    politique: str,
    manifests: list[Manifest],
) -> None:
    """The line "figures as of": number, instant (UTC), plan, policy, lots, and whether the data are simulated."""
    lots = hashlib.sha256("".join(manifest.lot for manifest in manifests).encode()).hexdigest()
    platforms = connection.execute("SELECT DISTINCT plateforme FROM presence WHERE plateforme IS NOT NULL").fetchall()
    simulee = any(str(platform).startswith(SIMULATED_PREFIX) for (platform,) in platforms)
    row = (numero, now.replace(tzinfo=None), plan.version, politique, len(manifests), lots, simulee)
    _insert_rows(connection, "publication", [row])


def count_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows of the weekly table."""
    row = connection.execute("SELECT count(*) FROM frequentation_semaine").fetchone()
    return int(row[0]) if row else 0


def _insert_rows(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    columns = list(_TABLES[name].colonnes)
    arrays = {column: [row[n] for row in rows] for n, column in enumerate(columns)}
    if rows:
        insert(connection, name, pa.table(arrays))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
