"""The running day stands under the headline from circonscription up, provisional or secret, and says which day it is."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboards.exports.notice import make_notice
from dashboards.phrases.jour import describe_jour
from marking_plan import MarkingPlan
from marking_plan.semaines import today
from metrics.tableau import JourEnCours, Tableau, Vue
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.test_defauts_ecoles import CIRCONSCRIPTION, page_of, text_of

JEUDI = date(2025, 10, 9)
COMPTE = JourEnCours(JEUDI, datetime(2025, 10, 9, 14, 5), 1234, 410)


class AvecJour(LecteurEcoles):
    """The same boards, with a running day or none."""

    def __init__(self, jour: JourEnCours | None) -> None:
        super().__init__()
        self.jour = jour

    def read_tableau(self, vue: Vue) -> Tableau:
        return replace(super().read_tableau(vue), jour=self.jour)


def line(jour: JourEnCours | None, plan: MarkingPlan) -> str:
    """What the page says of it."""
    page = page_of(AvecJour(jour), plan, CIRCONSCRIPTION)
    return text_of([part for part in page if getattr(part, "id", "") == "jour-en-cours"])


@pytest.mark.parametrize(
    ("jour", "aujourdhui", "expected"),
    [
        (COMPTE, JEUDI, "Aujourd’hui, jusqu’à 14 h 05 : 1 234 visites de 410 personnes (provisoire)."),
        (COMPTE, date(2025, 10, 10), "Le 9 octobre 2025, jusqu’à 14 h 05 : 1 234 visites de 410 personnes (provisoire)."),
        (replace(COMPTE, visites=1, utilisateurs=1), JEUDI, "Aujourd’hui, jusqu’à 14 h 05 : 1 visite de 1 personne (provisoire)."),
        (replace(COMPTE, visites=None, utilisateurs=None), JEUDI, "Aujourd’hui, jusqu’à 14 h 05 : secret statistique."),
    ],
)  # fmt: skip
def test_the_sentence_says_until_when_how_many_and_that_it_may_change(
    jour: JourEnCours, aujourdhui: date, expected: str
) -> None:
    assert describe_jour(jour, aujourdhui).replace("\u202f", " ").replace("\u00a0", " ") == expected


def test_the_page_tells_it_with_what_it_is(plan: MarkingPlan) -> None:
    found = line(replace(COMPTE, jour=today()), plan)

    assert found.startswith("Aujourd’hui")
    assert "depuis minuit" in found
    assert "s’arrêtent à la veille" in found


def test_a_secret_day_says_why(plan: MarkingPlan) -> None:
    assert "Trop peu de personnes" in line(replace(COMPTE, visites=None, utilisateurs=None), plan)


def test_nothing_is_said_when_nothing_came(plan: MarkingPlan) -> None:
    assert line(None, plan) == ""


def test_the_notice_of_a_file_names_the_day(plan: MarkingPlan) -> None:
    lecteur = AvecJour(COMPTE)
    identite = dict(
        make_notice(lecteur.read_tableau(lecteur.default_vue("circonscription", "0341123X")), plan).identite
    )

    assert identite["Jour en cours"].startswith("Le 9\u00a0octobre 2025")
