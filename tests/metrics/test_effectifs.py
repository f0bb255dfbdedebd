"""Effectifs as boards and analysts read them: each date stands apart, with the part of the préélémentaire."""

from datetime import date
from pathlib import Path

from marking_plan import load_plan
from metrics.lecture import Lecteur
from metrics.tableau import Vue
from tests.engine import EVENT, publish_events, read_rows

ECOLE = {"region": "76", "academie": "11", "departement": "034", "circonscription": "0341000C", "commune": "34194"}
MONDAY, SEPTEMBER, MARCH = date(2025, 10, 6), date(2025, 9, 15), date(2026, 3, 2)


def test_a_board_takes_the_last_count_and_never_adds_dates(tmp_path: Path) -> None:
    counts = [
        {"uai": EVENT["uai"], "profil": "eleve", "effectif": effectif, "base": "comptes_ouverts", "constate_le": le}
        for effectif, le in ((40, SEPTEMBER), (50, MARCH))
    ]
    path = publish_events(
        tmp_path, [EVENT], [{"uai": EVENT["uai"], **ECOLE}], [{**c, "dont_preelementaire": 3} for c in counts]
    )

    tableau = Lecteur(tmp_path / "donnees", load_plan()).read_tableau(Vue("commune", "34194", MONDAY, MONDAY))

    assert tableau.synthese.effectif == 50
    published = "select constate_le, effectif, dont_preelementaire from effectifs order by constate_le"
    assert read_rows(path, published) == [(SEPTEMBER, 40, 3), (MARCH, 50, 3)]
