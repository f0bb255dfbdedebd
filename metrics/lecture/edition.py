"""One publication, opened for reading: its identity, weeks, schools and nodes, held in memory.

It must not build a board: lecteur.py does, on the connection kept here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from marking_plan import MarkingPlan
from marking_plan.ruptures import RuptureDeclaree
from marking_plan.semaines import PARIS, annee_scolaire
from metrics.engine import connect_publication, fetch
from metrics.errors import PublicationAbsente
from metrics.lecture.accompagnements import Actions, read_actions
from metrics.lecture.geographie import Geographie, read_geographie
from metrics.lecture.memoire import Memoire, load_memoire
from metrics.lecture.offre import Catalogue, read_catalogue
from metrics.lecture.ruptures import read_ruptures
from metrics.lecture.totaux import Totaux, load_totaux
from metrics.tableau import Noeud, Publication

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


@dataclass(frozen=True, slots=True)
class Edition:
    """An open publication. `noeuds` and `ascendants` know every node by (niveau, territoire), as it stood last.

    `par_noeud`: the schools that lie in each node, by (school year, niveau, territoire). `departs`: the nodes that the latest
    school year no longer has, with their last one. `anciens`: those of them that a school lay in before it lay elsewhere.
    """

    path: Path
    connection: duckdb.DuckDBPyConnection
    publication: Publication
    ecoles: dict[str, Ecole]
    par_noeud: dict[tuple[str, str, str], list[Ecole]]
    noeuds: dict[tuple[str, str], Noeud]
    ascendants: dict[tuple[str, str], tuple[Noeud, ...]]
    departs: dict[tuple[str, str], str]
    anciens: dict[str, frozenset[tuple[str, str]]]
    memoire: Memoire
    totaux: Totaux
    catalogue: Catalogue
    ruptures: tuple[RuptureDeclaree, ...]
    actions: Actions
    geographie: Geographie

    def find_lieu(self, uai: str, niveau: str) -> str | None:
        """Territory of a level in which a school lies; None of a school that this publication doesn't have."""
        noeud = self.ecoles[uai].lieux.get(niveau) if uai in self.ecoles else None
        return noeud.territoire if noeud else None

    def list_enfants(self, annee: str, niveau: str, territoire: str, enfants: str) -> list[str]:
        """Codes of the territories of a level in which a node's schools lie in a school year."""
        found = (ecole.lieux.get(enfants) for ecole in self.par_noeud.get((annee, niveau, territoire), ()))
        return sorted({noeud.territoire for noeud in found if noeud})


def open_edition(path: Path, plan: MarkingPlan) -> Edition:
    """Open a published file read-only and load what every board needs. Raises PublicationAbsente for one of an older version."""
    try:
        return _load(path, connect_publication(path), plan)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise PublicationAbsente(
            "La publication en vigueur vient d’une version antérieure du programme, que les tableaux de bord ne savent plus "
            "lire. Lancez «\u00a0dnma publish\u00a0»."
        ) from error


def _load(path: Path, connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> Edition:
    semaines = tuple(_date(row[0]) for row in fetch(connection, "lecture/semaines", {}))
    noms = {tuple(map(str, key)): str(nom) for *key, nom in fetch(connection, "lecture/territoires", {})}
    lignes = _choose([_ecole(row, noms) for row in fetch(connection, "lecture/ecoles", {})], semaines)
    noeuds, ascendants = index_noeuds(lignes)
    departs = find_departs(lignes)
    ecoles = {ecole.uai: ecole for ecole in lignes}
    return Edition(
        path=path,
        connection=connection,
        publication=read_publication(connection),
        ecoles=ecoles,
        par_noeud=_group(lignes),
        noeuds=noeuds,
        ascendants=ascendants,
        departs=departs,
        anciens=find_anciens(lignes, departs),
        memoire=load_memoire(connection, plan),
        totaux=load_totaux(connection),
        catalogue=read_catalogue(connection, semaines, departs),
        ruptures=read_ruptures(connection),
        actions=read_actions(connection),
        geographie=read_geographie(connection, ecoles.values()),
    )


def read_publication(connection: duckdb.DuckDBPyConnection) -> Publication:
    """Which publication an open file is."""
    numero, instant, plan_version, politique, k, simulee, dernier_recu, jours = fetch(
        connection, "lecture/publication", {}
    )[0]
    assert isinstance(numero, int)
    assert isinstance(instant, datetime)
    assert isinstance(jours, int)
    assert isinstance(k, int)
    recu = dernier_recu if isinstance(dernier_recu, date) else None
    return Publication(numero, local_instant(instant), str(plan_version), str(politique), bool(simulee), recu, jours, k)


def _choose(lignes: list[Ecole], semaines: Sequence[date]) -> list[Ecole]:
    """Schools of the latest year, and of those that a week is published of: a board shows no other."""
    annees = {annee_scolaire(debut) for debut in semaines} | {ecole.annee for ecole in lignes[-1:]}
    return [ecole for ecole in lignes if ecole.annee in annees]


def _ecole(row: tuple[object, ...], noms: Mapping[tuple[str, ...], str]) -> Ecole:
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


def _group(ecoles: list[Ecole]) -> dict[tuple[str, str, str], list[Ecole]]:
    """Schools by school year and node."""
    found: dict[tuple[str, str, str], list[Ecole]] = defaultdict(list)
    for ecole in ecoles:
        for niveau, noeud in ecole.lieux.items():
            found[ecole.annee, niveau, noeud.territoire].append(ecole)
    return dict(found)


def index_noeuds(
    ecoles: list[Ecole],
) -> tuple[dict[tuple[str, str], Noeud], dict[tuple[str, str], tuple[Noeud, ...]]]:
    """Every node of these schools, and those above each, by (niveau, territoire): of the latest year, where they changed."""
    noeuds: dict[tuple[str, str], Noeud] = {}
    ascendants: dict[tuple[str, str], tuple[Noeud, ...]] = {}
    for ecole in ecoles:
        for niveau, noeud in ecole.lieux.items():
            key = (niveau, noeud.territoire)
            noeuds[key] = noeud
            ascendants[key] = tuple(ecole.lieux[above] for above in _ABOVE[niveau])
    return noeuds, ascendants


def find_departs(ecoles: list[Ecole]) -> dict[tuple[str, str], str]:
    """Nodes without a school in the latest year, with the last year that they had one; schools come by year."""
    last = {(noeud.niveau, noeud.territoire): ecole.annee for ecole in ecoles for noeud in ecole.lieux.values()}
    latest = max(last.values(), default="")
    return {key: annee for key, annee in last.items() if annee < latest}


def find_anciens(ecoles: list[Ecole], departs: dict[tuple[str, str], str]) -> dict[str, frozenset[tuple[str, str]]]:
    """By school, the nodes that are gone and that it lay in."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for ecole in ecoles if departs else ():
        found[ecole.uai] |= {(n.niveau, n.territoire) for n in ecole.lieux.values()} & departs.keys()
    return {uai: frozenset(nodes) for uai, nodes in found.items() if nodes}


def local_instant(instant: datetime) -> datetime:
    """A published instant, which is in UTC, as its readers' clocks say it."""
    return instant.replace(tzinfo=UTC).astimezone(PARIS)


def _date(value: object) -> date:
    assert isinstance(value, date)
    return value
