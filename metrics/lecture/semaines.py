"""Read the weekly series of a node: totals and schools from memory, the weeks of one service among its cuts.

It must not compare nor count: serie.py does.
"""

from collections.abc import Sequence
from datetime import date

from marking_plan.semaines import annee_scolaire
from metrics.lecture.coupes_semaine import MESURES, Coupes
from metrics.lecture.cumuls import ETATS
from metrics.lecture.edition import Edition
from metrics.lecture.parts import ALL
from metrics.lecture.serie import LigneSerie, build_serie
from metrics.lecture.suites import known
from metrics.lecture.totaux import CELLULE, PERIMETRE
from metrics.tableau import SEMAINE, Point, Vue

SERVICE = "service"


def read_serie(edition: Edition, vue: Vue, semaines: Sequence[date], coupes: Coupes) -> tuple[Point, ...]:
    """The published weeks of the span's school year, beside those of the year before."""
    weeks = edition.catalogue.find_weeks(semaines)
    if not weeks:
        return ()
    before = [week.debut_precedent for week in weeks if week.debut_precedent is not None]
    du, au = min(weeks[0].debut, *before) if before else weeks[0].debut, weeks[-1].debut
    totals = _read_totals(edition, vue, du, au)
    services = _read_service(vue, totals, coupes) if vue.service else []
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


def _read_service(vue: Vue, totals: Sequence[LigneSerie], coupes: Coupes) -> list[LigneSerie]:
    """The weeks of the service asked for, or those in which its cut is withheld whole, with the schools behind them."""
    found = list[LigneSerie]()
    lines = {line.debut: line for line in totals}
    for annee in {annee_scolaire(debut) for debut in lines}:
        suites = coupes(annee)
        for modalite in (vue.service, ALL):
            for debut, cell in suites.read((SERVICE, modalite), min(lines), max(lines), "etat", *MESURES):
                if debut in lines:
                    found.append(_replace(lines[debut], modalite, *cell))
    return found


def _replace(total: LigneSerie, modalite: str, etat: int, visites: int, utilisateurs: int, duree_s: int) -> LigneSerie:
    return total._replace(
        modalite=modalite,
        etat=ETATS[etat],
        visites=known(visites),
        utilisateurs=known(utilisateurs),
        duree_s=known(duree_s),
        duree_mediane_s=None,
    )
