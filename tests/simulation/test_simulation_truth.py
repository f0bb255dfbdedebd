"""The simulated truth against a slow, obvious recount of the lines written.
The recount must import nothing of the simulation's arithmetic."""

import gzip
import json
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pytest

from bench.simulation.simulate import Simulation, simulate

PARIS = ZoneInfo("Europe/Paris")
PROFILS_XITI = {"1": "eleve", "2": "enseignant", "3": "parent", "4": "admin_vie_scol_tech"}
EVENEMENT_NATIF = {"instant", "uai", "profil", "service", "visiteur", "agent", "type", "plateforme", "id"}

Evenement = tuple[str, str, str, datetime]  # uai, profil, visiteur, instant
Cle = tuple[date, str, str]  # Monday, uai, profil


@pytest.fixture(scope="module")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    """A fortnight that holds the end of summer time (26 October 2025) and holidays."""
    dossier = tmp_path_factory.mktemp("verite")
    return simulate(dossier, ecoles=40, semaines=3, graine=3, debut=date(2025, 10, 13))


@pytest.fixture(scope="module")
def lignes(simulation: Simulation) -> list[str]:
    return [ligne for chemin in simulation.livraisons for ligne in read_lines(chemin)]


@pytest.fixture(scope="module")
def evenements(simulation: Simulation, lignes: list[str]) -> list[Evenement]:
    distincts = {bon["id"]: bon for ligne in lignes if (bon := parse_good(ligne))}
    natifs = [
        (bon["uai"], bon["profil"].lower(), bon["visiteur"], datetime.fromisoformat(bon["instant"]))
        for bon in distincts.values()
    ]
    return natifs + list(read_xiti(simulation))


def read_lines(chemin: Path) -> list[str]:
    octets = chemin.read_bytes()
    if chemin.suffix == ".gz":
        octets = gzip.decompress(octets)
    if chemin.suffix == ".zst":
        octets = pa.CompressedInputStream(pa.BufferReader(octets), "zstd").read()
    return octets.decode().splitlines()


def parse_good(ligne: str) -> dict[str, str] | None:
    """The line's fields if no fault is seen in it."""
    try:
        champs = json.loads(ligne)
    except json.JSONDecodeError:
        return None
    lettre = "ABCDEFGHJKLMNPRSTUVWXYZ"[int(champs["uai"][:7]) % 23]
    bon = (
        set(champs) | {"agent"} == EVENEMENT_NATIF
        and str(champs["instant"])[:2] == "20"
        and champs["instant"] < "2027"
        and champs["uai"][7] == lettre
        and champs["type"] in ("NATIF", "TIERS")
        and "Googlebot" not in champs.get("agent", "")
    )
    return champs if bon else None


def read_xiti(simulation: Simulation) -> list[Evenement]:
    table = simulation.xiti_etablissements.read_text().splitlines()[1:]
    uais = {(s, s2): uai for s, s2, uai in (ligne.split(";") for ligne in table)}
    return [read_hit(ligne, uais) for ligne in read_lines(simulation.xiti)]


def read_hit(ligne: str, uais: dict[tuple[str, str], str]) -> Evenement:
    trouve = re.fullmatch(r'- - - \[(.+)\] "GET /hit\.xiti\?(\S+) HTTP/1\.1" 200 43 "-" "(.+)"', ligne)
    assert trouve, ligne
    hit = {cle: valeurs[0] for cle, valeurs in parse_qs(trouve[2]).items()}
    instant = datetime.strptime(trouve[1], "%d/%b/%Y:%H:%M:%S %z")
    heures = "x".join(str(n) for n in (instant.hour, instant.minute, instant.second))
    assert (heures, hit["x2"], hit["idclient"]) == (hit["hl"], hit["ac"], hit["at"])
    return uais[hit["s"], hit["s2"]], PROFILS_XITI[hit["x2"]], hit["at"], instant


