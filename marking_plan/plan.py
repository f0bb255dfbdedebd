"""Load the marking plan once, checked, from its TOML files.

It must not read events or referentials.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from marking_plan.aliases import AliasTable
from marking_plan.coherence import check_indicateurs
from marking_plan.errors import PlanInvalide
from marking_plan.moments import define_moments
from marking_plan.records import (
    Accompagnement,
    Alias,
    Assiduite,
    Coupe,
    Famille,
    Groupe,
    Indicateur,
    Modalite,
    Motif,
    Niveau,
    Periode,
    Profil,
    Record,
    Service,
    Soiree,
    Tranche,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class MarkingPlan:
    """The whole plan in force, in the order of its files."""

    version: str
    profils: tuple[Profil, ...]
    groupes: tuple[Groupe, ...]
    familles: tuple[Famille, ...]
    services: tuple[Service, ...]
    appareils: tuple[Modalite, ...]
    systemes: tuple[Modalite, ...]
    navigateurs: tuple[Modalite, ...]
    types: tuple[Modalite, ...]
    tranches: tuple[Tranche, ...]
    assiduites: tuple[Assiduite, ...]
    moments: tuple[Modalite, ...]
    soirees: tuple[Soiree, ...]
    motifs: tuple[Motif, ...]
    niveaux: tuple[Niveau, ...]
    types_ecole: tuple[Modalite, ...]
    secteurs: tuple[Modalite, ...]
    etats: tuple[Modalite, ...]
    periodes: tuple[Periode, ...]
    coupes: tuple[Coupe, ...]
    indicateurs: tuple[Indicateur, ...]
    accompagnement: Accompagnement
    causes: tuple[Modalite, ...]
    evolutions: tuple[Modalite, ...]
    champs_personnels: frozenset[str]
    vacances_ajoutees: tuple[date, ...]
    vacances_retirees: tuple[date, ...]
    profil_aliases: AliasTable
    service_aliases: AliasTable

    @property
    def dates_effet(self) -> frozenset[date]:
        """Days on which the meaning of some name changes."""
        return frozenset(self.profil_aliases.dates_effet() | self.service_aliases.dates_effet())

    def find_profil(self, alias: str, jour: date) -> str | None:
        """Code of the profil that a vendor's name stands for on that day, or None."""
        return self.profil_aliases.find(alias, jour)

    def find_service(self, alias: str, jour: date) -> str | None:
        """Code of the service that a vendor's name stands for on that day, or None."""
        return self.service_aliases.find(alias, jour)

    def indicateur(self, nom: str) -> Indicateur:
        """The indicator of that name. Raises KeyError."""
        for indicateur in self.indicateurs:
            if indicateur.nom == nom:
                return indicateur
        raise KeyError(nom)

    def coupes_of(self, indicateur: Indicateur, periode: str) -> tuple[str, ...]:
        """Cuts in which an indicator exists by a period."""
        if periode not in indicateur.periodes:
            return ()
        declared = tuple(coupe.code for coupe in self.coupes if periode in coupe.periodes)
        return tuple(code for code in indicateur.coupes.get(periode, declared) if code in declared)

    def additif_sur(self, indicateur: Indicateur) -> frozenset[str]:
        """Dimensions over which an indicator can be had from published cells: those of everything it sums."""
        dimensions = [frozenset(self.indicateur(nom).additif_sur) for nom in indicateur.sommes]
        return frozenset.intersection(*dimensions) if dimensions else frozenset()

    def modalites(self, coupe: str) -> tuple[str, ...]:
        """Codes of a cut's modalities, in the plan's order."""
        hours = [f"{hour:02}" for hour in range(24)]
        match coupe:
            case "total":
                return ("total",)
            case "heure":
                return tuple(hours)
            case "creneau":
                return tuple(f"{jour}-{hour}" for jour in range(1, 8) for hour in hours)
            case _:
                return tuple(record.code for record in self.records("tranche" if coupe == "duree" else coupe))

    def libelle(self, kind: str, code: str) -> str:
        """French label of a code; an unknown code is its own label."""
        for record in self.records(kind):
            if record.code == code:
                return record.libelle
        return code

    def pluriel_niveau(self, code: str) -> str:
        """« écoles », « communes »: what nodes of a level are called together."""
        return next((niveau.libelle_pluriel for niveau in self.niveaux if niveau.code == code), code)

    def records(self, kind: str) -> tuple[Record, ...]:
        """Records of a kind: profil (groups included), service, famille, appareil, tranche, motif…"""
        if kind == "profil":
            return (*self.profils, *self.groupes)
        plural = {"type_ecole": "types_ecole", "niveau": "niveaux"}.get(kind, f"{kind}s")
        return tuple(getattr(self, plural))


