"""Change of visits from one set of weeks to another over the schools open and received in both (design 10; domain.md 7.1).

It must not show users: nobody knows whether the persons of two weeks or two schools are the same.

What a reader could subtract. Every input is a published cell of a school: the sum, and the numbers of schools left out, can
be had by anyone from the file. A masked school is left out whole, on both sides, and counted; so the sum holds nothing of it,
and the difference with the sum of its territory is the one that the published schools leave already (design 9).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, cast

import duckdb

from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, fetch
from metrics.errors import TerritoireInconnu
from metrics.pilotage.regles import check
from metrics.ratios import ratio

SANS_EQUIVALENT, DEPART_NUL = "sans_equivalent", "depart_nul"  # plan.evolutions; the other states are those of a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class PerimetreConstant:
    """Weeks from Monday `du` to Monday `au` (both included) of one node and profil, against others.

    Without `du_precedent` and `au_precedent`, each week against its comparable one, and those without one are left out;
    with them, two spans. Raises RequeteRefusee, in French, for what can't be.
    """

    niveau: str
    territoire: str
    du: date
    au: date
    du_precedent: date | None = None
    au_precedent: date | None = None
    profil: str = "tous"
    indicateur: str = "visites"

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, slots=True)
class Evolution:
    """Visits over a constant perimeter. `evolution` is the change of visits by school day: 0.1 is a tenth more.

    `etat`: valeur, presume (nothing but presumed zeros in the recent weeks), secret, non_recu or non_ouverte (no school is
    left, for that reason), sans_equivalent, depart_nul. Without a school there is no figure. `ecoles`: schools in the
    perimeter; the other schools of the node are counted by what leaves them out first. `sans_equivalent`: weeks left out.
    `provisoire`: a compared week may still receive lots.
    """

    etat: str
    semaines: tuple[date, ...]
    semaines_precedentes: tuple[date, ...]
    sans_equivalent: tuple[date, ...]
    jours_ecole: int
    jours_ecole_precedents: int
    ecoles: int = 0
    non_ouvertes: int = 0
    non_recues: int = 0
    masquees: int = 0
    visites: int | None = None
    visites_precedentes: int | None = None
    visites_par_jour: float | None = None
    visites_par_jour_precedentes: float | None = None
    evolution: float | None = None
    provisoire: bool = False


class _Semaine(NamedTuple):
    debut: date
    jours_ecole: int
    debut_precedent: date | None
    jours_ecole_precedents: int | None
    finie: bool
    precedente_finie: bool


class _Sommes(NamedTuple):
    ecoles: int
    gardees: int
    non_ouvertes: int
    non_recues: int
    masquees: int
    visites: int | None
    visites_precedentes: int | None
    comptees: int
    provisoire: int


def read_evolution(connection: duckdb.DuckDBPyConnection, requete: PerimetreConstant) -> Evolution:
    """The change asked for, in two queries on an open publication. Raises TerritoireInconnu."""
    return read_comparees(connection, requete, _read_weeks(connection, requete))


def read_comparees(
    connection: duckdb.DuckDBPyConnection, requete: PerimetreConstant, comparees: Evolution
) -> Evolution:
    """The same between weeks already known to compare, in one query. Raises TerritoireInconnu."""
    if not comparees.semaines or not comparees.semaines_precedentes:
        return comparees
    parameters: Parameters = {
        "niveau": requete.niveau,
        "territoire": requete.territoire,
        "annee": annee_scolaire(comparees.semaines[-1]),
        "profil": requete.profil,
        "recentes": list(comparees.semaines),
        "precedentes": list(comparees.semaines_precedentes),
    }
    [row] = fetch(connection, "pilotage/perimetre_constant", parameters)
    sommes = _Sommes(*cast("tuple[int, ...]", row))
    if not sommes.ecoles:
        raise TerritoireInconnu(requete.niveau, requete.territoire)
    return _compare(comparees, sommes)


def _read_weeks(connection: duckdb.DuckDBPyConnection, requete: PerimetreConstant) -> Evolution:
    """Which weeks are compared, and no figure yet."""
    spans: Parameters = {n: getattr(requete, n) for n in ("du", "au", "du_precedent", "au_precedent")}
    rows = fetch(connection, "pilotage/semaines_comparees", spans)
    weeks = [_Semaine(*cast("tuple[date, int, date | None, int | None, bool, bool]", row)) for row in rows]
    recentes = [week for week in weeks if week.finie and requete.du <= week.debut <= requete.au]
    if requete.du_precedent is not None:
        before = [week for week in weeks if week.finie and week not in recentes]
        return _weeks(recentes, [week.debut for week in before], sum(week.jours_ecole for week in before), ())
    paired = [week for week in recentes if week.precedente_finie]
    alone = tuple(week.debut for week in recentes if not week.precedente_finie)
    earlier = [week.debut_precedent for week in paired if week.debut_precedent is not None]
    return _weeks(paired, earlier, sum(week.jours_ecole_precedents or 0 for week in paired), alone)


def _weeks(recentes: Sequence[_Semaine], before: Sequence[date], jours: int, alone: tuple[date, ...]) -> Evolution:
    mondays = tuple(week.debut for week in recentes)
    return Evolution(SANS_EQUIVALENT, mondays, tuple(before), alone, sum(week.jours_ecole for week in recentes), jours)


def _compare(comparees: Evolution, sommes: _Sommes) -> Evolution:
    """The same with its figures, or the reason why there is none."""
    par_jour = ratio(sommes.visites, comparees.jours_ecole)
    avant = ratio(sommes.visites_precedentes, comparees.jours_ecole_precedents)
    return replace(
        comparees,
        etat=_etat(sommes),
        ecoles=sommes.gardees,
        non_ouvertes=sommes.non_ouvertes,
        non_recues=sommes.non_recues,
        masquees=sommes.masquees,
        visites=sommes.visites,
        visites_precedentes=sommes.visites_precedentes,
        visites_par_jour=par_jour,
        visites_par_jour_precedentes=avant,
        evolution=par_jour / avant - 1 if par_jour is not None and avant else None,
        provisoire=bool(sommes.provisoire),
    )


def _etat(sommes: _Sommes) -> str:
    if sommes.gardees:
        if not sommes.visites_precedentes:
            return DEPART_NUL
        return "valeur" if sommes.comptees else "presume"
    if sommes.masquees:
        return "secret"
    return "non_recu" if sommes.non_recues else "non_ouverte"
