"""What schools are compared on, each school's own: visits for one pupil from memory, rates by one query for all schools.

It must not compare: semblables.py does. Only published cells: a school with a masked week is told as masked, whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, fetch
from metrics.lecture.cumuls import SECRET, Cumul, add_up
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Recall
from metrics.lecture.serie import find_reference
from metrics.lecture.taux import BASES
from metrics.tableau import SEMAINE, Point, Vue

CONSTANT = "constant"  # a perimetre that has no rate
_LigneTaux = tuple[str, str, str, int | None, int | None]  # uai, base, etat, numerateur, denominateur


class Mesure(NamedTuple):
    """A school's figure, or why it has none."""

    etat: str
    valeur: float | None


class QuestionTaux(NamedTuple):
    """Which rates: of one profil over one period."""

    periode: str
    debut: date
    profil: str


Mesures = dict[str, Mesure]  # by UAI


def measure_visites(edition: Edition, vue: Vue, uais: Sequence[str]) -> Mesures:
    """Visits for one pupil of each school: by school week with a figure over a span of weeks, else over the month or year."""
    weeks, annee = vue.periode == SEMAINE, annee_scolaire(vue.au)
    keys = [(vue.periode, "uai", uai, vue.profil) for uai in uais]
    ecole = edition.memoire.semaines_ecole if weeks else None
    cumuls = add_up(edition.totaux.cellules, keys, vue.du, vue.au if weeks else vue.du, ecole, ecole_seule=weeks)
    eleves = edition.memoire.eleves
    return {uai: _divide(cumul, eleves.get((annee, uai), 0)) for uai, cumul in zip(uais, cumuls, strict=True)}


def _divide(cumul: Cumul, eleves: int) -> Mesure:
    if cumul.etats[SECRET] or not any(cumul.etats):
        return Mesure("secret", None)
    if cumul.visites is None:
        return Mesure("non_recu", None)
    return Mesure("valeur", cumul.visites / cumul.cellules / eleves) if eleves else Mesure("sans_effectif", None)


def read_taux_ecoles(edition: Edition, question: QuestionTaux) -> dict[str, Mesures]:
    """Rates of every school, by base."""
    parameters: Parameters = {**question._asdict()}
    found: dict[str, Mesures] = defaultdict(dict)
    rows = cast("list[_LigneTaux]", fetch(edition.connection, "lecture/taux_ecoles", parameters))
    for uai, base, etat, numerateur, denominateur in rows:
        rate = numerateur / denominateur if numerateur is not None and denominateur else None
        published = etat in ("valeur", "presume")
        found[base][uai] = Mesure("valeur" if published else etat, rate if published else None)
    return dict(found)


def read_taux_enfants(edition: Edition, vue: Vue, serie: Sequence[Point], recall: Recall) -> Mesures:
    """Rates of schools over the period that the board's own rates are of, each on the base that tells most; asked once for all nodes."""
    reference = find_reference([point for point in serie if point.dans_vue])
    debut = vue.du if vue.periode != SEMAINE else reference.debut if reference else None
    if debut is None or vue.perimetre == CONSTANT:
        return {}
    question = QuestionTaux(vue.periode, debut, vue.profil)
    return recall(("taux_enfants", question), lambda: _choose_bases(read_taux_ecoles(edition, question)))


def _choose_bases(by_base: Mapping[str, Mesures]) -> Mesures:
    """Of each school the rate on the base that tells most, among those that have a figure."""
    found: Mesures = {}
    for base in BASES:
        for uai, mesure in by_base.get(base, {}).items():
            if uai not in found or (found[uai].valeur is None and mesure.valeur is not None):
                found[uai] = mesure
    return found
