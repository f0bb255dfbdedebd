"""Schools of a publication by school year, and the nodes that they make: what lies in what, and what is gone.

It must not read a file nor a figure: edition.py does.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marking_plan.semaines import annee_scolaire
from metrics.engine import Row
from metrics.lecture.offre import NIVEAUX_ENFANTS
from metrics.tableau import Noeud

REGION = "region"
Cle = tuple[str, str]  # niveau, territoire
# Codes by school year, niveau, territoire and level of the children.
Enfants = dict[tuple[str, str, str, str], tuple[str, ...]]
# Above a node, from the région down. Communes and circonscriptions both lie under a département.
_ABOVE = {
    "region": (),
    "academie": ("region",),
    "departement": ("region", "academie"),
    "circonscription": ("region", "academie", "departement"),
    "commune": ("region", "academie", "departement"),
    "regroupement": ("region", "academie", "departement"),
    "uai": ("region", "academie", "departement", "circonscription"),
}

_LIEUX = (
    "commune",
    "regroupement",
    "circonscription",
    "departement",
    "academie",
    "region",
)  # as lecture/ecoles names them


@dataclass(frozen=True, slots=True)
class Ecole:
    """A school of a school year and the territories it lies in then, by level."""

    annee: str
    uai: str
    nom: str
    type_ecole: str | None
    secteur: str | None
    lieux: dict[str, Noeud]
    latitude: float | None
    longitude: float | None
    ouverte_le: date | None
    rattachement: str


def choose_ecoles(lignes: Sequence[Ecole], semaines: Sequence[date]) -> list[Ecole]:
    """Schools of the latest year, and of those that a week is published of: a board shows no other."""
    annees = {annee_scolaire(debut) for debut in semaines} | {ecole.annee for ecole in lignes[-1:]}
    return [ecole for ecole in lignes if ecole.annee in annees]


def read_ecole(row: Row, noms: Mapping[tuple[str, ...], str]) -> Ecole:
    """A line of lecture/ecoles; `noms` are those of territories by school year, niveau and code."""
    annee, uai, nom, type_ecole, secteur, *codes, latitude, longitude, ouverte_le, rattachement = row
    lieux = [(niveau, str(code)) for niveau, code in zip(_LIEUX, codes, strict=True) if code]
    noeuds = {niveau: Noeud(niveau, code, noms.get((str(annee), niveau, code), code)) for niveau, code in lieux}
    noeuds["uai"] = Noeud("uai", str(uai), str(nom))
    return Ecole(
        str(annee),
        str(uai),
        str(nom),
        None if type_ecole is None else str(type_ecole),
        None if secteur is None else str(secteur),
        noeuds,
        latitude if isinstance(latitude, float) else None,
        longitude if isinstance(longitude, float) else None,
        ouverte_le if isinstance(ouverte_le, date) else None,
        str(rattachement),
    )


def index_enfants(ecoles: Sequence[Ecole]) -> Enfants:
    """Codes of the territories of a level in which a node's schools lie, in order."""
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for ecole in ecoles:
        for niveau, noeud in ecole.lieux.items():
            for enfants in NIVEAUX_ENFANTS[niveau]:
                if enfants in ecole.lieux:
                    found[ecole.annee, niveau, noeud.territoire, enfants].add(ecole.lieux[enfants].territoire)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def list_regions(ecoles: Sequence[Ecole], departs: Mapping[Cle, str]) -> tuple[Noeud, ...]:
    """Régions of the latest year, the one that holds the most schools first; schools come by year."""
    last = {ecole.uai: ecole.lieux[REGION] for ecole in ecoles}
    held = Counter(noeud.territoire for uai, noeud in last.items() if ("uai", uai) not in departs)
    noeuds = {noeud.territoire: noeud for noeud in last.values()}
    return tuple(noeuds[code] for code in sorted(held, key=lambda code: (held[code], code), reverse=True))


def index_noeuds(
    ecoles: Sequence[Ecole],
) -> tuple[dict[Cle, Noeud], dict[Cle, tuple[Noeud, ...]]]:
    """Every node of these schools, and those above each, by (niveau, territoire): of the latest year, where they changed."""
    noeuds: dict[Cle, Noeud] = {}
    ascendants: dict[Cle, tuple[Noeud, ...]] = {}
    for ecole in ecoles:
        for niveau, noeud in ecole.lieux.items():
            key = (niveau, noeud.territoire)
            noeuds[key] = noeud
            ascendants[key] = tuple(ecole.lieux[above] for above in _ABOVE[niveau])
    return noeuds, ascendants


def find_departs(ecoles: Sequence[Ecole]) -> dict[Cle, str]:
    """Nodes without a school in the latest year, with the last year that they had one; schools come by year."""
    last = {(noeud.niveau, noeud.territoire): ecole.annee for ecole in ecoles for noeud in ecole.lieux.values()}
    latest = max(last.values(), default="")
    return {key: annee for key, annee in last.items() if annee < latest}


def find_anciens(ecoles: Sequence[Ecole], departs: Mapping[Cle, str]) -> dict[str, frozenset[Cle]]:
    """By school, the nodes that are gone and that it lay in."""
    found: dict[str, set[Cle]] = defaultdict(set)
    for ecole in ecoles if departs else ():
        found[ecole.uai] |= {(n.niveau, n.territoire) for n in ecole.lieux.values()} & departs.keys()
    return {uai: frozenset(nodes) for uai, nodes in found.items() if nodes}