def recount(evenements: list[Evenement], silence: timedelta) -> dict[Cle, tuple[int, int, int]]:
    """Visits, users and seconds by (week, school, profile), a visit ending at `silence` without an event."""
    suites = defaultdict(list)
    for uai, profil, visiteur, instant in evenements:
        jour = instant.astimezone(PARIS).date()
        suites[jour - timedelta(days=jour.weekday()), uai, profil, visiteur].append(instant)
    visites: dict[Cle, int] = defaultdict(int)
    durees: dict[Cle, int] = defaultdict(int)
    personnes: dict[Cle, set[str]] = defaultdict(set)
    for (lundi, uai, profil, visiteur), instants in suites.items():
        for debut, fin in split(sorted(instants), silence):
            for cle in ((lundi, uai, profil), (lundi, uai, "tous")):
                visites[cle] += 1
                durees[cle] += (fin - debut) // timedelta(seconds=1)
                personnes[cle].add(visiteur)
    return {cle: (visites[cle], len(personnes[cle]), durees[cle]) for cle in visites}


def split(instants: list[datetime], silence: timedelta) -> list[tuple[datetime, datetime]]:
    bornes = [[instants[0], instants[0]]]
    for instant in instants[1:]:
        if instant - bornes[-1][1] >= silence:
            bornes.append([instant, instant])
        bornes[-1][1] = instant
    return [(debut, fin) for debut, fin in bornes]


@pytest.mark.parametrize("minutes", [30, 26, 31])
def test_truth_is_what_a_recount_of_the_lines_finds(
    simulation: Simulation, evenements: list[Evenement], minutes: int
) -> None:
    """Any silence from 26 to 31 minutes gives the same visits: none is near the limit."""
    verite = {tuple(ligne[:3]): tuple(ligne[3:]) for ligne in pl.read_parquet(simulation.verite).iter_rows()}

    assert recount(evenements, timedelta(minutes=minutes)) == verite


def test_totals_add_up(simulation: Simulation, lignes: list[str], evenements: list[Evenement]) -> None:
    """Lines written = distinct valid events + repeats + faulty lines, and the files hold them."""
    totaux = json.loads(simulation.verite_totaux.read_text())
    hits = totaux["lignes_par_fichier"][simulation.xiti.name]

    assert totaux["lignes_ecrites"] == len(lignes) + hits
    assert totaux["evenements_distincts"] == len(evenements)
    assert sum(1 for ligne in lignes if parse_good(ligne) is None) == sum(totaux["fautives"].values())
    attendu = totaux["evenements_distincts"] + totaux["doublons"] + sum(totaux["fautives"].values())
    assert totaux["lignes_ecrites"] == attendu


def test_each_file_holds_the_lines_announced(simulation: Simulation) -> None:
    """The count of each delivery is that of its lines."""
    totaux = simulation.totaux.lignes_par_fichier

    assert {c.name: len(read_lines(c)) for c in (*simulation.livraisons, simulation.xiti)} == totaux


def test_every_fault_is_there(simulation: Simulation) -> None:
    """Each motif a vendor can cause occurs, and stays rare."""
    fautives = simulation.totaux.fautives

    assert set(fautives) == {
        "ligne_illisible", "champ_personnel", "opposition", "instant_absent", "instant_invalide",
        "instant_futur", "uai_invalide", "visiteur_absent", "valeur_invalide", "robot",
    }  # fmt: skip
    assert 0 < sum(fautives.values()) < 0.02 * simulation.totaux.lignes_ecrites


def test_local_offsets_follow_the_end_of_summer_time(lignes: list[str]) -> None:
    """Instants carry +02:00 until 25 October 2025 and +01:00 from 27 October on."""
    bons = [bon["instant"] for ligne in lignes if (bon := parse_good(ligne))]

    assert {i[23:] for i in bons if i < "2025-10-26"} == {"+02:00"}
    assert {i[23:] for i in bons if i >= "2025-10-27"} == {"+01:00"}


def test_a_person_may_have_two_schools_or_two_profiles(evenements: list[Evenement]) -> None:
    """Some visitors are seen in two schools, some as a parent and an elected one."""
    ecoles, profils = defaultdict(set), defaultdict(set)
    for uai, profil, visiteur, _ in evenements:
        ecoles[visiteur].add(uai)
        profils[visiteur, uai].add(profil)

    assert any(len(uais) == 2 for uais in ecoles.values())
    assert {"parent", "parent_elu"} in profils.values()


def test_events_lie_in_the_declared_coverage(simulation: Simulation, evenements: list[Evenement]) -> None:
    """Nothing is delivered for a school's day left out of couverture.csv, the outage's days included."""
    couverture = simulation.couverture.read_text().splitlines()[1:]
    recus = {f"{instant.astimezone(PARIS).date()};{uai}" for uai, _, _, instant in evenements}

    assert recus <= set(couverture)