@cache
def load_plan(folder: Path | None = None) -> MarkingPlan:
    """Read and check the plan of a folder (default: the packaged one). Raises PlanInvalide."""
    root = folder or resources.files("marking_plan")
    profils = _read(root, "profils.toml", "profils", Profil)
    services = _read(root, "services.toml", "services", Service)
    accompagnement = _accompagnement(root)
    soirees = TypeAdapter(tuple[Soiree, ...]).validate_python(_content(root, "moments.toml")["soirees"])
    plan = MarkingPlan(
        version=str(_content(root, "plan.toml")["version"]),
        profils=profils,
        groupes=_read(root, "profils.toml", "groupes", Groupe),
        familles=_read(root, "services.toml", "familles", Famille),
        services=services,
        appareils=_read(root, "terminaux.toml", "appareils", Modalite),
        systemes=_read(root, "terminaux.toml", "systemes", Modalite),
        navigateurs=_read(root, "terminaux.toml", "navigateurs", Modalite),
        types=_read(root, "terminaux.toml", "types", Modalite),
        tranches=_read(root, "tranches.toml", "tranches", Tranche),
        assiduites=_read(root, "tranches.toml", "assiduites", Assiduite),
        moments=define_moments(_read(root, "moments.toml", "moments", Modalite), soirees),
        soirees=soirees,
        motifs=_read(root, "motifs.toml", "motifs", Motif),
        niveaux=_read(root, "territoires.toml", "niveaux", Niveau),
        types_ecole=_read(root, "territoires.toml", "types_ecole", Modalite),
        secteurs=_read(root, "territoires.toml", "secteurs", Modalite),
        etats=_read(root, "indicateurs.toml", "etats", Modalite),
        periodes=_read(root, "indicateurs.toml", "periodes", Periode),
        coupes=_read(root, "indicateurs.toml", "coupes", Coupe),
        indicateurs=_read(root, "indicateurs.toml", "indicateurs", Indicateur),
        accompagnement=accompagnement,
        causes=_causes(root, accompagnement),
        evolutions=_read(root, "pilotage.toml", "evolutions", Modalite),
        champs_personnels=frozenset(name.lower() for name in _strings(root, "motifs.toml", "champs_personnels")),
        vacances_ajoutees=_dates(root, "vacances_ajoutees"),
        vacances_retirees=_dates(root, "vacances_retirees"),
        profil_aliases=_alias_table(profils),
        service_aliases=_alias_table(services),
    )
    _check(plan)
    return plan


def _content(root: Traversable, file: str) -> dict[str, object]:
    return tomllib.loads(root.joinpath(file).read_text("utf-8"))


