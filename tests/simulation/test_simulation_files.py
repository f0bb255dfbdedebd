"""The shapes of the simulated files, their codes, and the same bytes for the same seed.
Must not recount the visits: test_simulation_truth does."""

import csv
import hashlib
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from bench.simulation.errors import ParametreInvalide
from bench.simulation.simulate import Simulation, simulate
from marking_plan.codes import is_siret, is_uai

DEBUT = date(2025, 9, 1)


@pytest.fixture(scope="module")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    return simulate(tmp_path_factory.mktemp("fichiers"), ecoles=60, semaines=4, graine=1)


@pytest.fixture(scope="module")
def annuaire(simulation: Simulation) -> list[dict[str, str]]:
    return read_csv(simulation.annuaire)


def read_csv(chemin: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(chemin.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def digest(dossier: Path) -> dict[str, str]:
    fichiers = sorted(f for f in dossier.rglob("*") if f.is_file())
    return {str(f.relative_to(dossier)): hashlib.sha256(f.read_bytes()).hexdigest() for f in fichiers}


def test_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    """Two runs agree on every file, names and bytes, even over an earlier simulation."""
    simulate(tmp_path / "b", ecoles=20, semaines=3, graine=5)
    for nom in ("a", "b"):
        simulate(tmp_path / nom, ecoles=15, semaines=2, graine=7)

    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_another_seed_writes_another_region(tmp_path: Path) -> None:
    """The seed changes the schools as well as the visits."""
    premier, second = (simulate(tmp_path / str(g), ecoles=15, semaines=1, graine=g) for g in (1, 2))

    assert premier.annuaire.read_bytes() != second.annuaire.read_bytes()
    assert premier.totaux != second.totaux


def test_annuaire_has_the_open_shape(simulation: Simulation, annuaire: list[dict[str, str]]) -> None:
    """71 columns after a BOM, one row a school, nothing to write or phone to."""
    assert simulation.annuaire.read_bytes().startswith(b"\xef\xbb\xbfIdentifiant_de_l_etablissement;")
    assert {len(ligne) for ligne in annuaire} == {71}
    assert len({ligne["Identifiant_de_l_etablissement"] for ligne in annuaire}) == len(annuaire) == 60
    assert {(ligne["Mail"], ligne["Telephone"], ligne["etat"]) for ligne in annuaire} == {("", "", "OUVERT")}
    assert {ligne["Code_academie"] for ligne in annuaire} == {"11", "16"}


def test_codes_of_schools_and_circonscriptions_are_valid(annuaire: list[dict[str, str]]) -> None:
    """Every UAI has its check letter, and circonscriptions never share a school's code."""
    ecoles = {ligne["Identifiant_de_l_etablissement"] for ligne in annuaire}
    circonscriptions = {ligne["code_circonscription"] for ligne in annuaire}

    assert all(is_uai(code) for code in ecoles | circonscriptions)
    assert not ecoles & circonscriptions


def test_the_schools_of_the_convention_are_there(annuaire: list[dict[str, str]]) -> None:
    """Paulhan's two schools keep their code, commune and kind."""
    paulhan = {e["Identifiant_de_l_etablissement"]: e for e in annuaire if e["Code_commune"] == "34194"}

    assert set(paulhan) == {"0340585B", "0342332A"}
    assert paulhan["0340585B"]["Nom_etablissement"].endswith("FRANCOISE DOLTO")
    assert (paulhan["0340585B"]["Ecole_maternelle"], paulhan["0340585B"]["Ecole_elementaire"]) == ("1", "0")
    assert (paulhan["0342332A"]["Ecole_maternelle"], paulhan["0342332A"]["Ecole_elementaire"]) == ("0", "1")


def test_dispersed_rpi_join_two_communes(annuaire: list[dict[str, str]]) -> None:
    """Each RPI has two schools, in two communes or in one large village."""
    rpi = [ligne["rpi_disperse"] for ligne in annuaire if ligne["rpi_disperse"]]

    assert rpi
    assert {rpi.count(code) for code in rpi} == {2}


@pytest.mark.parametrize(
    ("nom", "entete"),
    [
        ("effectifs.csv", "uai;profil;effectif;base;constate_le"),
        (
            "deploiement.csv",
            "annee_scolaire;uai;siret_payeur;nom_payeur;type_payeur;montant;inscrite_le;ouverte_le;retiree_le",
        ),
        ("couverture.csv", "jour;uai"),
        ("xiti-etablissements.csv", "s;s2;uai"),
    ],
)
def test_headers(simulation: Simulation, nom: str, entete: str) -> None:
    """Referentials begin with the agreed header."""
    assert (simulation.dossier / nom).read_text(encoding="utf-8").splitlines()[0] == entete


def test_each_school_costs_forty_euros(simulation: Simulation) -> None:
    """Payers have a valid SIRET, and their parts add up to the convention's price."""
    lignes = read_csv(simulation.deploiement)
    montants: dict[str, float] = {}
    for ligne in lignes:
        montants[ligne["uai"]] = montants.get(ligne["uai"], 0) + float(ligne["montant"])

    assert all(is_siret(ligne["siret_payeur"]) for ligne in lignes)
    assert set(montants.values()) == {40.0}


def test_some_schools_open_late_and_one_is_never_used(simulation: Simulation) -> None:
    """No visit before a school opens; one open school has none at all."""
    ouvertures = {e["uai"]: date.fromisoformat(e["ouverte_le"]) for e in read_csv(simulation.deploiement)}
    verite = pl.read_parquet(simulation.verite)
    premieres = dict(verite.group_by("uai").agg(pl.col("debut").min()).iter_rows())
    jamais = [uai for uai, jour in ouvertures.items() if jour == DEBUT and uai not in premieres]

    assert any(jour > DEBUT for jour in ouvertures.values())
    assert all(jour >= ouvertures[uai] for uai, jour in premieres.items())
    assert len(jamais) == 1


def test_the_outage_leaves_a_hole_in_the_coverage(simulation: Simulation, annuaire: list[dict[str, str]]) -> None:
    """For two days one circonscription is neither covered nor delivered."""
    couverts = {(ligne["jour"], ligne["uai"]) for ligne in read_csv(simulation.couverture)}
    ouvertures = {e["uai"]: date.fromisoformat(e["ouverte_le"]) for e in read_csv(simulation.deploiement)}
    attendus = {
        ((DEBUT + timedelta(days=n)).isoformat(), uai)
        for n in range(28)
        for uai, ouverture in ouvertures.items()
        if DEBUT + timedelta(days=n) >= ouverture
    }
    trous = attendus - couverts
    places = {e["Identifiant_de_l_etablissement"]: e["code_circonscription"] for e in annuaire}

    assert couverts <= attendus
    assert {jour for jour, _ in trous} == {"2025-09-22", "2025-09-23"}
    assert len({places[uai] for _, uai in trous}) == 1


def test_shares_are_near_those_of_the_first_degree(simulation: Simulation) -> None:
    """Parents make most visits, and a school lives 100 to 250 visits in a school week."""
    verite = pl.read_parquet(simulation.verite)
    visites = dict(verite.group_by("profil").agg(pl.col("visites").sum()).iter_rows())
    moyenne = verite.filter(pl.col("profil") == "tous", pl.col("debut") > DEBUT)["visites"].mean()

    assert 0.5 < visites["parent"] / visites["tous"] < 0.7
    assert isinstance(moyenne, float)
    assert 100 < moyenne < 250


def test_progress_goes_from_the_first_week_to_the_last(tmp_path: Path) -> None:
    """The callback hears a French label and each week done."""
    appels: list[tuple[str, int, int]] = []
    simulate(tmp_path, ecoles=12, semaines=2, progress=lambda *appel: appels.append(appel))

    assert appels == [("Semaines simulées", 1, 2), ("Semaines simulées", 2, 2)]


@pytest.mark.parametrize(
    "fautif",
    [
        {"ecoles": 1},
        {"semaines": 0},
        {"graine": -1},
        {"debut": date(2025, 9, 2)},
        {"debut": date(2035, 9, 3)},
    ],
)
def test_a_wrong_parameter_is_told_in_french(tmp_path: Path, fautif: dict[str, int]) -> None:
    """The message names the parameter and what is expected."""
    with pytest.raises(ParametreInvalide, match=next(iter(fautif)) + ".*attendu"):
        simulate(tmp_path, **fautif)  # type: ignore[arg-type]
