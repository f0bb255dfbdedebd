"""Boards of a regional school year: time, queries and weight of each, then fifty people at once on the real server.

It must not assert a time. Usage: bench_dashboards [data folder of an enlarged publication]; without it, one is made (ten minutes).
"""

import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from flask.testing import FlaskClient

from bench.browser import serve_boards
from bench.foule import body_of, crowd
from bench.region_agrandie import enlarge
from bench.requetes import count_queries
from dashboards.app import create_app
from marking_plan import load_plan
from metrics import engine
from metrics.lecture import Lecteur
from metrics.store import current_publication

SCHOOLS, COPIES, WEEKS = 40, 113, 62  # 4,520 schools; a school year, and the beginning of the next
NODES, PEOPLE, PAUSE_S, DURATION_S = 20, 50, 5.0, 25.0
LEVELS = {
    "region": 4,
    "academie": 2,
    "departement": 8,
    "circonscription": 20,
    "commune": 4,
    "uai": 12,
}  # and their weights
VIEWS = ("", "?periode=semaine", "?periode=mois", "?periode=annee")
_SEARCH = "?periode=semaine&du=2025-09-{:02}"  # other spans of the région, which is one node


@dataclass(frozen=True, slots=True)
class Mesure:
    """One answer: milliseconds elapsed and of processor, queries asked, bytes once gzipped."""

    duree: float
    calcul: float
    requetes: int
    octets: int


class Mesureur:
    """Asks for pages within this process, and counts the queries that each takes."""

    def __init__(self, donnees: Path) -> None:
        self.lecteur = Lecteur(donnees, load_plan())
        self.veille = self.lecteur.watch()
        self.veille.look()  # opened and warmed, as the server does
        self.racine = self.lecteur.racine()
        self._client: FlaskClient = create_app(self.lecteur, donnees=donnees).server.test_client()
        self._compteur = count_queries(self.lecteur)

    def ask(self, adresse: str) -> Mesure:
        """One page, as the browser gets it."""
        before, start, busy = self._compteur.requetes, time.perf_counter(), time.process_time()
        reponse = self._client.post("/_dash-update-component", json=body_of(adresse))
        spent = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
        assert reponse.status_code == 200, adresse
        return Mesure(*spent, self._compteur.requetes - before, len(gzip.compress(reponse.data, 5)))


def make_region(folder: Path) -> Path:
    """A small region simulated, ingested and published, then enlarged."""
    dnma, petite = (sys.executable, "-m", "dnma"), folder / "petite"
    size = ("--ecoles", str(SCHOOLS), "--semaines", str(WEEKS))
    subprocess.run([*dnma, "demo", "--donnees", str(petite), *size, "--sans-serveur"], check=True)
    subprocess.run([*dnma, "publish", "--donnees", str(petite), "--politique", "groupes"], check=True)
    rows = enlarge(current_publication(petite), folder / "region", COPIES)
    print(f"{SCHOOLS * COPIES:,} schools, {WEEKS} weeks: {rows:,} weekly rows", flush=True)
    return folder / "region"


def list_addresses(donnees: Path, niveau: str) -> list[str]:
    """Pages of some nodes of a level."""
    colonne = "uai" if niveau == "uai" else f"code_{niveau}"
    sql = f"select distinct {colonne} from ecoles order by hash({colonne}) limit {NODES}"  # noqa: S608 - a level's name
    with engine.connect_publication(current_publication(donnees)) as connection:
        codes = [str(code) for (code,) in connection.execute(sql).fetchall()]
    return [f"/ecole/{code}" if niveau == "uai" else f"/territoire/{niveau}/{code}" for code in codes]


def measure(mesureur: Mesureur, adresses: Sequence[str], what: str) -> None:
    """Print the times of pages read for the first time, then of the same ones remembered."""
    froides = [mesureur.ask(adresse) for adresse in adresses]
    tiedes = [mesureur.ask(adresse) for adresse in adresses]
    heaviest = max(m.octets for m in froides) / 1000
    counted = max(m.requetes for m in froides)
    print(
        f"{what:34}{len(adresses):3} {_spell(froides)} {_spell(tiedes)} {counted:3} queries {heaviest:6.1f} KB",
        flush=True,
    )


def _spell(mesures: Sequence[Mesure]) -> str:
    durees, calcul = [m.duree for m in mesures], [m.calcul for m in mesures]
    return f"{find_p(durees, 50):7.0f} {find_p(durees, 95):5.0f} ({find_p(calcul, 50):4.0f} {find_p(calcul, 95):4.0f})"


def find_p(valeurs: Sequence[float], rang: int) -> float:
    """A percentile; of one value, that value."""
    return quantiles(valeurs, n=100, method="inclusive")[rang - 1] if len(valeurs) > 1 else valeurs[0]


def measure_boards(donnees: Path) -> dict[str, int]:
    """Every level and view; returns the addresses that a crowd asks for, with their weights."""
    mesureur, weights = Mesureur(donnees), dict[str, int]()
    print("milliseconds elapsed (of processor), p50 and p95: first reading, then remembered")
    for niveau, weight in LEVELS.items():
        adresses = list_addresses(donnees, niveau)
        weights |= {adresse: max(1, weight * NODES // len(adresses)) for adresse in adresses}
        for view in VIEWS:
            measure(mesureur, [f"{adresse}{view}" for adresse in adresses], f"{niveau} {view or 'default view'}")
    spans = [f"/{_SEARCH.format(jour)}&au=2026-0{mois}-{lundi:02}" for jour in (1, 8, 15) for mois, lundi in ((3, 2), (4, 6), (5, 4), (6, 1))]  # fmt: skip
    measure(mesureur, spans, "region, other spans of weeks")
    mesureur.veille.stop()
    return weights


def measure_crowd(donnees: Path, weights: dict[str, int]) -> None:
    """Fifty people who read what they open, pages read for the first time then remembered, then fifty who never stop."""
    with serve_boards(donnees) as serveur:
        crowd(serveur, {"/": 1}, 1, 1.0, 1.0)  # the publication is opened
        for what, pause in (("first reading", PAUSE_S), ("remembered", PAUSE_S), ("without a pause", 0.0)):
            foule = crowd(serveur, weights, PEOPLE, DURATION_S, pause)
            times = f"p50 {find_p(foule.durees, 50):.0f} ms, p95 {find_p(foule.durees, 95):.0f} ms"
            pace = f"{foule.par_seconde:.1f} pages/s, {foule.echecs} failed"
            print(f"{PEOPLE} people, {pause:.0f} s a page, {what}: {times}; {pace}", flush=True)


def main(donnees: Path) -> None:
    """Everything, on one data folder."""
    measure_crowd(donnees, measure_boards(donnees))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else make_region(Path(name)))
