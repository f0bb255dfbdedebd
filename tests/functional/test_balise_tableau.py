"""From a click in a tagged page to the board of its school: the fake ENT, Chromium, `dnma collect` and what it publishes.

Figures stop at yesterday below circonscription: what was clicked today is read as tomorrow's publication shows it.
"""

import csv
import io
import json
import shutil
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import orjson
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from bench.collecte.envois import Editeur
from bench.collecte.servie import Dossiers, Servie, collecting
from dashboards.app import create_app
from ingest.collecte.signatures import HORODATAGE, ID, SIGNATURE, sign
from ingest.referentiels import load_annuaire, load_effectifs
from marking_plan import load_plan
from marking_plan.semaines import annee_scolaire, today
from metrics.lecture import Lecteur
from metrics.publication import PERIODES, publish
from metrics.store import find_current
from tests.engine import read_rows, write_annuaire, write_effectifs
from tests.functional.ent import CLIC, ECRAN, IMAGE, MARQUEUR_2012, Compte, Ent, Marques, serving
from tests.functional.navigation import Appareils, Parcours
from tests.navigateur import HAUTEUR, Visite, serve_lecteur
from tests.oracle import measure

ARC_EN_CIEL, DOLTO, LUNEL, HORS, MAUGUIO = "0342332A", "0340585B", "0340001S", "0340002T", "0341234G"
HERAULT = {"region": "76", "academie": "11", "departement": "034"}
ECOLES = [
    {"uai": uai, **HERAULT, "circonscription": circonscription, "commune": commune}
    for uai, circonscription, commune in (
        (ARC_EN_CIEL, "0341000C", "34194"),
        (DOLTO, "0341000C", "34194"),
        (LUNEL, "0341002E", "34145"),
        (HORS, "0341002E", "34145"),
        (MAUGUIO, "0341002E", "34154"),
    )
]
PLACEMENT = {ecole["uai"]: {k: v for k, v in ecole.items() if k != "uai"} for ecole in ECOLES}
ENSEIGNANT = Compte("t1", "ENSEIGNANT", ARC_EN_CIEL)
AVANT = [
    Parcours(Compte("e1", "ELEVE", ARC_EN_CIEL), "tablette", ("CAHIER_TEXTES", "NOTES")),
    Parcours(Compte("e2", "ELEVE", ARC_EN_CIEL), "ordinateur", ("COURRIER_ELECTRONIQUE", ECRAN)),
    Parcours(Compte("p1", "PARENT", ARC_EN_CIEL), "smartphone", ("NOTES", "CAHIER_TEXTES")),
    Parcours(ENSEIGNANT, "ordinateur", ("CAHIER_TEXTES", CLIC)),
]
APRES = [
    Parcours(ENSEIGNANT, "smartphone", ("ACTUALITES",)),  # the same visit, whose device is that of its first event
    Parcours(Compte("p2", "PARENT", ARC_EN_CIEL, oppose=True), "smartphone", ("NOTES",)),
    Parcours(Compte("p1", "PARENT", DOLTO), "ordinateur", ("COURRIER_ELECTRONIQUE",)),
    Parcours(Compte("e3", "ELEVE", DOLTO), "smartphone", ("CAHIER_TEXTES",)),
    *(
        Parcours(Compte(visiteur, profil, uai, facon), appareil, clics)
        for uai, facon in ((LUNEL, MARQUEUR_2012), (HORS, IMAGE))
        for visiteur, profil, appareil, clics in (
            ("e4", "ELEVE", "ordinateur", ("CAHIER_TEXTES", "NOTES")),
            ("p3", "PARENT", "smartphone", ("COURRIER_ELECTRONIQUE",)),
            ("t2", "ENSEIGNANT", "tablette", ("ACTUALITES", "CAHIER_TEXTES")),
        )
    ),
]
# What the board of a school shows of these ways, told by hand: visits by profile, by device, by service.
IMAGES: Final = (
    {"Élèves": 1, "Enseignants": 1, "Parents": 1},
    {"Ordinateur": 1, "Smartphone": 1, "Tablette": 1},
    {"Autres pages de l’ENT": 3, "Cahier de textes": 2, "Notes": 1, "Courrier électronique": 1, "Actualités": 1},
)
TABLEAUX: Final = {
    ARC_EN_CIEL: (
        {"Élèves": 2, "Enseignants": 1, "Parents": 1},
        {"Ordinateur": 2, "Smartphone": 1, "Tablette": 1},
        {
            "Autres pages de l’ENT": 4,
            "Cahier de textes": 3,
            "Notes": 2,
            "Courrier électronique": 1,
            "Absences": 1,
            "Ressource multimédia": 1,
            "Actualités": 1,
        },
    ),
    DOLTO: (
        {"Élèves": 1, "Parents": 1},
        {"Ordinateur": 1, "Smartphone": 1},
        {"Autres pages de l’ENT": 2, "Courrier électronique": 1, "Cahier de textes": 1},
    ),
    LUNEL: IMAGES,
    HORS: IMAGES,
}
ATTENTE_S = 120.0


