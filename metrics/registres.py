"""Count the persons seen in each month and school year, exactly, from the registers of the visible lots (design 7).

It must not read events: the registers alone outlive a week.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from marking_plan.etats import Ensemble, Etat
from marking_plan.lake import Manifest, Part
from marking_plan.semaines import PARIS
from metrics.cubes import load_portions, place, write_counts
from metrics.engine import Parameters, run
from metrics.origine import Comptes, order_parts
from metrics.periodes import Periode, read_periode
from metrics.reference import create_table

# A register knows who came, not how often.
_COUNTS = [("visites", pa.int64()), ("duree_s", pa.int64())]
_VISITS = {
    "sommes": pa.schema(
        [("portion", pa.int32()), ("ecole", pa.int32()), ("profil", pa.int64()), ("cle", pa.int64()), *_COUNTS]
    ),
    "assidus": pa.schema([("portion", pa.int32()), ("acteur", pa.int32()), *_COUNTS]),
}


@dataclass(frozen=True)
class Registre(Comptes):
    """The register of one month or school year, counted from its parts."""

    steps = ("membres", "acteurs", "presences", "ecoles", "partages", "placement", "noeuds")
    periode: Periode


def list_registers(
    donnees: Path, manifests: Iterable[Manifest], states: Mapping[str, Etat], jour: date
) -> list[Registre]:
    """Registers that the visible lots touch, with what sealed weeks left in them, and closed ones; in no order.

    A lot that is wholly of the running day waits until it is over, as its visits do (design 9): a month's users published every
    quarter of an hour would tell at which school somebody has just come.
    """
    parts: dict[str, list[Part | Ensemble]] = {}
    for nom, etat in states.items():
        if not nom.startswith("semaine-") and (etat.ensemble is not None or etat.fichiers):
            parts[nom.replace("-", "=", 1)] = [etat.ensemble] if etat.ensemble is not None else []
    for manifest in manifests:
        for part in () if _is_of_day(manifest, jour) else manifest.registres:
            parts.setdefault(part.dossier, []).append(part)
    return [Registre(order_parts(held), donnees / "cubes" / nom, read_periode(nom)) for nom, held in parts.items()]


def _is_of_day(manifest: Manifest, jour: date) -> bool:
    return manifest.instant_min is not None and manifest.instant_min.astimezone(PARIS).date() >= jour


def count_users(connection: duckdb.DuckDBPyConnection, donnees: Path, registre: Registre, context: str) -> None:
    """Count the register unless its counts are current; needs placement_annees and the plan's modalities."""
    if registre.is_current(context):
        return
    registre.begin()
    files: Parameters = {"fichiers": registre.files(donnees)}
    place(connection, files, registre.periode.annee)
    run(connection, "cubes/membres", files)
    run(connection, "cubes/acteurs")
    load_portions(connection, [(registre.periode.periode, registre.periode.debut)])
    run(connection, "cubes/presences")
    for name, schema in _VISITS.items():
        create_table(connection, name, schema.empty_table())
    write_counts(connection, registre)
    registre.finish(context)
