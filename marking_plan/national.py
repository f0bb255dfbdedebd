"""The national weekly files: their columns in order, and the cell of the publication that fills each.

It must not read or write such a file: metrics.export does.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, TypeAdapter

from marking_plan.errors import PlanInvalide
from marking_plan.plan import MarkingPlan, load_plan

_FILE = "export_national.toml"
_TOUS = "tous"


class _Fiche(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cle(_Fiche):
    """A key column: its name in the API, which is ours, and in the header of the CSV file."""

    nom: str
    entete: str


class _Mesure(_Fiche):
    national: str
    mesure: str


class _Equivalence(_Fiche):
    code: str
    national: str


class _Suffixe(_Fiche):
    suffixe: str
    entetes: dict[str, str] = {}
    profil: str
    coupe: str
    modalite: str


class _FicheJeu(_Fiche):
    code: str
    identifiant: str
    libelle: str
    cles_devant: int
    colonnes: tuple[_Suffixe, ...]


@dataclass(frozen=True, slots=True)
class Colonne:
    """A national column, its header in the CSV file, and the measure of the cell that fills it."""

    nom: str
    entete: str
    profil: str
    coupe: str
    modalite: str
    mesure: str


@dataclass(frozen=True, slots=True)
class Jeu:
    """One of the four files. `ordre` names its columns, keys included, as the file has them."""

    code: str
    identifiant: str
    libelle: str
    colonnes: tuple[Colonne, ...]
    ordre: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanNational:
    """The four files, their keys, and how they call types of school and sectors."""

    jeux: tuple[Jeu, ...]
    cles: tuple[Cle, ...]
    natures: dict[str, str]
    secteurs: dict[str, str]

    @property
    def entetes(self) -> dict[str, str]:
        """Header of each column in the CSV file, by its name."""
        columns = [(colonne.nom, colonne.entete) for jeu in self.jeux for colonne in jeu.colonnes]
        return dict([*((cle.nom, cle.entete) for cle in self.cles), *columns])


@cache
def load_national() -> PlanNational:
    """Read export_national.toml and check it against the marking plan. Raises PlanInvalide."""
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    cles = TypeAdapter(tuple[Cle, ...]).validate_python(content["cles"])
    mesures = TypeAdapter(tuple[_Mesure, ...]).validate_python(content["mesures"])
    fiches = TypeAdapter(tuple[_FicheJeu, ...]).validate_python(content["jeux"])
    plan = load_plan()
    for fiche in fiches:
        _check(fiche, plan)
    return PlanNational(
        tuple(_jeu(fiche, cles, mesures) for fiche in fiches),
        cles,
        _equivalences(content["natures"]),
        _equivalences(content["secteurs"]),
    )


def _jeu(fiche: _FicheJeu, cles: tuple[Cle, ...], mesures: tuple[_Mesure, ...]) -> Jeu:
    colonnes = tuple(
        Colonne(
            f"{m.national}_{s.suffixe}",
            f"{m.national}_{s.entetes.get(m.national, s.suffixe)}",
            s.profil,
            s.coupe,
            s.modalite,
            m.mesure,
        )
        for s in fiche.colonnes
        for m in mesures
    )
    names = [cle.nom for cle in cles]
    ordre = (*names[: fiche.cles_devant], *(c.nom for c in colonnes), *names[fiche.cles_devant :])
    return Jeu(fiche.code, fiche.identifiant, fiche.libelle, colonnes, ordre)


def _equivalences(entries: object) -> dict[str, str]:
    fiches = TypeAdapter(tuple[_Equivalence, ...]).validate_python(entries)
    return {fiche.code: fiche.national for fiche in fiches}


def _check(fiche: _FicheJeu, plan: MarkingPlan) -> None:
    """Every cell named exists in the plan, fills one column of the file, and folds the profiles that it should."""
    seen: set[tuple[str, str, str]] = set()
    for colonne in fiche.colonnes:
        cell = (colonne.profil, colonne.coupe, colonne.modalite)
        if cell in seen:
            raise PlanInvalide(_FILE, fiche.code, colonne.suffixe, "une autre colonne du jeu a déjà cette cellule.")
        seen.add(cell)
        if any(entete.casefold() != colonne.suffixe for entete in colonne.entetes.values()):
            raise PlanInvalide(_FILE, fiche.code, colonne.suffixe, "un en-tête ne diffère du suffixe que par la casse.")
        if colonne.profil not in {record.code for record in plan.records("profil")}:
            raise PlanInvalide(_FILE, fiche.code, colonne.suffixe, f"« {colonne.profil} » n’est pas dans le plan.")
        if colonne.coupe != "total" and colonne.modalite not in {r.code for r in plan.records(colonne.coupe)}:
            raise PlanInvalide(_FILE, fiche.code, colonne.suffixe, f"« {colonne.modalite} » n’est pas dans le plan.")
        if colonne.coupe == "total" and _folded(colonne.profil, plan) != _national(colonne.suffixe, plan):
            problem = f"« {colonne.profil} » ne réunit pas les profils que profils.toml y verse (champ national)."
            raise PlanInvalide(_FILE, fiche.code, colonne.suffixe, problem)


def _folded(code: str, plan: MarkingPlan) -> set[str]:
    """Profiles that a profil or group of ours counts."""
    groupes = {groupe.code: set(groupe.profils) for groupe in plan.groupes}
    return groupes.get(code, {code})


def _national(suffixe: str, plan: MarkingPlan) -> set[str]:
    """Profiles that the plan puts under a national one; every profile under the national total."""
    named = {profil.code for profil in plan.profils if profil.national == suffixe}
    return named or _folded(_TOUS, plan)
