"""Rates are asked like any figure: each base is a row of its own, and a state stands where there is no rate."""

from datetime import date
from pathlib import Path

import pytest

from metrics.engine import connect_publication
from metrics.requete import EnfantsDe, Requete, read_requete
from tests.engine import EVENT, publish_events

DOLTO, ARC_EN_CIEL = "0340585B", "0342332A"
HERAULT = {"region": "76", "academie": "11", "departement": "034", "circonscription": "0341000C", "commune": "34194"}
ECOLES = [{"uai": DOLTO, **HERAULT}, {"uai": ARC_EN_CIEL, **HERAULT, "maternelle": "1", "elementaire": "0"}]
MONDAY, MONTH, YEAR = date(2025, 10, 6), date(2025, 10, 1), date(2025, 8, 1)
BASES = {"comptes_ouverts": 8, "comptes_actives": 4, "eleves_onde": 10}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school counted three ways, and a maternelle beside it; three pupils and a parent come."""
    events = [{**EVENT, "uai": DOLTO, "visiteur": f"e{n}"} for n in range(3)]
    events += [{**EVENT, "uai": uai, "visiteur": f"p-{uai}", "profil": "PARENT"} for uai in (DOLTO, ARC_EN_CIEL)]
    effectifs = [
        {"uai": uai, "profil": "eleve", "effectif": effectif, "base": base, "constate_le": MONTH}
        for uai in (DOLTO, ARC_EN_CIEL)
        for base, effectif in BASES.items()
    ]
    return publish_events(tmp_path_factory.mktemp("taux"), events, ECOLES, effectifs)


def read(path: Path, **fields: object) -> list[tuple[object, ...]]:
    asked: dict[str, object] = {"indicateurs": ("taux_utilisation",), "niveau": "uai", "territoires": (DOLTO,)}
    asked |= {"profils": ("eleve",), "periode": "semaine", "du": MONDAY, "au": MONDAY}
    with connect_publication(path) as connection:
        return read_requete(connection, Requete(**{**asked, **fields}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("periode", "debut"), [("semaine", MONDAY), ("mois", MONTH), ("annee", YEAR)])
def test_each_base_is_a_row_that_names_it(path: Path, periode: str, debut: date) -> None:
    assert read(path, periode=periode, du=debut, au=debut) == [
        (debut, DOLTO, "eleve", "comptes_actives", "valeur", 3 / 4),
        (debut, DOLTO, "eleve", "comptes_ouverts", "valeur", 3 / 8),
        (debut, DOLTO, "eleve", "eleves_onde", "valeur", 3 / 10),
    ]


def test_a_state_stands_where_there_is_no_rate(path: Path) -> None:
    rows = read(path, territoires=EnfantsDe("circonscription", "0341000C"))

    assert [row[-2:] for row in rows if row[1] == ARC_EN_CIEL] == [("sans_objet", None)] * 3


def test_numbers_of_schools_go_with_rates(path: Path) -> None:
    rows = read(path, niveau="commune", territoires=("34194",), indicateurs=("taux_utilisation", "ouvertes", "actives"))

    assert rows[1] == (MONDAY, "34194", "eleve", "comptes_ouverts", "valeur", 3 / 8, 2, 2)


def test_parents_over_pupils_are_told_by_their_base(path: Path) -> None:
    assert read(path, profils=("parents",)) == [(MONDAY, DOLTO, "parents", "eleves_onde", "valeur", 1 / 10)]
