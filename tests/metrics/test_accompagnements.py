"""What was done for schools goes from the operator's register to the boards, and to nobody but who looks after the schools."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.referentiels import load_accompagnements, load_annuaire
from marking_plan import load_plan
from marking_plan.accompagnements import load_natures
from marking_plan.lake import referentiel_files
from metrics.lecture import Lecteur
from metrics.lecture.perimetre import resolve_portee, veil_tableau
from metrics.publication import publish
from metrics.store import current_publication
from metrics.tableau import Accompagnement, Action, EcoleSuivie, Portee, Tableau
from tests.engine import EVENT, ingest_files, read_rows, write_annuaire, write_events

DOLTO, ARC_EN_CIEL = "0340585B", "0342332A"
PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}
VISITE, FORMATION = Action(date(2025, 10, 14), "visite"), Action(date(2025, 11, 4), "formation")
REGISTRE = f"uai;date;nature\n{ARC_EN_CIEL};04/11/2025;formation\n{ARC_EN_CIEL};2025-10-14;visite\n{ARC_EN_CIEL};2025-06-03;visite\n"


def load(folder: Path, texte: str) -> list[str]:
    (folder / "registre.csv").write_text(texte, "utf-8")
    return load_accompagnements(folder / "d", folder / "registre.csv")


@pytest.fixture(scope="module")
def donnees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accompagnements")
    annuaire = write_annuaire(folder / "a.csv", [{"uai": uai, **PLACE} for uai in (DOLTO, ARC_EN_CIEL)])
    load_annuaire(folder / "d", annuaire, "2025-2026")
    load(folder, REGISTRE)
    sent = [{**EVENT, "uai": uai} for uai in (DOLTO, ARC_EN_CIEL)]
    ingest_files(folder / "d", write_events(folder / "e.ndjson", sent), now=datetime(2025, 10, 13, tzinfo=UTC))
    publish(folder / "d", load_plan(), politique="exacte", now=datetime(2025, 11, 20, tzinfo=UTC))
    return folder / "d"


def board(donnees: Path, portee: Portee | None = None, uai: str = ARC_EN_CIEL) -> Tableau:
    lecteur = Lecteur(donnees, load_plan())
    reader = lecteur.restrict(portee, lambda _n, _t: None) if portee else lecteur
    return reader.read_tableau(reader.default_vue("uai", uai))


def test_the_register_is_published_as_it_is(donnees: Path) -> None:
    rows = read_rows(current_publication(donnees), "select uai, date, nature from accompagnements order by date")
    assert rows == [
        (ARC_EN_CIEL, date(2025, 6, 3), "visite"), (ARC_EN_CIEL, VISITE.jour, "visite"),
        (ARC_EN_CIEL, FORMATION.jour, "formation"),
    ]  # fmt: skip


def test_a_school_s_board_has_what_was_done_in_its_school_year(donnees: Path) -> None:
    assert board(donnees).actions == (VISITE, FORMATION)
    assert board(donnees, uai=DOLTO).actions == ()


@pytest.mark.parametrize("suivi", [("circonscription", "0341000C"), ("uai", ARC_EN_CIEL)])
def test_who_looks_after_a_school_reads_what_was_done_for_it(donnees: Path, suivi: tuple[str, str]) -> None:
    assert board(donnees, Portee(frozenset({suivi}), frozenset({suivi}))).actions == (VISITE, FORMATION)


@pytest.mark.parametrize(
    "portee",
    [
        Portee(None),
        Portee(frozenset({("circonscription", "0341000C")})),
        Portee(frozenset({("departement", "034")}), frozenset({("uai", DOLTO)})),
    ],
)
def test_nobody_else_does_even_who_reads_every_figure(donnees: Path, portee: Portee) -> None:
    assert board(donnees, portee).actions == ()


@pytest.mark.parametrize(("suivi", "dite"), [(ARC_EN_CIEL, FORMATION), (DOLTO, None)])
def test_the_list_tells_the_last_thing_done_to_who_looks_after_its_schools(
    donnees: Path, suivi: str, dite: Action | None
) -> None:
    ecole = EcoleSuivie(ARC_EN_CIEL, "Arc en ciel", None, "", "", (), FORMATION)
    tableau = replace(board(donnees), accompagnement=Accompagnement(VISITE.jour, (ecole,), (), suivi=True))
    portee = Portee(frozenset({("departement", "034")}), frozenset({("uai", suivi)}))
    edition = Lecteur(donnees, load_plan())._permis("uai", ARC_EN_CIEL)

    listed = veil_tableau(tableau, resolve_portee(edition, portee)).accompagnement

    assert listed.ecoles[0].derniere == dite
    assert listed.suivi is (dite is not None)


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("uai;date;nature\n0342332B;2025-10-14;visite\n", "ligne 2 : l'UAI « 0342332B » est invalide"),
        (f"uai;date;nature\n{DOLTO};14 octobre;visite\n", "ligne 2 : la date « 14 octobre » est illisible"),
        (f"uai;date;nature\n{DOLTO};2999-10-14;visite\n", "à venir"),
        (f"uai;date;nature\n{DOLTO};2025-10-14;café\n", "choisissez parmi visite, formation"),
        (f"uai;date;nature\n{DOLTO};2025-10-14;\n", "n'est pas une nature connue"),
        (f"uai;date\n{DOLTO};2025-10-14\n", "colonne absente : nature"),
        (f"uai;date;nature;commentaire\n{DOLTO};2025-10-14;visite;vu Mme X\n", "colonne « commentaire » en trop"),
        (f"uai;date;nature;nom directeur\n{DOLTO};2025-10-14;visite;X\n", "désigne des personnes"),
    ],
)
def test_a_wrong_register_is_refused_whole_and_leaves_the_one_before(tmp_path: Path, texte: str, dit: str) -> None:
    load(tmp_path, REGISTRE)
    before = {annee: file.read_bytes() for annee, file in referentiel_files(tmp_path / "d", "accompagnements").items()}

    with pytest.raises(IngestError, match=r"registre\.csv") as erreur:
        load(tmp_path, texte)

    assert dit in str(erreur.value)
    assert before == {a: f.read_bytes() for a, f in referentiel_files(tmp_path / "d", "accompagnements").items()}


def test_a_register_replaces_that_of_the_school_years_it_names(tmp_path: Path) -> None:
    load(tmp_path, REGISTRE)
    said = load(tmp_path, f"uai;date;nature\n{DOLTO};2025-12-01;echange\n{DOLTO};2025-12-01;echange\n")

    assert "1\u00a0accompagnement pour 1\u00a0école" in said[0]
    assert set(referentiel_files(tmp_path / "d", "accompagnements")) == {"2024-2025", "2025-2026"}


def test_every_nature_says_what_it_is() -> None:
    assert all(nature.libelle and nature.definition for nature in load_natures())
