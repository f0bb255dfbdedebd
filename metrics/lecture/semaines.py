"""Read the weekly series of a node: totals and schools from memory, the weeks of one service by one query.

It must not compare nor count: serie.py does.
"""

from collections.abc import Sequence
from datetime import date
from typing import cast

from metrics.engine import Parameters, fetch
from metrics.lecture.edition import Edition
from metrics.lecture.serie import LigneSerie, build_serie
from metrics.lecture.totaux import CELLULE, ETATS, PERIMETRE, known
from metrics.tableau import SEMAINE, Point, Vue

_Service = tuple[date, str, str, int | None, int | None, int | None, int | None, bool]


def read_serie(edition: Edition, vue: Vue, semaines: Sequence[date]) -> tuple[Point, ...]:
    """The published weeks of the span's school year, beside those of the year before."""
    weeks = edition.catalogue.find_weeks(semaines)
    if not weeks:
        return ()
    before = [week.debut_precedent for week in weeks if week.debut_precedent is not None]
    du, au = min(weeks[0].debut, *before) if before else weeks[0].debut, weeks[-1].debut
    totals = _read_totals(edition, vue, du, au)
    services = _read_service(edition, vue, totals, du, au) if vue.service else []
    return build_serie([*totals, *services], weeks, vue)


def _read_totals(edition: Edition, vue: Vue, du: date, au: date) -> list[LigneSerie]:
    """One line a week in which the node has schools, whether anything is published of the profil or not."""
    key = (SEMAINE, vue.niveau, vue.territoire)
    cells = dict(edition.totaux.cellules.read((*key, vue.profil), du, au, *CELLULE))
    return [
        LigneSerie(debut, *_name(cells.get(debut)), *schools)
        for debut, schools in edition.totaux.perimetres.read(key, du, au, *PERIMETRE)
    ]


def _name(cell: tuple[int, ...] | None) -> tuple[str | None, str | None, int | None, int | None, int | None, int | None, bool | None]:  # fmt: skip
    """A cell as a line holds it, its modality first."""
    if cell is None:
        return None, None, None, None, None, None, None
    etat, visites, utilisateurs, duree_s, mediane, provisoire = cell
    return "total", ETATS[etat], known(visites), known(utilisateurs), known(duree_s), known(mediane), bool(provisoire)


def _read_service(edition: Edition, vue: Vue, totals: Sequence[LigneSerie], du: date, au: date) -> list[LigneSerie]:
    """The weeks of the service asked for, with the schools behind them."""
    parameters: Parameters = {
        "niveau": vue.niveau, "territoire": vue.territoire, "profil": vue.profil, "service": vue.service, "du": du, "au": au,
    }  # fmt: skip
    schools = {line.debut: line[8:] for line in totals}
    rows = cast("list[_Service]", fetch(edition.connection, "lecture/serie_service", parameters))
    return [LigneSerie(*row, *schools[row[0]]) for row in rows if row[0] in schools]
