"""A school or a territory that only an earlier year's directory has keeps its board of that year, within the person's scope."""

from datetime import UTC, date, datetime

import pytest

from ingest.referentiels import load_annuaire
from marking_plan import load_plan
from metrics.errors import TerritoireInconnu
from metrics.lecture import Lecteur
from metrics.publication import publish
from metrics.tableau import MOIS, Portee, Vue
from tests.engine import EVENT, ingest_files, write_annuaire, write_events

PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}
RESTEE, PARTIE = "0342332A", "0341001D"
DEPLACEE = {**PLACE, "uai": RESTEE}
AVANT = [
    {**PLACE, "uai": RESTEE, "circonscription": "0341000B"},
    {**PLACE, "uai": PARTIE, "commune": "34172", "nom": "École fermée"},
]
LUNDIS = (date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 16), date(2025, 6, 23), date(2025, 9, 1))


@pytest.fixture(scope="module")
def lecteur(tmp_path_factory: pytest.TempPathFactory) -> Lecteur:
    """Two schools in June; in September one is gone, and the other lies in another circonscription."""
    folder, plan = tmp_path_factory.mktemp("departs"), load_plan()
    donnees = folder / "donnees"
    load_annuaire(donnees, write_annuaire(folder / "2024.csv", AVANT), "2024-2025")
    load_annuaire(donnees, write_annuaire(folder / "2025.csv", [DEPLACEE]), "2025-2026")
    sent = [
        {**EVENT, "uai": uai, "instant": f"{lundi}T18:00:00+02:00"}
        for lundi in LUNDIS
        for uai in (RESTEE, PARTIE)
        if uai == RESTEE or lundi.year * 100 + lundi.month < 202508
    ]
    ingest_files(donnees, write_events(folder / "e.ndjson", sent), now=datetime(2025, 9, 20, tzinfo=UTC))
    publish(donnees, plan, politique="exacte", now=datetime(2025, 10, 1, tzinfo=UTC))
    return Lecteur(donnees, plan)


def restricted(lecteur: Lecteur, niveau: str, territoire: str) -> Lecteur:
    return lecteur.restrict(Portee(frozenset({(niveau, territoire)})), lambda _niveau, _territoire: None)


def test_a_school_that_is_gone_opens_on_its_last_month_and_says_its_last_year(lecteur: Lecteur) -> None:
    vue = lecteur.default_vue("uai", PARTIE)
    tableau = lecteur.read_tableau(vue)

    assert (vue.periode, vue.du) == (MOIS, date(2025, 6, 1))
    assert (tableau.derniere_annee, tableau.noeud.nom) == ("2024-2025", "École fermée")
    assert tableau.synthese.visites == 4
    assert tableau.ecole is not None


def test_nothing_later_than_its_last_year_may_be_asked_of_it(lecteur: Lecteur) -> None:
    assert [annee.annee for annee in lecteur.read_offre("uai", PARTIE).annees] == ["2024-2025"]
    assert [annee.annee for annee in lecteur.read_offre("uai", RESTEE).annees] == ["2024-2025", "2025-2026"]


@pytest.mark.parametrize("noeud", [("commune", "34172"), ("circonscription", "0341000B")])
def test_a_territory_that_is_gone_has_its_board_too(lecteur: Lecteur, noeud: tuple[str, str]) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue(*noeud))
    assert (tableau.derniere_annee, tableau.synthese.visites) == ("2024-2025", 4)


def test_what_is_still_in_the_directory_says_nothing_of_the_kind(lecteur: Lecteur) -> None:
    assert lecteur.read_tableau(lecteur.default_vue("uai", RESTEE)).derniere_annee is None


def test_every_child_of_last_year_s_list_leads_to_its_board(lecteur: Lecteur) -> None:
    found = lecteur.read_offre("departement", "034").find_annee("2024-2025")
    assert found is not None
    avant = lecteur.read_tableau(Vue("departement", "034", found.semaines[0], found.semaines[-1], detail="uai")).enfants
    assert {enfant.nom for enfant in avant} == {"École fermée", f"École {RESTEE}"}
    assert all(lecteur.read_tableau(lecteur.default_vue("uai", enfant.territoire)) for enfant in avant)


def test_a_closed_school_is_read_within_the_scope_alone(lecteur: Lecteur) -> None:
    adviser, other = restricted(lecteur, "circonscription", "0341000C"), restricted(lecteur, "uai", RESTEE)

    assert adviser.read_tableau(adviser.default_vue("uai", PARTIE)).derniere_annee == "2024-2025"
    for noeud in (("uai", PARTIE), ("commune", "34172")):
        with pytest.raises(TerritoireInconnu):
            other.read_offre(*noeud)


def test_a_search_finds_the_schools_of_this_year(lecteur: Lecteur) -> None:
    assert [found.noeud.territoire for found in lecteur.search("école")] == [RESTEE]
