"""Read a published file as anybody with it can: the cells and totals of a period, what is hidden, and who is made of whom.

It must not know how masks were chosen, nor write a sum: equations.py does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb

from marking_plan.semaines import annee_scolaire, bounds

Noeud = tuple[str, str]
Public = tuple[str, str, str]  # niveau, territoire, profil
Cellule = tuple[str, str, str, str, str]  # niveau, territoire, profil, coupe, modalite
Enfants = Mapping[tuple[Noeud, str], list[Noeud]]
TOTAL = ("total", "total")
FINE = "creneau"  # published by fewer nodes than the other cuts
# Which nodes have cuts, by table: a column of `protection`, or none.
GRAINS = {"jour": "false", "semaine": "coupes_semaine", "mois": "coupes_mois", "annee": "coupes_semaine"}
_ALL = "toutes"
_STILL = ("presume", "non_recu", "non_ouverte")
_NIVEAUX = {
    "region": "code_region",
    "academie": "code_academie",
    "departement": "code_departement",
    "circonscription": "code_circonscription",
    "commune": "code_commune",
    "regroupement": "regroupement",
    "uai": "uai",
}
_LINKS = (
    ("region", "academie"),
    ("academie", "departement"),
    ("departement", "circonscription"),
    ("departement", "commune"),
    ("circonscription", "uai"),
    ("commune", "uai"),
    ("regroupement", "uai"),
)


@dataclass(frozen=True)
class Periode:
    """What is published of one period: visits by cell and total (None: hidden), and which profiles have cuts where.

    `fines`: those with weekday-hours; `jours`: the days' totals; `irreguliers`: nodes where moments are not whole hours.
    A total that is not there has no visit.
    """

    visites: Mapping[Cellule, int | None]
    totaux: Mapping[Public, int | None]
    coupes: frozenset[Public]
    enfants: Enfants
    irreguliers: frozenset[Noeud] = frozenset()
    fines: frozenset[Public] = frozenset()
    jours: Mapping[Public, Mapping[date, int]] = field(default_factory=dict)
    grain: str = "semaine"
    debut: date = date(2025, 9, 1)

    @property
    def jours_couverts(self) -> frozenset[date]:
        """Every day of the period."""
        last = {"jour": self.debut, "semaine": self.debut + timedelta(days=6), "mois": _end_of_month(self.debut)}
        fin = last.get(self.grain) or bounds(annee_scolaire(self.debut))[1]
        return frozenset(self.debut + timedelta(days=n) for n in range((fin - self.debut).days + 1))

    def publishes(self, public: Public, coupe: str) -> bool:
        """Whether the node shows this cut for this profil, masked cells included."""
        if coupe == TOTAL[0]:
            return self.totaux.get(public, 0) is not None
        return public in (self.fines if coupe == FINE else self.coupes)

    def read(self, cellule: Cellule) -> int | None:
        """Visits of a cell that is published or hidden; one without a row has none."""
        return self.totaux.get(cellule[:3], 0) if cellule[3:] == TOTAL else self.visites.get(cellule, 0)


def _end_of_month(jour: date) -> date:
    return (jour.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def read_periods(connection: duckdb.DuckDBPyConnection, grain: str) -> Iterator[Periode]:
    """Each period of the table of this grain (`jour`, `semaine`, `mois` or `annee`), as published."""
    irreguliers = _read_irregular(connection)
    debuts = connection.execute(f"select distinct debut from frequentation_{grain} order by 1").fetchall()  # noqa: S608
    for (debut,) in debuts:
        annee = annee_scolaire(debut)
        rows = connection.execute(
            "select niveau, territoire, profil, coupe, modalite, visites, etat "  # noqa: S608
            f"from frequentation_{grain} where debut = $debut",
            {"debut": debut},
        ).fetchall()
        empty = Periode({}, {}, frozenset(), {}, grain=grain, debut=debut)
        yield Periode(
            visites=_unfold({row[:5]: row[5] for row in rows if row[3] != "total"}),
            totaux=_read_totals(connection, annee, [(row[:3], row[5], row[6]) for row in rows if row[3] == "total"]),
            coupes=_read_public(connection, annee, GRAINS[grain]),
            enfants=_read_children(connection, annee),
            irreguliers=irreguliers,
            fines=frozenset() if grain in ("jour", "annee") else _read_public(connection, annee, "coupes_fines"),
            jours=_read_days(connection, min(empty.jours_couverts), max(empty.jours_couverts)),
            grain=grain,
            debut=debut,
        )


def _unfold(cells: dict[Cellule, int | None]) -> dict[Cellule, int | None]:
    """A cut withheld whole as one unknown for each modality that anybody used."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for cell in cells:
        if cell[4] != _ALL:
            used[cell[3]].add(cell[4])
    found: dict[Cellule, int | None] = {cell: visites for cell, visites in cells.items() if cell[4] != _ALL}
    withheld = (cell for cell in cells if cell[4] == _ALL)
    return found | {(*cell[:4], modalite): None for cell in withheld for modalite in used[cell[3]]}


