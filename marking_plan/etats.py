"""State of each week, month and school year of a lake, as `periodes/*.json` keeps it (design 6 and 7).

It must not write: ingest opens and closes periods. A state outlives the key of its period.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

OUVERTE, SCELLEMENT, SCELLEE, CLOSE = "ouverte", "scellement", "scellee", "close"
GRACE = timedelta(days=10)  # design 7: a period takes lots so long after the later of its end and its first lot


class Ensemble(BaseModel):
    """The one set that registers of sealed weeks were merged into: path relative to the lake, digest, members."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    chemin: str
    sha256: str
    lignes: int


class Etat(BaseModel):
    """`ouverte`; then a week is in `scellement` (takes nothing more) and `scellee`, a month or a school year `close`.

    `empreinte`: fingerprint of the key. `fichiers`: what is kept for good, with digests. `fusionnees`: sealed weeks whose
    members are in `ensemble`. `purges`: what was among `fichiers` until its retention ended, and when it was purged.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    etat: str
    empreinte: str
    fichiers: dict[str, str] = {}
    ensemble: Ensemble | None = None
    fusionnees: tuple[date, ...] = ()
    le: datetime | None = None
    purges: dict[str, datetime] = {}

    @property
    def ended(self) -> bool:
        """Whether nothing but what is kept for good is left of the period."""
        return self.etat in (SCELLEE, CLOSE)


def state_file(donnees: Path, nom: str) -> Path:
    """File of a period named `semaine-2025-10-06`, `mois-2025-10` or `annee-2025-2026`."""
    return donnees / "periodes" / f"{nom}.json"


def read_state(donnees: Path, nom: str) -> Etat | None:
    """State of a period by its name, or None when it was never opened."""
    file = state_file(donnees, nom)
    return Etat.model_validate_json(file.read_bytes()) if file.exists() else None


def list_states(donnees: Path) -> dict[str, Etat]:
    """State of every period that was opened, by name."""
    names = sorted(file.stem for file in (donnees / "periodes").glob("*.json"))
    return {nom: etat for nom in names if (etat := read_state(donnees, nom)) is not None}


def list_ended(states: Mapping[str, Etat], kind: str) -> set[str]:
    """What follows the kind in the names of periods that ended: Mondays, months (2025-10) or school years."""
    prefix = f"{kind}-"
    return {nom.removeprefix(prefix) for nom, etat in states.items() if nom.startswith(prefix) and etat.ended}
