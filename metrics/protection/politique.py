"""A policy of small counts, as its TOML writes it. It must not mask anything."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from metrics.errors import PolitiqueInconnue

EXACTE = "exacte"  # no mask, every cut at every level and period: for tests, and named on every page


class Politique(BaseModel):
    """What protects small counts. `exclus_petits`: profiles and groups that a small node never tells apart; `coupes_fines`:
    cuts that large nodes alone publish, for `coupes_petits`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    version: str
    libelle: str
    k: int
    seuil_detail: int
    seuil_croisement: int
    seuil_profil: int
    exclus_petits: tuple[str, ...]
    coupes_petits: tuple[str, ...]
    niveaux_coupes: tuple[str, ...]
    coupes_fines: tuple[str, ...]
    directeur_des: tuple[str, ...]

    @property
    def nom(self) -> str:
        """Code and version, as publications and frozen groupings name it."""
        return self.code if self.code == EXACTE else f"{self.code}-{self.version}"

    @property
    def profils_de_tous(self) -> tuple[str, ...]:
        """Profiles and groups whose visits every node may publish."""
        return self.coupes_petits or ("tous",)


_EXACTE = Politique(
    code=EXACTE,
    version="1",
    libelle="Chiffres exacts, sans protection : essais seulement",
    k=0,
    seuil_detail=0,
    seuil_croisement=0,
    seuil_profil=0,
    exclus_petits=(),
    coupes_petits=(),
    niveaux_coupes=(),
    coupes_fines=(),
    directeur_des=(),
)


def load_politique(code: str) -> Politique:
    """The policy of that code. Raises PolitiqueInconnue."""
    policies = _policies()
    if code not in policies:
        raise PolitiqueInconnue(code, list(policies))
    return policies[code]


@cache
def _policies() -> dict[str, Politique]:
    text = resources.files("metrics").joinpath("protection/politiques.toml").read_text("utf-8")
    records = [Politique.model_validate(entry) for entry in tomllib.loads(text)["politiques"]]
    return {politique.code: politique for politique in (*records, _EXACTE)}