def _read_totals(
    connection: duckdb.DuckDBPyConnection, annee: str, rows: list[tuple[Public, int | None, str]]
) -> dict[Public, int | None]:
    """Totals of every node and profil; those that a node hides are unknown when its rows don't say that it has no visit."""
    found: dict[Public, int | None] = {public: visites or 0 for public, visites, etat in rows if etat != "secret"}
    still = {public[:2] for public, _, etat in rows if etat in _STILL}
    still |= {public[:2] for public, visites, _ in rows if public[2] == "tous" and visites == 0}
    hidden = _read_public(connection, annee, "not totaux")
    seen = {public[:2] for public, _, _ in rows}
    return found | {public: 0 if public[:2] in still or public[:2] not in seen else None for public in hidden}


def _read_public(connection: duckdb.DuckDBPyConnection, annee: str, condition: str) -> frozenset[Public]:
    query = f"select niveau, territoire, profil from protection where annee_scolaire = $annee and {condition}"  # noqa: S608
    return frozenset(connection.execute(query, {"annee": annee}).fetchall())


def _read_children(connection: duckdb.DuckDBPyConnection, annee: str) -> Enfants:
    """Nodes that make up another, level by level."""
    enfants: defaultdict[tuple[Noeud, str], list[Noeud]] = defaultdict(list)
    for niveau, below in _LINKS:
        query = (
            f"select distinct {_NIVEAUX[niveau]}, {_NIVEAUX[below]} from ecoles "  # noqa: S608
            f"where annee_scolaire = $annee and {_NIVEAUX[niveau]} is not null order by all"
        )
        for territoire, enfant in connection.execute(query, {"annee": annee}).fetchall():
            enfants[(niveau, territoire), below].append((below, enfant))
    return enfants


def _read_days(connection: duckdb.DuckDBPyConnection, du: date, au: date) -> dict[Public, dict[date, int]]:
    """Totals of the days of a period, where they are published."""
    query = (
        "select niveau, territoire, profil, debut, visites, etat from frequentation_jour "
        "where coupe = 'total' and debut between $du and $au"
    )
    found: defaultdict[Public, dict[date, int]] = defaultdict(dict)
    secret: set[Public] = set()
    for niveau, territoire, profil, jour, visites, etat in connection.execute(query, {"du": du, "au": au}).fetchall():
        found[niveau, territoire, profil][jour] = visites or 0
        if etat == "secret":
            secret.add((niveau, territoire, profil))
    return {public: days for public, days in found.items() if public not in secret}


def _read_irregular(connection: duckdb.DuckDBPyConnection) -> frozenset[Noeud]:
    """Nodes with a school that has class on a Saturday, or whose week is not known.

    Weeks of class are open data; the days on which schools were expected say the same.
    """
    found: set[Noeud] = set()
    for niveau, column in _NIVEAUX.items():
        query = f"""
            select distinct e.{column} from completude c join ecoles e on e.uai = c.uai
            where c.attendu and isodow(c.jour) = 6 and e.{column} is not null
            union
            select territoire from frequentation_mois
            where niveau = '{niveau}' and coupe = 'moment' and modalite in ('non_renseigne', 'toutes')
        """  # noqa: S608 - names of ours
        found |= {(niveau, territoire) for (territoire,) in connection.execute(query).fetchall()}
    return frozenset(found)
