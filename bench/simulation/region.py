"""The simulated schools: real communes of Occitanie, fictive schools and circonscriptions with valid codes.
Must not know about accounts, visits nor file formats."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from bench.simulation.drawing import seeded
from marking_plan.codes import uai_check_letter

# Largest first, alternating the two académies, Hérault always there for the convention's two schools.
DEPARTEMENTS = ("34", "31", "30", "81", "66", "82", "11", "12", "65", "32", "46", "09", "48")
PAULHAN = "34194"
ECOLES_PAULHAN = (
    ("0340585B", "Ecole maternelle FRANCOISE DOLTO", "maternelle", 92),
    ("0342332A", "Ecole élémentaire ARC EN CIEL", "elementaire", 148),
)
PATRONYMES = (
    "Jean Jaurès", "Jules Ferry", "Marie Curie", "Les Platanes", "Victor Hugo", "Jacques Prévert",
    "Louise Michel", "Les Oliviers", "Simone Veil", "Jean Moulin", "Lucie Aubrac", "Du Canal",
    "Frédéric Mistral", "Les Tilleuls", "Joséphine Baker", "Antoine de Saint-Exupéry",
    "George Sand", "La Fontaine", "Du Château", "Condorcet",
)  # fmt: skip
LIEUX = (
    "Garrigue-Haute", "Val-des-Chênes", "Mas-Neuf", "Pech-Blanc", "Combe-Claire", "Pierre-Longue",
    "Belle-Plaine", "Fontfroide-le-Bas", "Roc-Vert", "Grand-Causse", "Mont-Serein", "Vallon-Doux",
    "Puits-d’Or", "Lac-Profond", "Plan-des-Vignes", "Tour-Carrée", "Moulin-Haut", "Gué-Fleuri",
    "Rive-Longue", "Clos-Marin",
)  # fmt: skip
ECOLES_PAR_CIRCONSCRIPTION = 13
HABITANTS_PAR_ECOLE = 1500
HABITANTS_MIN = 250


@dataclass(frozen=True, slots=True)
class Departement:
    code: str
    nom: str
    code_academie: str
    nom_academie: str
    prefixe_uai: str
    population: int


@dataclass(frozen=True, slots=True)
class Commune:
    code: str
    nom: str
    departement: str
    population: int
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Ecole:
    """One simulated school; `eleves` is its number of pupils, `rpi` its dispersed RPI, else empty."""

    uai: str
    nom: str
    type_ecole: str
    eleves: int
    commune: Commune
    departement: Departement
    longitude: float
    latitude: float
    rpi: str
    code_circonscription: str
    nom_circonscription: str


@dataclass(frozen=True, slots=True)
class Site:
    """A school before it gets its codes."""

    commune: Commune
    type_ecole: str
    rpi: str = ""
    connue: tuple[str, str, int] | None = None


def make_region(ecoles: int, graine: int) -> tuple[Ecole, ...]:
    """`ecoles` schools, sorted by département, circonscription and UAI."""
    departements = read_departements()
    communes = read_communes()
    choisis = [departements[code] for code in DEPARTEMENTS[: _count_departements(ecoles)]]
    region: list[Ecole] = []
    for rang, (departement, nombre) in enumerate(zip(choisis, _share(choisis, ecoles), strict=True)):
        rng = seeded(graine, 1, int(departement.code))
        sites = _choose_sites([c for c in communes if c.departement == departement.code], nombre, rng)
        region += _name_schools(departement, sites, rang, rng)
    return tuple(sorted(region, key=lambda e: (e.departement.code, e.code_circonscription, e.uai)))


def read_departements() -> dict[str, Departement]:
    return {
        ligne["code_departement"]: Departement(
            ligne["code_departement"],
            ligne["departement"],
            ligne["code_academie"],
            ligne["academie"],
            ligne["prefixe_uai"],
            int(ligne["population"]),
        )
        for ligne in _read_csv("occitanie_departements.csv")
    }


def read_communes() -> list[Commune]:
    return [
        Commune(
            ligne["code_commune"],
            ligne["nom"],
            ligne["code_departement"],
            int(ligne["population"]),
            float(ligne["lon"]),
            float(ligne["lat"]),
        )
        for ligne in _read_csv("occitanie_communes_points.csv")
        if ligne["lon"]
    ]


def _read_csv(nom: str) -> Iterable[dict[str, str]]:
    texte = (files("bench.simulation") / "donnees" / nom).read_text(encoding="utf-8")
    return csv.DictReader(texte.splitlines())


def _count_departements(ecoles: int) -> int:
    return max(1, min(ecoles // 15, 8 if ecoles < 1000 else len(DEPARTEMENTS)))


def _share(departements: list[Departement], ecoles: int) -> list[int]:
    """Schools by département, in proportion to its inhabitants; rounding goes to the first one."""
    total = sum(d.population for d in departements)
    parts = [max(2, ecoles * d.population // total) for d in departements]
    return [parts[0] + ecoles - sum(parts), *parts[1:]]


def _choose_sites(communes: list[Commune], nombre: int, rng: np.random.Generator) -> list[Site]:
    """Sites drawn among communes: one a commune, plus one for each 1,500 inhabitants."""
    paulhan = [c for c in communes if c.code == PAULHAN]
    places = [
        c
        for c in communes
        if c.population >= HABITANTS_MIN and c.code != PAULHAN
        for _ in range(1 + c.population // HABITANTS_PAR_ECOLE)
    ]
    connues = [(uai, nom, eleves, genre) for uai, nom, genre, eleves in ECOLES_PAULHAN if paulhan]
    tirees = [places[i] for i in rng.permutation(len(places))[: nombre - len(connues)]]
    sites = [Site(c, _draw_type(c, rng)) for c in tirees]
    sites.sort(key=lambda s: (s.commune.longitude, s.commune.latitude))
    ajouts = [Site(paulhan[0], genre, "", (uai, nom, eleves)) for uai, nom, eleves, genre in connues]
    return _pair_rpi(sites, max(1, nombre // 25)) + ajouts


def _draw_type(commune: Commune, rng: np.random.Generator) -> str:
    poids = [0.05, 0.1, 0.85] if commune.population < HABITANTS_PAR_ECOLE else [0.3, 0.42, 0.28]
    return ("maternelle", "elementaire", "primaire")[int(rng.choice(3, p=poids))]


def _pair_rpi(sites: list[Site], paires: int) -> list[Site]:
    """Neighbouring villages (from west to east) share an RPI, each with one level of classes."""
    villages = [i for i, s in enumerate(sites) if s.commune.population < HABITANTS_PAR_ECOLE]
    for numero, (a, b) in enumerate(list(zip(villages[::2], villages[1::2], strict=False))[:paires], start=1):
        code = f"RPI-0{sites[a].commune.departement}-{numero:03d}"
        sites[a] = Site(sites[a].commune, "elementaire", code)
        sites[b] = Site(sites[b].commune, "maternelle", code)
    return sites


def _name_schools(departement: Departement, sites: list[Site], rang: int, rng: np.random.Generator) -> list[Ecole]:
    """Codes, names and circonscriptions (strips from west to east) of a département's schools."""
    ordre = sorted(sites, key=lambda s: (s.commune.longitude, s.commune.latitude, s.type_ecole))
    nombre = max(1, round(len(ordre) / ECOLES_PAR_CIRCONSCRIPTION))
    connus = {int(uai[3:7]) for uai, *_ in ECOLES_PAULHAN}
    numeros = [n for n in (rng.permutation(7800) + 100).tolist() if n not in connus]
    return [
        _name_school(departement, site, numeros[i], (rang * 3, i * nombre // len(ordre)), rng)
        for i, site in enumerate(ordre)
    ]


def _name_school(
    departement: Departement, site: Site, numero: int, place: tuple[int, int], rng: np.random.Generator
) -> Ecole:
    decalage, circonscription = place
    genre = "élémentaire" if site.type_ecole == "elementaire" else site.type_ecole
    uai, nom, eleves = site.connue or (
        make_uai(departement.prefixe_uai, numero),
        f"Ecole {genre} {PATRONYMES[int(rng.integers(len(PATRONYMES)))]}",
        _draw_pupils(site, rng),
    )
    tour, lieu = divmod(circonscription + decalage, len(LIEUX))
    return Ecole(
        uai=uai,
        nom=nom,
        type_ecole=site.type_ecole,
        eleves=eleves,
        commune=site.commune,
        departement=departement,
        longitude=round(site.commune.longitude + float(rng.normal(0, 0.006)), 5),
        latitude=round(site.commune.latitude + float(rng.normal(0, 0.004)), 5),
        rpi=site.rpi,
        code_circonscription=make_uai(departement.prefixe_uai, 8000 + circonscription),
        nom_circonscription=LIEUX[lieu] + (f" {tour + 1}" if tour else ""),
    )


def make_uai(prefixe: str, numero: int) -> str:
    chiffres = f"{prefixe}{numero:04d}"
    return chiffres + uai_check_letter(chiffres)


def _draw_pupils(site: Site, rng: np.random.Generator) -> int:
    mediane = {"maternelle": 88, "elementaire": 138, "primaire": 118}[site.type_ecole]
    possible = 22 + site.commune.population * 0.1
    return int(max(9, min(possible, 420, mediane * float(rng.lognormal(0, 0.45)))))
