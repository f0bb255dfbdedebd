"""Fill the one table of the running day: visits begun since midnight, from circonscription up, always provisional (design 9).

It must not say how visits are formed (visites.py does), nor touch another table: every other figure stops at yesterday.
"""

from datetime import datetime

import duckdb
import numpy as np
import pyarrow as pa

from marking_plan.semaines import annee_scolaire
from metrics import cubes
from metrics.comptage import Lac
from metrics.engine import Parameters, fetch_arrow, run
from metrics.protection.masques import protect
from metrics.protection.politique import Politique
from metrics.protection.sommes import Flags, Ints, Sommes, make_sommes
from metrics.reference import create_table
from metrics.visites import form_visits


def write_jour(connection: duckdb.DuckDBPyConnection, lac: Lac, politique: Politique, now: datetime) -> None:
    """Table jour_en_cours, left empty when nothing came today, or when the policy tells no day of everybody together.

    Needs placement_annees, protections, ecoles_mesurees, modalites.
    """
    week = lac.semaine_en_cours
    if week is None or "tous" in politique.exclus_petits:
        return
    annee: Parameters = {"annee": annee_scolaire(week.debut)}
    _load_events(connection, lac, week, now)
    arrete_a = fetch_arrow(connection, "jour/dernier", {}).column(0)[0].as_py()
    if arrete_a is None:
        return
    run(connection, "cubes/acteurs")
    form_visits(connection)
    run(connection, "cubes/visites")
    run(connection, "jour/cases", {**annee, "jour": lac.aujourdhui, "k": politique.k})
    masked = _choose(connection, politique.k, annee)
    create_table(connection, "masquees_du_jour", pa.table({"cellule": np.flatnonzero(masked)}))
    run(connection, "jour/publiees", {"jour": lac.aujourdhui, "arrete_a": arrete_a})


def _load_events(connection: duckdb.DuckDBPyConnection, lac: Lac, week: cubes.Week, now: datetime) -> None:
    """Table evenements: those of the week until now, of who came today; a visit may have begun before midnight."""
    files: Parameters = {"fichiers": week.files(lac.donnees)}
    cubes.place(connection, files, annee_scolaire(week.debut))
    run(connection, "cubes/evenements", {**files, "fin": now})
    run(connection, "jour/visiteurs", {"minuit": lac.fin})


def _choose(connection: duckdb.DuckDBPyConnection, k: int, annee: Parameters) -> Flags:
    """Cells to mask, by number. Needs cases_du_jour."""
    cases, sommes = fetch_arrow(connection, "jour/cases_lues", {}), fetch_arrow(connection, "jour/sommes", annee)
    lines = make_sommes(*(_column(sommes, name) for name in ("ligne", "cellule", "signe")))
    return mask_jour(_column(cases, "utilisateurs"), _column(cases, "secret").astype(np.bool_), lines, k)


def mask_jour(utilisateurs: Ints, secretes: Flags, sommes: Sommes, k: int) -> Flags:
    """Those hidden by themselves and the others that must be with them: in each sum none is masked, or two at least."""
    return protect(utilisateurs, secretes, sommes, k, (utilisateurs == 0).astype(np.int64)).masquees


def _column(rows: pa.Table, name: str) -> Ints:
    values: Ints = rows.column(name).to_numpy(zero_copy_only=False)
    return values
