"""The four national weekly files, recomputed plainly from a vendor's events: every row and figure, by the names of columns.

It must not import the engine: figures come from tests/oracle.py, columns from the published lists alone.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.oracle import Cle, Mesures, Natif, Placement, measure

COLONNES: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "metrics" / "fixtures" / "colonnes_nationales.json").read_text("utf-8")
)
JEUX = [name for name in COLONNES if name.startswith("fr-en-dnma-par-uai-")]
_MESURES = ("visites_", "utilisateurs_", "duree_")
_PROFILS = {
    "globales": "tous",
    "eleve": "eleve",
    "parent": "parents",
    "enseignant": "enseignant",
    "admin_vie_scol_tech": "nat_admin",
}
_APPAREILS = {"ordinateur": "ordinateur", "smartphone": "smartphone", "tablette": "tablette", "autreappareil": "autre"}
_SYSTEMES = ("android", "windows", "ios", "macos", "chromeos", "linux", "autreos")


def measure_columns(jeu: str) -> list[str]:
    """Columns of a file that hold figures."""
    return [name for name in COLONNES[jeu] if name.startswith(_MESURES)]


def recount(natifs: Iterable[Natif], placement: Placement) -> dict[str, dict[tuple[date, str], dict[str, int]]]:
    """By file: (Monday, school) → figure of each measure column, durations in seconds; schools with a visit alone."""
    mesures = measure(natifs, placement)
    rows = {
        (cle.debut, cle.territoire)
        for cle in mesures
        if (cle.periode, cle.niveau, cle.profil, cle.coupe) == ("semaine", "uai", "tous", "total")
    }
    return {
        jeu: {row: {name: _figure(mesures, row, jeu, name) for name in measure_columns(jeu)} for row in rows}
        for jeu in JEUX
    }


def write_clock(seconds: int) -> str:
    """Seconds as the files write them: `01:02:03`, and `123:04:05` beyond a day."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _figure(mesures: dict[Cle, Mesures], row: tuple[date, str], jeu: str, name: str) -> int:
    mesure, _, suffixe = name.partition("_")
    cell = mesures.get(Cle("semaine", row[0], "uai", row[1], *_cell(jeu, suffixe)))
    if cell is None:
        return 0
    found = {"visites": cell.visites, "utilisateurs": cell.utilisateurs, "duree": cell.duree_s}[mesure]
    assert found is not None
    return found


def _cell(jeu: str, suffixe: str) -> tuple[str, str, str]:
    """Profile, cut and modality that a column is about, by its name."""
    if jeu.endswith("uai-profils"):
        return _PROFILS[suffixe], "total", "total"
    if jeu.endswith("profils-appareils"):
        profil, _, appareil = suffixe.rpartition("_")
        return _PROFILS[profil], "appareil", "autre" if appareil == "autresappareil" else _APPAREILS[appareil]
    if jeu.endswith("services"):
        return "tous", "service", suffixe
    if suffixe in _APPAREILS:
        return "tous", "appareil", _APPAREILS[suffixe]
    return "tous", "systeme" if suffixe in _SYSTEMES else "navigateur", suffixe
