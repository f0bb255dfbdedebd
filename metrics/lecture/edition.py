"""One publication, opened for reading: its identity, weeks, schools and nodes, held in memory.

It must not build a board: lecteur.py does, on the connection kept here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from marking_plan import MarkingPlan
from marking_plan.ruptures import RuptureDeclaree
from marking_plan.semaines import local_instant
from metrics.engine import connect_publication, fetch
from metrics.errors import PublicationAbsente
from metrics.lecture.accompagnements import Actions, read_actions
from metrics.lecture.ecoles import (
    Ecole,
    Enfants,
    choose_ecoles,
    find_anciens,
    find_departs,
    index_enfants,
    index_noeuds,
    list_regions,
    read_ecole,
)
from metrics.lecture.geographie import Geographie, read_geographie
from metrics.lecture.jour import read_jour
from metrics.lecture.memoire import Memoire, load_memoire
from metrics.lecture.offre import Catalogue, read_catalogue
from metrics.lecture.ruptures import read_ruptures
from metrics.lecture.taux_hauts import TauxHauts, load_taux_hauts
from metrics.lecture.totaux import Totaux, load_totaux
from metrics.tableau import JourEnCours, Noeud, Publication


@dataclass(frozen=True, slots=True)
class Edition:
    """An open publication. `noeuds` and `ascendants` know every node by (niveau, territoire), as it stood last.

    `departs`: the nodes that the latest school year no longer has, with their last one. `anciens`: those of them that a
    school lay in before it lay elsewhere. `regions`: of the latest year, the one with most schools first. `jours`: the running
    day, of those that tell it.
    """

    path: Path
    connection: duckdb.DuckDBPyConnection
    publication: Publication
    ecoles: dict[str, Ecole]
    enfants: Enfants
    regions: tuple[Noeud, ...]
    noeuds: dict[tuple[str, str], Noeud]
    ascendants: dict[tuple[str, str], tuple[Noeud, ...]]
    departs: dict[tuple[str, str], str]
    anciens: dict[str, frozenset[tuple[str, str]]]
    memoire: Memoire
    totaux: Totaux
    taux: TauxHauts
    catalogue: Catalogue
    ruptures: tuple[RuptureDeclaree, ...]
    actions: Actions
    jours: dict[tuple[str, str], JourEnCours]
    geographie: Geographie

    def find_lieu(self, uai: str, niveau: str) -> str | None:
        """Territory of a level in which a school lies; None of a school that this publication doesn't have."""
        noeud = self.ecoles[uai].lieux.get(niveau) if uai in self.ecoles else None
        return noeud.territoire if noeud else None

    def list_enfants(self, annee: str, niveau: str, territoire: str, enfants: str) -> tuple[str, ...]:
        """Codes of the territories of a level in which a node's schools lie in a school year."""
        return self.enfants.get((annee, niveau, territoire, enfants), ())


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
    lignes = choose_ecoles([read_ecole(row, noms) for row in fetch(connection, "lecture/ecoles", {})], semaines)
    noeuds, ascendants = index_noeuds(lignes)
    departs = find_departs(lignes)
    ecoles = {ecole.uai: ecole for ecole in lignes}
    return Edition(
        path=path,
        connection=connection,
        publication=read_publication(connection),
        ecoles=ecoles,
        enfants=index_enfants(lignes),
        regions=list_regions(lignes, departs),
        noeuds=noeuds,
        ascendants=ascendants,
        departs=departs,
        anciens=find_anciens(lignes, departs),
        memoire=load_memoire(connection, plan),
        totaux=load_totaux(connection),
        taux=load_taux_hauts(connection, plan),
        catalogue=read_catalogue(connection, semaines, departs),
        ruptures=read_ruptures(connection),
        actions=read_actions(connection),
        jours=read_jour(connection),
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


def _date(value: object) -> date:
    assert isinstance(value, date)
    return value
