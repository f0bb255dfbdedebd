"""Where each thing lies in the lake, and the manifest that makes a lot visible (design 6).

It must not write: ingest writes manifests and parts, metrics only reads them.
"""

from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """One Parquet file of a lot: path relative to the lake, digest of its bytes, rows, week (a Monday)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    chemin: str
    sha256: str
    lignes: int
    semaine: date


class Manifest(BaseModel):
    """One lot: what came in and what became of it. `received = kept + duplicates + refused` always holds.

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
    refused: dict[str, int]
    corriges: dict[str, int]
    inconnus: dict[str, int]
    champs_ignores: dict[str, int]
    instant_min: datetime | None
    instant_max: datetime | None
    parts: tuple[Part, ...]
    rejets_sha256: str | None = None

    @property
    def refused_total(self) -> int:
        """Lines refused, whatever the motif."""
        return sum(self.refused.values())


def manifest_folder(donnees: Path) -> Path:
    """Folder of the manifests: `lots/<sha256>.json`."""
    return donnees / "lots"


def read_manifests(donnees: Path) -> list[Manifest]:
    """Every visible lot, ordered by digest so that nothing depends on arrival order."""
    files = sorted(manifest_folder(donnees).glob("*.json"))
    return [Manifest.model_validate_json(file.read_bytes()) for file in files]


def referentiel_files(donnees: Path, kind: str) -> dict[str, Path]:
    """Parquet file of each school year for `ecoles`, `effectifs`, `deploiement` or `couverture`."""
    files = sorted((donnees / "referentiels" / kind).glob("annee=*.parquet"))
    return {file.stem.removeprefix("annee="): file for file in files}