def _read(root: Traversable, file: str, kind: str, record: type[R]) -> tuple[R, ...]:
    entries = _content(root, file)[kind]
    assert isinstance(entries, list)
    found: list[R] = []
    for entry in entries:
        try:
            found.append(record.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            champ = ".".join(str(step) for step in first["loc"])
            name = str(entry.get("code", "?")) if isinstance(entry, dict) else "?"
            raise PlanInvalide(file, name, champ, f"valeur refusée ({first['msg']}). Corrigez ce champ.") from error
    _refuse_duplicates(file, found)
    return tuple(found)


def _accompagnement(root: Traversable) -> Accompagnement:
    try:
        return Accompagnement.model_validate(_content(root, "pilotage.toml")["accompagnement"])
    except ValidationError as error:
        champ = ".".join(str(step) for step in error.errors()[0]["loc"])
        probleme = f"valeur refusée ({error.errors()[0]['msg']}). Corrigez ce champ."
        raise PlanInvalide("pilotage.toml", "accompagnement", champ, probleme) from error


def _causes(root: Traversable, accompagnement: Accompagnement) -> tuple[Modalite, ...]:
    """Causes whose definitions say the parameters that they name."""
    causes = _read(root, "pilotage.toml", "causes", Modalite)
    try:
        return tuple(c.model_copy(update={"definition": accompagnement.fill(c.definition)}) for c in causes)
    except KeyError as error:
        raise PlanInvalide("pilotage.toml", "causes", "definition", f"le seuil {error} n’existe pas.") from error


def _refuse_duplicates(file: str, records: Iterable[Record]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.code in seen:
            raise PlanInvalide(
                file, record.code, "code", "ce code est déjà pris. Donnez-en un autre à l'une des fiches."
            )
        seen.add(record.code)


def _strings(root: Traversable, file: str, key: str) -> list[str]:
    values = _content(root, file)[key]
    assert isinstance(values, list)
    return [str(value) for value in values]


def _dates(root: Traversable, key: str) -> tuple[date, ...]:
    values = _content(root, "calendrier.toml")[key]
    assert isinstance(values, list)
    return tuple(value for value in values if isinstance(value, date))


def _alias_table(records: Iterable[Profil | Service]) -> AliasTable:
    """Aliases of every record; its code and its label are names of its own too."""
    return AliasTable(
        (record.code, alias)
        for record in records
        for alias in (Alias(nom=record.code), Alias(nom=record.libelle), *record.aliases)
    )


def _check(plan: MarkingPlan) -> None:
    """Check the records against one another."""
    codes = {profil.code for profil in plan.profils}
    for groupe in plan.groupes:
        for missing in set(groupe.profils) - codes:
            raise PlanInvalide("profils.toml", groupe.code, "profils", f"le profil « {missing} » n'existe pas.")
    familles = {famille.code for famille in plan.familles}
    for service in plan.services:
        if service.famille not in familles:
            raise PlanInvalide("services.toml", service.code, "famille", f"« {service.famille} » n'existe pas.")
        _check_dates("services.toml", service.code, service.aliases)
    for profil in plan.profils:
        _check_dates("profils.toml", profil.code, profil.aliases)
    for file, table in (("profils.toml", plan.profil_aliases), ("services.toml", plan.service_aliases)):
        for name in table.conflicts():
            raise PlanInvalide(file, name, "aliases", "ce nom désigne deux codes le même jour. Datez l'un des deux.")
    _check_tranches(plan.tranches)
    check_indicateurs(plan.indicateurs, plan.coupes, plan.periodes, plan.niveaux)


def _check_dates(file: str, code: str, aliases: Iterable[Alias]) -> None:
    for alias in aliases:
        if alias.depuis and alias.jusqu_a and alias.jusqu_a < alias.depuis:
            raise PlanInvalide(
                file, code, f"aliases.{alias.nom}", f"la fin ({alias.jusqu_a}) précède le début ({alias.depuis})."
            )


def _check_tranches(tranches: tuple[Tranche, ...]) -> None:
    """Bands follow one another from 0 without gap or overlap; only the last is open."""
    expected: int | None = 0
    for tranche in tranches:
        if tranche.min_s != expected:
            raise PlanInvalide("tranches.toml", tranche.code, "min_s", f"la tranche devrait commencer à {expected} s.")
        expected = tranche.max_s
    if expected is not None:
        raise PlanInvalide("tranches.toml", tranches[-1].code, "max_s", "la dernière tranche doit rester ouverte.")
