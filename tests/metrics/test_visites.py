"""Visits formed from sorted integers are those of their SQL twin."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.engine import connect, fetch_arrow, run
from metrics.reference import create_table
from metrics.visites import VISIT_GAP_MS, form_visits

LUNDI_MS = 1_759_701_600_000  # 2025-10-06, midnight in Paris
A_WEEK_MS = 7 * 24 * 3600 * 1000
SCHEMA = pa.schema(
    [
        *((name, pa.int64()) for name in ("visiteur", "instant_ms", "quoi", "repere", "repere_service", "cle")),
        *((name, pa.int32()) for name in ("ecole", "profil")),
    ]
)
ACTEURS = pa.table(
    {
        "visiteur": [-5, -5, 7, 2**62],
        "ecole": pa.array([1, 2, 1, 3], pa.int32()),
        "profil": pa.array([0, 0, 1, 4], pa.int32()),
        "acteur": pa.array([1, 2, 3, 420_000], pa.int32()),
    }
)

steps = st.integers(0, 3) | st.integers(VISIT_GAP_MS - 2, VISIT_GAP_MS + 2) | st.integers(0, A_WEEK_MS // 30)
event = st.tuples(st.integers(0, 3), steps, st.integers(0, 27), st.integers(0, 31))


def _row(number: int, instant_ms: int, event: tuple[int, int, int, int]) -> dict[str, int]:
    acteur, _, service, kind = event
    person = ACTEURS.slice(acteur, 1).to_pylist()[0]
    return {
        **{name: person[name] for name in ("visiteur", "ecole", "profil")},
        "instant_ms": instant_ms,
        "quoi": service << 20 | kind,
        "repere": number,
        "repere_service": -1,
        "cle": number,
    }


@given(st.lists(event, max_size=30))
@settings(deadline=None)
def test_visits_equal_their_twin_in_sql(events: list[tuple[int, int, int, int]]) -> None:
    instants_ms = [LUNDI_MS + sum(step for _, step, *_ in events[: n + 1]) for n in range(len(events))]
    rows = [_row(n, instant_ms, event) for n, (instant_ms, event) in enumerate(zip(instants_ms, events, strict=True))]
    with connect() as connection:
        create_table(connection, "acteurs", ACTEURS)
        create_table(connection, "evenements", pa.Table.from_pylist(rows, schema=SCHEMA))
        form_visits(connection)
        ours = connection.table("formees").fetchall()
        create_table(connection, "gardes", fetch_arrow(connection, "cubes/gardes", {}))
        run(connection, "jumelles/formees", {"ecart_ms": VISIT_GAP_MS})
        assert ours == connection.table("formees").fetchall()
