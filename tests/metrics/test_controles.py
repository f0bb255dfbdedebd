"""Figures that contradict one another are never published; doubtful ones are said."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from marking_plan import load_plan
from metrics.controles import list_controles, run_controles
from metrics.errors import ControleEchoue
from metrics.publication import publish
from tests.engine import EVENT, NOW, publish_events

ECOLE = {
    "uai": "0342332A",
    "region": "76",
    "academie": "11",
    "departement": "034",
    "circonscription": "C",
    "commune": "34194",
}
FAULTS = {
    "coupes_exhaustives": "update frequentation_semaine set visites = visites + 1 where coupe = 'heure'",
    "ecoles_et_territoires": "update frequentation_semaine set utilisateurs = 0 where niveau = 'region' and coupe = 'total'",
    "jour_en_cours": """
        insert into jour_en_cours select cast(instant as date), instant, 'uai', '0342332A', 1, 1, 'valeur' from publication
    """,
    "jours_et_semaine": "delete from frequentation_jour where visites > 0",
    "taux_et_utilisateurs": """
        insert into taux
        select 'semaine', debut, niveau, territoire, profil, 'comptes_ouverts', utilisateurs + 1, 10, debut, etat, 1, 0, 0, 0, 0,
            false, false
        from frequentation_semaine where coupe = 'total' and utilisateurs > 0
    """,
    "pics_coherents": "update pics set pic_simultane = 4 where niveau = 'uai'",
    "trame_complete": "delete from frequentation_mois where niveau = 'uai'",
    "utilisateurs_au_plus_visites": "update frequentation_jour set utilisateurs = visites + 1 where visites > 0",
}
DOUBTS = {
    "cases_devinables": "update protection_reserves set cases = 25 where periode = 'semaine'",
    "calendrier_inconnu": "update calendrier set periode_scolaire = null, rang = null",
    "hors_plan": "update frequentation_semaine set modalite = 'hors_plan' where coupe = 'service'",
    "non_recu": "update frequentation_semaine set etat = 'non_recu' where niveau = 'uai'",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication."""
    events = [{**EVENT, "visiteur": f"v{n}", "instant": f"2025-10-0{6 + n}T08:00:00+02:00"} for n in range(3)]
    return publish_events(tmp_path_factory.mktemp("controles"), events, [ECOLE])


@pytest.fixture
def published(sound: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, writable, so that a figure can be spoilt."""
    with duckdb.connect(str(shutil.copyfile(sound, tmp_path / "copie.duckdb"))) as connection:
        yield connection


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert list_controles() == sorted([*FAULTS, *DOUBTS])


def test_a_sound_publication_passes_without_a_warning(published: duckdb.DuckDBPyConnection) -> None:
    assert run_controles(published) == []


@pytest.mark.parametrize("nom", FAULTS)
def test_a_contradiction_stops_the_publication(published: duckdb.DuckDBPyConnection, nom: str) -> None:
    published.execute(FAULTS[nom])

    with pytest.raises(ControleEchoue, match=f"« {nom} »"):
        run_controles(published)


@pytest.mark.parametrize("coupe", [c.code for c in load_plan().coupes if c.partition and c.code != "total"])
def test_every_cut_whose_modalities_add_up_is_checked(published: duckdb.DuckDBPyConnection, coupe: str) -> None:
    published.execute("update frequentation_semaine set visites = visites + 1 where coupe = $coupe", {"coupe": coupe})

    with pytest.raises(ControleEchoue, match="« coupes_exhaustives »"):
        run_controles(published)


@pytest.mark.parametrize("nom", DOUBTS)
def test_a_doubt_is_said(published: duckdb.DuckDBPyConnection, nom: str) -> None:
    published.execute(DOUBTS[nom])

    assert [constat.nom for constat in run_controles(published)] == [nom]


def test_a_failed_check_leaves_the_publication_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = publish_events(tmp_path, [EVENT], [ECOLE])

    def fail(_connection: object) -> None:
        raise ControleEchoue("x")

    monkeypatch.setattr("metrics.publication.run_controles", fail)
    with pytest.raises(ControleEchoue):
        publish(tmp_path / "donnees", load_plan(), politique="exacte", now=NOW)

    assert (path.parent / "courant").read_text().strip() == path.name
    assert sorted(p.name for p in path.parent.glob("*.duckdb")) == [path.name]
