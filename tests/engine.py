"""The one place where tests drive the whole engine: native events and a directory in, a publication out.

It must not compute anything: the oracle does.
"""

import csv
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import duckdb

from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, LotResult, ingest_sources
from ingest.referentiels import load_annuaire, load_effectifs, load_horaires
from ingest.sources import find_sources
from marking_plan import load_plan
from metrics.publication import publish

NOW = datetime(2026, 6, 1, tzinfo=UTC)
EXEMPLES = int(os.environ.get("DNMA_EXEMPLES", "10"))  # random scenarios a test; `make oracle` takes ten times as many
EVENT = {
    "instant": "2025-10-06T08:12:33.120+02:00",
    "uai": "0342332A",
    "profil": "ELEVE",
    "service": "ACCUEIL",
    "visiteur": "v1",
    "agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
}  # a native event that nothing is wrong with
_DEMIS = ("matin", "apres_midi")
_NAMES = {
    "uai": "Identifiant_de_l_etablissement",
    "nom": "Nom_etablissement",
    "commune": "Code_commune",
    "departement": "Code_departement",
    "academie": "Code_academie",
    "region": "Code_region",
    "circonscription": "code_circonscription",
    "regroupement": "rpi_disperse",
    "maternelle": "Ecole_maternelle",
    "elementaire": "Ecole_elementaire",
}
_EFFECTIF = ("uai", "profil", "effectif", "base", "constate_le", "dont_preelementaire")


def write_annuaire(path: Path, ecoles: Iterable[Mapping[str, str]]) -> Path:
    """An open directory with one school a mapping: `uai`, its territory at each level, `maternelle` and `elementaire` 0 or 1."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([*_NAMES.values(), "code_nature"])
        for ecole in ecoles:
            named = {"nom": f"École {ecole['uai']}", "maternelle": "0", "elementaire": "1", **ecole}
            writer.writerow([*(named.get(name, "") for name in _NAMES), "151"])
    return path


def write_horaires(path: Path, horaires: Mapping[str, Mapping[int, Sequence[tuple[str, str]]]]) -> Path:
    """Weeks of class, one line a half-day, from hours by school and ISO weekday; the second one of a day is an afternoon."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["uai", "jour", "demi_journee", "debut", "fin"])
        for uai, semaine in horaires.items():
            for jour, halves in semaine.items():
                writer.writerows([uai, jour, demi, *half] for demi, half in zip(_DEMIS, halves, strict=False))
    return path


def write_events(path: Path, events: Iterable[Mapping[str, object]]) -> Path:
    """A native delivery."""
    path.write_text("".join(json.dumps(dict(event)) + "\n" for event in events), "utf-8")
    return path


def write_effectifs(path: Path, effectifs: Iterable[Mapping[str, object]]) -> Path:
    """Counts in the simple shape, one a mapping of its columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _EFFECTIF, delimiter=";")
        writer.writeheader()
        writer.writerows(effectifs)
    return path


def ingest_files(donnees: Path, *paths: Path, now: datetime = NOW) -> list[LotResult]:
    """Ingest deliveries as the command does."""
    plan = load_plan()
    lake = Lake(donnees, donnees.with_name(f"{donnees.name}.cles"), plan, now)
    options = DialectOptions(champs_personnels=plan.champs_personnels)
    return list(ingest_sources(lake, find_sources([str(path) for path in paths]), options))


def fill_lake(
    folder: Path,
    events: Sequence[Mapping[str, object]],
    ecoles: Sequence[Mapping[str, str]],
    effectifs: Sequence[Mapping[str, object]] = (),
    horaires: Mapping[str, Mapping[int, Sequence[tuple[str, str]]]] = MappingProxyType({}),
) -> Path:
    """The lake of these events, this directory, these counts and weeks of class, of which nothing is published yet."""
    donnees, plan = folder / "donnees", load_plan()
    load_annuaire(donnees, write_annuaire(folder / "annuaire.csv", ecoles), "2025-2026")
    if effectifs:
        load_effectifs(donnees, write_effectifs(folder / "effectifs.csv", effectifs), plan, None, None)
    if horaires:
        load_horaires(donnees, write_horaires(folder / "horaires.csv", horaires), "2025-2026")
    ingest_files(donnees, write_events(folder / "evenements.ndjson", events))
    return donnees


def publish_events(
    folder: Path,
    events: Sequence[Mapping[str, object]],
    ecoles: Sequence[Mapping[str, str]],
    effectifs: Sequence[Mapping[str, object]] = (),
    horaires: Mapping[str, Mapping[int, Sequence[tuple[str, str]]]] = MappingProxyType({}),
) -> Path:
    """The published file that comes of the lake of all these."""
    donnees = fill_lake(folder, events, ecoles, effectifs, horaires)
    return publish(donnees, load_plan(), politique="exacte", now=NOW).path


def read_rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a query on a published file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()
