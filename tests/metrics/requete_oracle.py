"""What a query should give, computed in plain Python from every row of a publication.

It must not share a line with the compiler: it is what the compiler is compared with.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

import duckdb

from marking_plan import load_plan
from marking_plan.semaines import annee_scolaire
from metrics.requete import Requete

PERIODES = ("jour", "semaine", "mois", "annee")
SCHOOLS = ("inscrites", "ouvertes", "mesurees", "actives")
KNOWN = {"valeur", "presume"}
Key = tuple[object, ...]


class Cell(NamedTuple):
    """One published cell, with the numbers of schools behind it."""

    etat: str
    visites: int | None = None
    utilisateurs: int | None = None
    duree_s: int | None = None
    duree_mediane_s: int | None = None
    ecoles: tuple[int, ...] = (0, 0, 0, 0)


@dataclass(frozen=True)
class Published:
    """Rows of a published file: cells by key, schools by period and node, directory by school."""

    path: Path
    cells: dict[str, dict[Key, Cell]]
    perimetre: dict[Key, tuple[int, ...]]
    ecoles: list[dict[str, str]]


def read_published(path: Path) -> Published:
    """All that a query may read."""
    with duckdb.connect(str(path), read_only=True) as connection:
        cells = {periode: _read_cells(connection, periode) for periode in PERIODES}
        schools = connection.execute(
            "select periode, debut, niveau, territoire, inscrites, ouvertes, mesurees, actives from perimetre"
        ).fetchall()
        ecoles = connection.execute("""
            select annee_scolaire, code_region, code_academie, code_departement, code_circonscription, code_commune,
                regroupement, uai
            from ecoles
        """).fetchall()
    names = ("annee", "region", "academie", "departement", "circonscription", "commune", "regroupement", "uai")
    directory = [dict(zip(names, row, strict=True)) for row in ecoles]
    return Published(path, cells, {row[:4]: row[4:] for row in schools}, directory)


def _read_cells(connection: duckdb.DuckDBPyConnection, periode: str) -> dict[Key, Cell]:
    query = (
        "select debut, niveau, territoire, profil, coupe, modalite, etat, visites, utilisateurs, duree_s, duree_mediane_s "  # noqa: S608
        f"from frequentation_{periode}"
    )
    return {row[:6]: Cell(*row[6:]) for row in connection.execute(query).fetchall()}


def compute(published: Published, requete: Requete) -> list[tuple[object, ...]]:
    """Rows that the query should give, in order."""
    groups: dict[Key, list[Cell]] = defaultdict(list)
    for debut, territoire, profil, modalite, cell in _cells(published, requete):
        keys = {"periode": debut, "territoire": territoire, "profil": profil, requete.coupe: modalite}
        if requete.coupe == "total":
            del keys["total"]
        if set(requete.indicateurs) <= set(SCHOOLS):
            del keys["profil"]
        groups[tuple(key for dimension, key in keys.items() if dimension not in requete.agreger)].append(cell)
    alone = set(requete.indicateurs) <= set(SCHOOLS)
    rows = []
    for key, cells in groups.items():
        etats = {cell.etat for cell in cells}
        etat = next(e for e in ("secret", "non_recu", "valeur", "presume", "non_ouverte") if e in etats)
        figures = (_figure(nom, cells, etat in KNOWN) for nom in requete.indicateurs)
        rows.append((*key, "valeur" if alone else etat, *figures))
    return sorted(rows, key=lambda row: cast("tuple[str, ...]", row[: len(next(iter(groups)))]))


def _cells(published: Published, requete: Requete) -> Iterable[tuple[date, str, str, str, Cell]]:
    cells = published.cells[requete.periode]
    places = _places(published, requete)
    modalites = requete.modalites or load_plan().modalites(requete.coupe)
    for debut, niveau, territoire, tous, coupe, _ in cells:
        assert isinstance(debut, date)
        wanted = niveau == requete.niveau and territoire in places and requete.du <= debut <= requete.au
        if wanted and (tous, coupe) == ("tous", "total"):
            for profil in requete.profils:
                for modalite in modalites:
                    key = (debut, niveau, territoire, profil)
                    ecoles = published.perimetre.get((requete.periode, *key[:3]), (0, 0, 0, 0))
                    cell = _cell(cells, key, requete.coupe, modalite)
                    yield debut, str(territoire), profil, modalite, cell._replace(ecoles=ecoles)


def _cell(cells: dict[Key, Cell], key: Key, coupe: str, modalite: str) -> Cell:
    """The cell of a modality, those without a row included."""
    tous = cells[(*key[:3], "tous", "total", "total")]
    total = cells.get((*key, "total", "total")) or Cell("secret" if tous.etat in KNOWN else tous.etat)
    if coupe == "total":
        return total
    found = cells.get((*key, coupe, modalite))
    if found is not None:
        return found
    if total.etat not in KNOWN:
        return Cell(total.etat)
    rows = [m for m in (*load_plan().modalites(coupe), "toutes") if (*key, coupe, m) in cells]
    if "toutes" in rows or (total.visites and not rows):
        return Cell("secret")
    return Cell(total.etat, 0, 0, 0)


def _places(published: Published, requete: Requete) -> set[str]:
    if isinstance(requete.territoires, tuple):
        return set(requete.territoires)
    parent, annee = requete.territoires, annee_scolaire(requete.au)
    return {
        ecole[requete.niveau]
        for ecole in published.ecoles
        if ecole["annee"] == annee and ecole[parent.niveau] == parent.territoire
    }


def _figure(nom: str, cells: list[Cell], known: bool) -> float | None:
    if nom in SCHOOLS:
        return sum(cell.ecoles[SCHOOLS.index(nom)] for cell in cells)
    if not known:
        return None
    visites, duree_s = sum(cell.visites or 0 for cell in cells), sum(cell.duree_s or 0 for cell in cells)
    if nom == "duree_moyenne_s":
        return duree_s / visites if visites else None
    sums: dict[str, int] = {"visites": visites, "duree_s": duree_s}
    if nom in sums:
        return sums[nom]
    [cell] = cells
    return cell.utilisateurs if nom == "utilisateurs" else cell.duree_mediane_s