@dataclass(frozen=True, slots=True)
class Collecte:
    """What was clicked and sent, the lake that it reached, and the publications that the collector made on its way."""

    donnees: Path
    clics: list[dict[str, object]]
    veille: list[dict[str, object]]
    publications: list[Path]  # copies: the folder keeps the last ones
    traces: str


@pytest.fixture(scope="module")
def collecte(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Collecte:
    """Yesterday's batch of a vendor, then a day of clicks, taken in and published by the collector as they come."""
    dossiers, editeur = Dossiers(tmp_path_factory.mktemp("collecte")), Editeur.make("editeur")
    _load_referentiels(dossiers)
    (dossiers.racine / "xiti.csv").write_text(f"s;s2;uai\n340001;7;{LUNEL}\n", "utf-8")
    veille = _yesterday()
    devices = Appareils(chromium)
    options = ("--publier-toutes-les", "5s", "--politique", "exacte", "--xiti-table", str(dossiers.racine / "xiti.csv"))
    with serving() as ent, serving() as tiers:
        site = f'[[sites]]\ncode = "ent"\norigines = ["{ent.adresse}"]\ndepartements = ["034"]\n'
        dossiers.declare(editeur.describe() + site)
        with collecting(dossiers, *options) as servie:
            _prepare(ent, tiers, servie)
            _send(servie, editeur, veille)
            clics = [event for parcours in AVANT for event in devices.browse(ent, parcours)]
            first = _wait_published(dossiers.donnees, servie, len(veille))
            clics += [event for parcours in APRES for event in devices.browse(ent, parcours)]
            devices.close()
            last = _wait_published(dossiers.donnees, servie, len(veille) + len(clics))
        traces = servie.traces
    return Collecte(dossiers.donnees, clics, veille, [first, last], traces)


def _load_referentiels(dossiers: Dossiers) -> None:
    annee, jour = annee_scolaire(today()), today().isoformat()
    dossiers.racine.mkdir(exist_ok=True)
    load_annuaire(dossiers.donnees, write_annuaire(dossiers.racine / "annuaire.csv", ECOLES), annee)
    effectifs = [
        {"uai": ecole["uai"], "profil": profil, "effectif": 40, "base": "comptes_ouverts", "constate_le": jour}
        for ecole in ECOLES
        for profil in ("eleve", "enseignant", "parent")
    ]
    load_effectifs(
        dossiers.donnees, write_effectifs(dossiers.racine / "effectifs.csv", effectifs), load_plan(), None, None
    )


def _yesterday() -> list[dict[str, object]]:
    noon = datetime.combine(today() - timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=12)
    base = {"instant": noon.isoformat(), "uai": MAUGUIO, "profil": "ELEVE", "service": "NOTES"}
    return [{**base, "visiteur": f"v{n}", "appareil": "ordinateur"} for n in range(3)]


def _prepare(ent: Ent, tiers: Ent, servie: Servie) -> None:
    adresse = f"http://127.0.0.1:{servie.port}"
    element = urllib.request.urlopen(f"{adresse}/v1/balise").read().decode()
    comptes = list(dict.fromkeys(parcours.compte for parcours in AVANT + APRES))
    ent.prepare(comptes, Marques(element, adresse, {LUNEL: ("340001", "7")}), tiers.adresse)


def _send(servie: Servie, editeur: Editeur, events: list[dict[str, object]]) -> None:
    corps = "".join(json.dumps(event) + "\n" for event in events).encode()
    now = int(time.time())
    headers = {
        "content-type": "application/x-ndjson",
        "dnma-expediteur": editeur.code,
        ID: "lot-1",
        HORODATAGE: str(now),
        SIGNATURE: sign(editeur.secret, "lot-1", now, corps),
    }
    request = urllib.request.Request(f"http://127.0.0.1:{servie.port}/v1/evenements", corps, headers)
    answer = json.loads(urllib.request.urlopen(request).read())
    assert answer["acceptes"] == len(events), answer


def _wait_published(donnees: Path, servie: Servie, nombre: int) -> Path:
    """A copy of the publication that comes of so many events, once there is one."""
    end = time.monotonic() + ATTENTE_S
    while time.monotonic() < end:
        path = find_current(donnees)
        query = "select coalesce(sum(lignes), 0) from qualite_lots where rubrique = 'gardees'"
        if path is not None and read_rows(path, query)[0][0] >= nombre:  # type: ignore[operator]
            return Path(shutil.copy(path, donnees.parent))
        time.sleep(0.2)
    raise TimeoutError(servie.traces)


@pytest.fixture(scope="module")
def demain(collecte: Collecte) -> Path:
    """A copy of tomorrow's publication, where today is whole: a reader of boards keeps the other one to itself."""
    now = datetime.now(UTC) + timedelta(days=1)
    path = publish(collecte.donnees, load_plan(), politique="exacte", now=now).path
    return Path(shutil.copy(path, collecte.donnees.with_name("demain.duckdb")))


@pytest.fixture(scope="module")
def lecteur(collecte: Collecte, demain: Path) -> Lecteur:
    """What reads that publication."""
    assert demain
    return Lecteur(collecte.donnees, load_plan())


@pytest.fixture(scope="module")
def client(lecteur: Lecteur) -> FlaskClient:
    client: FlaskClient = create_app(lecteur, None).server.test_client()
    return client


def _read(client: FlaskClient, bloc: str, uai: str, **choix: str) -> list[dict[str, str]]:
    champs = "".join(f"&{nom}={valeur}" for nom, valeur in choix.items())
    answer = client.get(f"/csv/{bloc}?niveau=uai&territoire={uai}&periode=annee{champs}")
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))


