"""Check indicators, cuts and periods against one another: what one names must exist in the others.

It must not read files or compute anything: plan.py reads, metrics counts.
"""

from collections.abc import Collection, Iterable, Sequence

from marking_plan.errors import PlanInvalide
from marking_plan.records import Coupe, Indicateur, Niveau, Periode

# Dimensions of every figure, and what they are called; the cuts come besides.
AXES = {"periode": "période", "territoire": "territoire", "profil": "profil"}
_FILE = "indicateurs.toml"


def check_indicateurs(
    indicateurs: Sequence[Indicateur], coupes: Sequence[Coupe], periodes: Sequence[Periode], niveaux: Sequence[Niveau]
) -> None:
    """Raise PlanInvalide at the first indicator or cut that names what does not exist, or adds what can't be added."""
    known = {periode.code for periode in periodes}
    for coupe in coupes:
        _check_names(coupe.code, "periodes", coupe.periodes, known, "une période")
    noms = [indicateur.nom for indicateur in indicateurs]
    partitions = {coupe.code for coupe in coupes if coupe.partition} - {"total"}
    for indicateur in indicateurs:
        if noms.count(indicateur.nom) > 1:
            raise PlanInvalide(_FILE, indicateur.code, "nom", f"le nom « {indicateur.nom} » est déjà pris.")
        _check_names(indicateur.code, "periodes", indicateur.periodes, known, "une période")
        _check_names(indicateur.code, "niveaux", indicateur.niveaux, {niveau.code for niveau in niveaux}, "un niveau")
        _check_names(indicateur.code, "additif_sur", indicateur.additif_sur, {*AXES, *partitions}, "une dimension")
        _check_coupes(indicateur, coupes)
        _check_sums(indicateur, indicateurs)


def _check_names(code: str, champ: str, names: Iterable[str], known: Collection[str], kind: str) -> None:
    for name in names:
        if name not in known:
            raise PlanInvalide(_FILE, code, champ, f"« {name} » n’est pas {kind} du plan, ou n’existe pas ici.")


def _check_coupes(indicateur: Indicateur, coupes: Sequence[Coupe]) -> None:
    for periode, names in indicateur.coupes.items():
        _check_names(indicateur.code, "coupes", [periode], indicateur.periodes, "une période")
        declared = {coupe.code for coupe in coupes if periode in coupe.periodes}
        _check_names(indicateur.code, f"coupes.{periode}", names, declared, "une coupe")


def _check_sums(indicateur: Indicateur, indicateurs: Sequence[Indicateur]) -> None:
    """An aggregated expression only sums what is declared additive; what can't be added over every axis says why."""
    additive = {other.nom: set(other.additif_sur) for other in indicateurs if other.additif_sur}
    for name in indicateur.sommes:
        if name not in additive:
            raise PlanInvalide(_FILE, indicateur.code, "expression_agregee", f"« {name} » ne s’additionne pas.")
    if bool(indicateur.additif_sur) != (indicateur.nom in indicateur.sommes):
        probleme = "un indicateur est additif si, et seulement si, son expression agrégée l’additionne."
        raise PlanInvalide(_FILE, indicateur.code, "additif_sur", probleme)
    sums = [additive[name] for name in indicateur.sommes]
    if not (sums and all(sur.issuperset(AXES) for sur in sums)) and not indicateur.non_additif:
        raise PlanInvalide(_FILE, indicateur.code, "non_additif", "dites pourquoi l’indicateur ne s’additionne pas.")
