"""Make the tables of a publication as publication.toml describes them, and fill those that come from no count.

It must not count: the weekly tables are filled by the SQL files.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import duckdb
import pyarrow as pa

from marking_plan import MarkingPlan
from marking_plan.lake import Manifest
from marking_plan.pics import list_parametres
from marking_plan.schema import load_tables
from metrics.comptage import Lac
from metrics.engine import Parameters, read_sql

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
    "etat = secret : le chiffre porte sur trop peu de personnes, ou permettrait d'en retrouver un autre. Ce n'est ni zéro ni un oubli.",
    "Une modalité absente d'une coupe publiée vaut zéro, sauf si la coupe a une ligne de modalité toutes : elle est alors secrète en entier.",
    "La table taux a une ligne par base (comptes ouverts, comptes activés, élèves) : n’en gardez qu’une ; un taux ne s’additionne ni ne se moyenne.",
    "La table protection dit quels profils et quelles coupes chaque territoire publie, pour toute l'année scolaire.",
    "Les chiffres s'arrêtent à la veille de la publication.",
    "Pour comparer à l’année précédente, prenez la semaine que donne semaines_comparables, et comptez par jour d’école.",
    "La table ecoles_a_accompagner est tirée des seules cases publiées ; plan_causes en donne les définitions et les seuils.",
    "La durée d'une visite va de son premier à son dernier événement : le temps passé sur la dernière page est inconnu.",
    "Les pics de la table pics ne s’additionnent jamais ; la table acces suggère un débit à partir des élèves, et plan_parametres en donne les valeurs.",
    "Une visite qui passe minuit reste à son premier jour ; une visite qui passe le lundi 0 h est coupée.",
)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every table of the publication, empty; rows of periods stay when it starts from a copy of another."""
    for name, table in _TABLES.items():
        kept = name.startswith("frequentation_") or name in ("taux", "origines")
        if not kept:
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        columns = ", ".join(
            f'"{column}" {c.type}{"" if c.nullable else " NOT NULL"}' for column, c in table.colonnes.items()
        )
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})')


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


def replace_rows(connection: duckdb.DuckDBPyConnection, periode: str, parameters: Parameters) -> None:
    """Rows of `frequentation_<periode>` between the days `du` and `au` of the parameters, instead of those that are there."""
    table = f'"frequentation_{periode}"'
    days = {"du": parameters["du"], "au": parameters["au"]}
    connection.execute(f"DELETE FROM {table} WHERE debut BETWEEN $du AND $au", days)  # noqa: S608 - one of PERIODES
    connection.execute(f"INSERT INTO {table} {read_sql('publication/frequentation')}", parameters)


def drop_rows(connection: duckdb.DuckDBPyConnection, periode: str, debut: date) -> None:
    """Rows of a period that the lake no longer holds, and of the days of a week."""
    day = {"debut": debut}
    connection.execute(f'DELETE FROM "frequentation_{periode}" WHERE debut = $debut', day)  # noqa: S608 - one of PERIODES
    if periode == "semaine":
        connection.execute("DELETE FROM frequentation_jour WHERE debut BETWEEN $debut AND $debut + 6", day)


def write_plan(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> None:
    """The marking plan as tables, and how to read the file."""
    profils = [(p.code, p.libelle, p.definition, False) for p in plan.profils]
    profils += [(g.code, g.libelle, g.definition, True) for g in plan.groupes]
    _insert_rows(connection, "plan_profils", profils)
    _insert_rows(connection, "plan_services", [(s.code, s.libelle, s.famille, s.definition) for s in plan.services])
    _insert_rows(connection, "plan_coupes", [(c.code, c.libelle, c.definition, c.partition) for c in plan.coupes])
    coupes = {
        "appareil": plan.appareils,
        "systeme": plan.systemes,
        "navigateur": plan.navigateurs,
        "type": plan.types,
        "moment": plan.moments,
    }
    modalites = [(coupe, m.code, m.libelle, m.definition) for coupe, items in coupes.items() for m in items]
    modalites += [("duree", t.code, t.libelle, t.libelle) for t in plan.tranches]
    modalites += [("famille", f.code, f.libelle, f.definition) for f in plan.familles]
    _insert_rows(connection, "plan_modalites", modalites)
    version = plan.accompagnement.version
    causes = [(n, c.code, c.libelle, c.definition, version) for n, c in enumerate(plan.causes, 1)]
    _insert_rows(connection, "plan_causes", causes)
    _insert_rows(connection, "indicateurs", [(i.code, i.libelle, i.definition, i.unite) for i in plan.indicateurs])
    _insert_rows(connection, "plan_parametres", list(list_parametres()))
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
    connection: duckdb.DuckDBPyConnection, numero: int, now: datetime, lac: Lac, rules: str, politique: str
) -> None:
    """The line "figures as of": number, instant (UTC), plan, policy, lots, rules, and whether the data are simulated."""
    lots = hashlib.sha256("".join(manifest.lot for manifest in lac.manifests).encode()).hexdigest()
    platforms = connection.execute("SELECT DISTINCT plateforme FROM presence WHERE plateforme IS NOT NULL").fetchall()
    simulee = any(str(platform).startswith(SIMULATED_PREFIX) for (platform,) in platforms)
    head = (numero, now.replace(tzinfo=None), lac.plan.version, politique, len(lac.manifests), lots, rules, simulee)
    _insert_rows(connection, "publication", [head])


def read_origins(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, date], str]:
    """What each period already written was made of."""
    rows = connection.execute("SELECT periode, debut, empreinte FROM origines").fetchall()
    return {(periode, debut): empreinte for periode, debut, empreinte in rows}


def write_origins(connection: duckdb.DuckDBPyConnection, origins: Mapping[tuple[str, date], str]) -> None:
    """The same for the periods of this publication, instead of those that are there."""
    connection.execute("DELETE FROM origines")
    _insert_rows(connection, "origines", [(*key, digest) for key, digest in sorted(origins.items())])


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