def _visits(rows: list[dict[str, str]], name: str) -> dict[str, int]:
    return {row[name]: int(row["Visites"]) for row in rows if row["Visites"] != "0"}


@pytest.mark.parametrize("uai", TABLEAUX)
def test_the_board_of_a_school_shows_exactly_what_was_clicked(client: FlaskClient, uai: str) -> None:
    profils, appareils, services = TABLEAUX[uai]
    by_profile = _read(client, "profils", uai)

    assert _visits(by_profile, "Profil") == profils
    assert {
        row["Profil"]: int(row["Utilisateurs de l’année"]) for row in by_profile if row["Visites"] != "0"
    } == profils
    assert _visits(_read(client, "appareils", uai), "Appareil") == appareils
    assert _visits(_read(client, "services", uai), "Service") == services


def test_every_published_figure_but_durations_is_what_was_clicked(collecte: Collecte, demain: Path) -> None:
    expected = measure(collecte.clics + collecte.veille, PLACEMENT)
    coupes = ("total", "service", "famille", "appareil")
    query = (
        "select '{0}', debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs from frequentation_{0}"
    )
    rows = [row for periode in PERIODES for row in read_rows(demain, f"{query.format(periode)} where visites > 0")]

    assert {row[:7]: row[7:] for row in rows if row[5] in coupes} == {
        tuple(cle): (mesures.visites, mesures.utilisateurs)
        for cle, mesures in expected.items()
        if cle.coupe in coupes and mesures.visites
    }


def test_the_collector_publishes_as_it_receives_and_has_nothing_to_complain_of(collecte: Collecte) -> None:
    first, last = (int(str(read_rows(path, "select numero from publication")[0][0])) for path in collecte.publications)
    opposed = "select sum(lignes) from qualite_lots where rubrique = 'refus' and detail = 'opposition'"
    ahead = "select count(*) from qualite_lots where rubrique = 'suivi_retard' and detail like '%avance%'"

    assert first < last
    assert read_rows(collecte.publications[1], opposed) == [(2,)]
    assert read_rows(collecte.publications[1], ahead) == [(0,)]
    said = [orjson.loads(line) for line in collecte.traces.splitlines()]
    assert [line["message"].replace("\xa0", " ") for line in said] == ["Table lue : 1 expéditeur, 1 site."]


def test_what_the_collector_publishes_shows_yesterday_at_every_level_as_provisional_and_not_today(
    collecte: Collecte,
) -> None:
    shown = "select distinct debut, niveau, provisoire from frequentation_jour where visites > 0"
    niveaux = ("region", "academie", "departement", "circonscription", "commune", "uai")

    for path in collecte.publications:
        assert set(read_rows(path, shown)) == {(today() - timedelta(days=1), niveau, True) for niveau in niveaux}


def test_the_page_of_the_school_shows_it_too(lecteur: Lecteur, chromium: Browser) -> None:
    with serve_lecteur(lecteur) as adresse:
        page = chromium.new_page(viewport={"width": 1280, "height": HAUTEUR})
        visite = Visite(page, adresse)
        visite.open(f"/ecole/{ARC_EN_CIEL}?periode=annee")
        visite.unfold()
        said = page.locator("main").inner_text().replace("\u202f", "").replace("\u00a0", " ")
        profils, services = (page.locator(f"#{bloc}").inner_text() for bloc in ("profils", "services"))
        page.close()

    assert "4 visites" in said
    assert [word for word in TABLEAUX[ARC_EN_CIEL][0] if word not in profils] == []
    assert [word for word in TABLEAUX[ARC_EN_CIEL][2] if word not in services] == []
    assert visite.plaintes == []
