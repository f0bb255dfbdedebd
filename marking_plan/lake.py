"""Where each thing lies in the lake, and the manifest that makes a lot visible (design 6).

It must not write: ingest writes manifests and parts, metrics only reads them.
"""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from marking_plan.errors import ManifesteIllisible
from marking_plan.etats import Etat, list_ended, list_states

VISIBLE, RETIRE = "visible", "retire"


class Part(BaseModel):
    """One Parquet file of a lot: path relative to the lake, digest of its bytes, rows, week (a Monday)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    chemin: str
    sha256: str
    lignes: int
    semaine: date

    @property
    def dossier(self) -> str:
        """Folder of its period: `semaine=2025-10-06`, `mois=2025-10`, `annee=2025-2026`."""
        return self.chemin.split("/")[1]


class CleSuivi(NamedTuple):
    """What lines are counted by for their sender: platform, Monday of the week (None: not dated), heading and detail."""

    plateforme: str | None
    semaine: date | None
    rubrique: str
    detail: str | None


class Manifest(BaseModel):
    """One lot: what came in and what became of it. `received = kept + duplicates + refused` always holds.

    `connus`: duplicates that were known before anything was stored, so that no file holds them (the collector's);
    `rejeux`: how often its refused lines were read again; `etat`: visible, or retire once it was taken back;
    `rejets_purges_le`: when its refused lines went, their retention over: only their counts stay.
    `inconnus` lists raw codes outside the plan ("service:XYZ" → lines); `corriges` counts defaults applied.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    lot: str
    source: str
    dialecte: str
    recu_le: datetime
    plan_version: str
    received: int
    kept: int
    duplicates: int
    connus: int = 0
    refused: dict[str, int]
    corriges: dict[str, int]
    inconnus: dict[str, int]
    champs_ignores: dict[str, int]
    instant_min: datetime | None
    instant_max: datetime | None
    octets: int
    suivi: tuple[tuple[CleSuivi, int], ...] = ()
    parts: tuple[Part, ...]
    registres: tuple[Part, ...] = ()
    rejets_sha256: str | None = None
    rejets_purges_le: datetime | None = None
    rejeux: int = 0
    etat: str = VISIBLE

    @property
    def refused_total(self) -> int:
        """Lines refused, whatever the motif."""
        return sum(self.refused.values())

    @property
    def fichiers(self) -> list[tuple[str, str]]:
        """Path and digest of every file of the lot."""
        files = [(part.chemin, part.sha256) for part in (*self.parts, *self.registres)]
        return files + ([(self.rejets_chemin, self.rejets_sha256)] if self.rejets_sha256 else [])

    @property
    def nom(self) -> str:
        """Root of the names of the files written now: the digest, and the replay if there was one."""
        return f"{self.lot}-r{self.rejeux}" if self.rejeux else self.lot

    @property
    def rejets_chemin(self) -> str:
        """Path of the quarantine of the lot."""
        return f"rejets/{self.nom}.parquet"


def manifest_folder(donnees: Path) -> Path:
    """Folder of the manifests: `lots/<sha256>.json`."""
    return donnees / "lots"


def read_manifests(donnees: Path) -> list[Manifest]:
    """Every visible lot, ordered by digest so that nothing depends on arrival order. Raises ManifesteIllisible.

    Parts of sealed weeks and of closed periods are left out: only their counts remain.
    """
    states = list_states(donnees)
    return [_still_there(manifest, states) for manifest in read_all_manifests(donnees) if manifest.etat == VISIBLE]


def read_all_manifests(donnees: Path) -> list[Manifest]:
    """The same with the lots taken back. Raises ManifesteIllisible."""
    return [_read_manifest(file) for file in sorted(manifest_folder(donnees).glob("*.json"))]


def _still_there(manifest: Manifest, states: dict[str, Etat]) -> Manifest:
    sealed = list_ended(states, "semaine")
    parts = tuple(part for part in manifest.parts if str(part.semaine) not in sealed)
    registres = tuple(part for part in manifest.registres if not _is_merged(part, states))
    return manifest.model_copy(update={"parts": parts, "registres": registres})


def _is_merged(part: Part, states: dict[str, Etat]) -> bool:
    etat = states.get(part.dossier.replace("=", "-"))
    return etat is not None and (etat.ended or part.semaine in etat.fusionnees)


def _read_manifest(file: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise ManifesteIllisible(f"lots/{file.name}") from error


def referentiel_files(donnees: Path, kind: str) -> dict[str, Path]:
    """Parquet file of each school year for `ecoles`, `effectifs`, `deploiement`, `couverture`, `horaires` or `accompagnements`."""
    files = sorted((donnees / "referentiels" / kind).glob("annee=*.parquet"))
    return {file.stem.removeprefix("annee="): file for file in files}


def contour_file(donnees: Path, niveau: str) -> Path:
    """Parquet file of the contours of a level."""
    return donnees / "referentiels" / "contours" / f"niveau={niveau}.parquet"


def contour_files(donnees: Path) -> list[Path]:
    """Those that were loaded."""
    return sorted((donnees / "referentiels" / "contours").glob("niveau=*.parquet"))
