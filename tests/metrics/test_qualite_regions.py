"""With several régions, the quality page is of one that the person may read, and lots are shown to who reads them all."""

from datetime import UTC, datetime

import pytest

from ingest.referentiels import load_annuaire
from marking_plan import load_plan
from marking_plan.codes import uai_check_letter
from metrics.errors import TerritoireInconnu
from metrics.lecture import Lecteur
from metrics.publication import publish
from metrics.tableau import Portee
from tests.engine import EVENT, NOW, ingest_files, write_annuaire, write_events

GRANDE, PETITE, INCONNUE = ("0340001", "0340002"), ("0130001",), ("0340009",)


def place(code: str) -> dict[str, str]:
    region, academie = ("76", "11") if code.startswith("034") else ("93", "02")
    departement = code[:3]
    places = {"region": region, "academie": academie, "departement": departement}
    return {**places, "circonscription": f"{departement}0900X", "commune": f"{departement[1:]}100", "uai": uai(code)}


def uai(code: str) -> str:
    return code + uai_check_letter(code)


@pytest.fixture(scope="module")
def lecteur(tmp_path_factory: pytest.TempPathFactory) -> Lecteur:
    """Two schools of one région, one of another, and one that no directory has."""
    folder, plan = tmp_path_factory.mktemp("regions"), load_plan()
    donnees = folder / "donnees"
    known = [place(code) for code in (*GRANDE, *PETITE)]
    load_annuaire(donnees, write_annuaire(folder / "a.csv", known), "2025-2026")
    sent = [{**EVENT, "uai": uai(code)} for code in (*GRANDE, *PETITE, *INCONNUE)]
    ingest_files(donnees, write_events(folder / "e.ndjson", sent), now=datetime(2025, 10, 13, tzinfo=UTC))
    publish(donnees, plan, politique="exacte", now=NOW)
    return Lecteur(donnees, plan)


def restricted(lecteur: Lecteur, *regions: str) -> Lecteur:
    nodes = frozenset(("region", code) for code in regions)
    return lecteur.restrict(Portee(nodes), lambda _niveau, _territoire: None)


def test_by_default_the_largest_region_that_may_be_read(lecteur: Lecteur) -> None:
    assert lecteur.read_qualite().noeud.territoire == "76"
    assert restricted(lecteur, "93").read_qualite().noeud.territoire == "93"


def test_weeks_and_departements_are_those_of_the_chosen_region(lecteur: Lecteur) -> None:
    petite = lecteur.read_qualite(region="93")
    assert {week.noeud.territoire for week in petite.region} == {"93"}
    assert {week.noeud.territoire for week in petite.departements} == {"013"}


def test_a_region_out_of_the_scope_is_refused_as_one_that_does_not_exist(lecteur: Lecteur) -> None:
    for code in ("76", "99"):
        with pytest.raises(TerritoireInconnu):
            restricted(lecteur, "93").read_qualite(region=code)


def test_who_reads_every_region_chooses_among_them_and_sees_the_lots(lecteur: Lecteur) -> None:
    whole, both = lecteur.read_qualite(), restricted(lecteur, "76", "93").read_qualite()
    assert [noeud.territoire for noeud in whole.regions] == ["76", "inconnu", "93"]
    assert {noeud.territoire for noeud in both.regions} == {"76", "93"}
    assert whole.bilan.lots == both.bilan.lots == 1
    assert both.livraisons


def test_who_reads_one_of_them_sees_nothing_that_lots_tell_of_the_others(lecteur: Lecteur) -> None:
    one = restricted(lecteur, "76").read_qualite()
    assert [noeud.territoire for noeud in one.regions] == ["76"]
    assert (one.commun, one.bilan.recues, one.bilan.lots) == (False, 0, 0)
    assert (one.livraisons, one.refus, one.hors_plan, one.doutes) == ((), (), (), ())
    assert one.bilan.derniere_livraison is not None
