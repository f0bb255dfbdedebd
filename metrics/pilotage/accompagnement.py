"""Fill the published table of schools to support, for every school week, from the other published tables (design 10).

It must not read anything that is not published: an alert discloses nothing that the tables hide (design 9).
"""

import duckdb

from marking_plan import MarkingPlan
from metrics.engine import Parameters, run
from metrics.ratios import COMPLETE_FROM

_STEPS: dict[str, tuple[str, ...]] = {
    "semaines_scolaires": (),
    "ecoles_suivies": ("semaines_rentree", "semaines_ouverture", "part_complete"),
    "series_suivies": ("semaines_rentree", "part_complete"),
    "silences": ("semaines_arret", "semaines_parents"),
    "medianes": ("semaines_baisse",),
    "ecoles_a_accompagner": ("semaines_ouverture", "semaines_baisse", "part_baisse", "visites_perdues"),
}  # SQL files in order, with the parameters that each one takes


def write_accompagnement(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> None:
    """Rows of `ecoles_a_accompagner`, which is empty.

    Needs the published calendrier, ecoles, perimetre and frequentation_semaine.
    """
    parameters: Parameters = {**plan.accompagnement.model_dump(), "part_complete": COMPLETE_FROM}
    for step, names in _STEPS.items():
        run(connection, f"pilotage/{step}", {name: parameters[name] for name in names})
