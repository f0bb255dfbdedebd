"""A published file the size of a région, made of a small real one: its territories copied, its rows written in the same order.

It must not count visits, and its figures mean nothing: sizes, masks and the order of rows are what a board's time depends on.
"""

from pathlib import Path

import duckdb

from marking_plan import load_plan
from metrics import store, tables
from metrics.engine import connect
from metrics.tables import TABLES

# Copies of a small region's territories: one of each commune and school, several to a circonscription or above.
_PARTAGES = {"region": None, "academie": 1, "departement": 7, "circonscription": 57}
_SOMMES = ("visites", "utilisateurs", "duree_s", "inscrites", "ouvertes", "mesurees", "actives", "jours_attendus",
           "jours_recus", "jours_presumes", "numerateur", "denominateur")  # fmt: skip
# Written period after period, weeks by quarter; every other table at once, in the order of its own query.
_PAR_PERIODE = {
    "frequentation_semaine": ("date_trunc('quarter', f.debut)", "niveau, territoire, profil, coupe, modalite, debut"),
    "frequentation_mois": ("f.debut", "niveau, territoire, coupe, profil, modalite"),
    "frequentation_annee": ("f.debut", "niveau, territoire, coupe, profil, modalite"),
    "taux": ("f.periode; f.debut", "niveau, territoire, profil, base"),
}
_ORDRES = {
    "ecoles": "annee_scolaire, uai",
    "territoires": "annee_scolaire, niveau, territoire",
    "effectifs": "annee_scolaire, uai, profil, base, constate_le",
    "completude": "uai, jour",
    "perimetre": "periode, niveau, territoire, debut",
    "protection": "annee_scolaire, niveau, territoire, profil",
    "pics": "niveau, territoire, debut",
    "acces": "niveau, territoire, debut",
    "ecoles_a_accompagner": "debut, uai",
}
_TELLES_QUELLES = ("frequentation_jour",)  # no board reads it


def enlarge(source: Path, donnees: Path, copies: int) -> int:
    """Write the publication of `donnees`, with every school of `source` that many times; returns its weekly rows."""
    with connect() as connection, store.new_publication(connection, donnees, 1, None) as path:
        tables.create_tables(connection)
        quoted = str(source).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS petite (READ_ONLY)")
        connection.execute("CREATE TEMP TABLE copies (niveau VARCHAR, copie INTEGER, facteur DOUBLE)")
        for niveau in (known.code for known in load_plan().niveaux):
            count = _count(niveau, copies)
            rows = "SELECT ?, range::INTEGER, ?::DOUBLE FROM range(?)"
            connection.execute(f"INSERT INTO copies {rows}", [niveau, copies / count, count])
        for name in TABLES:
            _copy_table(connection, name, copies)
        lignes = tables.count_rows(connection)
        connection.execute("DETACH petite")
    store.point_to(path, 1)
    return lignes


def _count(niveau: str, copies: int) -> int:
    """How many copies there are of one territory of a level."""
    partage = _PARTAGES.get(niveau, copies)
    return 1 if partage is None else min(partage, copies)


def _copy_table(connection: duckdb.DuckDBPyConnection, name: str, copies: int) -> None:
    if name in _TELLES_QUELLES or not _joins(name):
        connection.execute(f'INSERT INTO "{name}" SELECT * FROM petite."{name}"')  # noqa: S608 - name of publication.toml
        return
    chosen = ", ".join(f"{_column(column, copies)} AS {column}" for column in TABLES[name].colonnes)
    rows = f"SELECT {chosen} FROM petite.{name} f JOIN copies c ON c.niveau = {_joins(name)}"  # noqa: S608 - the same
    if name not in _PAR_PERIODE:
        connection.execute(f"INSERT INTO {name} {rows} ORDER BY {_ORDRES.get(name, 'ALL')}")
        return
    keys, order = _PAR_PERIODE[name]
    parts = keys.split("; ")
    wanted = " AND ".join(f"{part} = ?" for part in parts)
    for key in connection.execute(f"SELECT DISTINCT {', '.join(parts)} FROM petite.{name} f ORDER BY ALL").fetchall():  # noqa: S608
        connection.execute(f"INSERT INTO {name} {rows} WHERE {wanted} ORDER BY {order}", list(key))


def _joins(name: str) -> str:
    """The level of a row; empty when the table tells no territory."""
    colonnes = TABLES[name].colonnes
    if "niveau" in colonnes and "territoire" in colonnes:
        return "f.niveau"
    return "'uai'" if "uai" in colonnes else ""


def _column(column: str, copies: int) -> str:
    """Codes and names of a copy are those of the model and a number; figures vary from one copy to the other."""
    if column == "territoire":
        return _numbered("f.territoire", "c.copie")
    if column == "uai" or column in ("nom", "nom_commune", "code_commune", "regroupement", "nom_regroupement"):
        return _numbered(f"f.{column}", "c.copie")
    if column.removeprefix("code_").removeprefix("nom_") in _PARTAGES:
        return _place(column, copies)
    if column in _SOMMES:
        return f"CAST(round(f.{column} * c.facteur * (85 + c.copie * 37 % 31) / 100) AS BIGINT)"
    return f"f.{column}"


def _place(column: str, copies: int) -> str:
    """Where a copied school lies: copies are dealt out to circonscriptions, those to départements, those to académies."""
    if column.endswith("region"):
        return f"f.{column}"
    copie = "c.copie"
    for niveau in ("circonscription", "departement", "academie"):
        copie = f"{copie} % {_count(niveau, copies)}"
        if column.endswith(niveau):
            break
    return _numbered(f"f.{column}", copie)


def _numbered(column: str, copie: str) -> str:
    """The model itself, then its copies. Their number comes first: DuckDB's zone maps hold eight bytes of a text."""
    return f"CASE WHEN {copie} = 0 THEN {column} ELSE lpad(CAST({copie} AS VARCHAR), 3, '0') || {column} END"
