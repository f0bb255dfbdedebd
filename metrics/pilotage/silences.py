"""Fill the published table of services that fell silent, from the other published tables.

It must not read anything that is not published: an alert discloses nothing that the tables hide (design 9).
"""

import duckdb

from marking_plan.silences import load_services_muets
from metrics.engine import run
from metrics.ratios import COMPLETE_FROM


def write_services_muets(connection: duckdb.DuckDBPyConnection) -> None:
    """Rows of `services_muets`, which is empty. Needs the published perimetre and frequentation_semaine."""
    rule = load_services_muets().model_dump(include={"semaines_usage", "semaines_silence"})
    run(connection, "pilotage/services_muets", {**rule, "part_complete": COMPLETE_FROM})
