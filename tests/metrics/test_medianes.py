"""Medians by sorted integers are those of their SQL twin."""

from datetime import datetime, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from marking_plan import load_plan
from metrics.engine import connect, run
from metrics.medianes import load_medians
from metrics.modalites import load_modalites
from metrics.reference import create_table

LUNDI = datetime(2025, 10, 6)
PLACES = {1: {"uai": 4, "commune": 1, "regroupement": 3}, 2: {"uai": 5, "commune": 1}, 3: {"uai": 6, "commune": 2}}
NIVEAUX = sorted({(noeud, niveau) for places in PLACES.values() for niveau, noeud in places.items()})
A_WEEK_S = 7 * 24 * 3600

visite = st.tuples(
    st.sampled_from(sorted(PLACES)), st.integers(0, 7), st.integers(0, 6), st.integers(0, 4) | st.integers(0, A_WEEK_S)
)


SCHEMA = pa.schema(
    [("ecole", pa.int32()), ("profil", pa.int64()), ("debut_local", pa.timestamp("us")), ("duree_s", pa.int64())]
)


def test_medians_equal_their_twin_in_sql() -> None:
    couples = [(ecole, noeud) for ecole, places in PLACES.items() for noeud in places.values()]
    with connect() as connection:
        load_modalites(connection, load_plan())
        create_table(
            connection, "placement", pa.table({"ecole": [c[0] for c in couples], "noeud": [c[1] for c in couples]})
        )
        create_table(
            connection, "noeuds", pa.table({"noeud": [n[0] for n in NIVEAUX], "niveau": [n[1] for n in NIVEAUX]})
        )

        @given(st.lists(visite, max_size=60))
        @settings(deadline=None)
        def check(visites: list[tuple[int, int, int, int]]) -> None:
            rows = [
                {"ecole": ecole, "profil": profil, "debut_local": LUNDI + timedelta(days=jour), "duree_s": duree_s}
                for ecole, profil, jour, duree_s in visites
            ]
            create_table(connection, "visites", pa.Table.from_pylist(rows, schema=SCHEMA))
            load_medians(connection)
            ours = connection.table("medianes_noeuds").fetchall()
            run(connection, "jumelles/medianes_noeuds")
            assert sorted(ours) == sorted(connection.table("medianes_noeuds").fetchall())
            assert len(ours) == len(set(ours))

        check()
