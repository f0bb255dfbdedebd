"""The headline of a school to support begins with the cause, and says no change that the cause makes pointless."""

from dataclasses import replace

from dashboards.phrases.constat import constat
from marking_plan import MarkingPlan
from metrics.tableau import Accompagnement, Ecart, Tableau
from tests.dashboards.fake_ecoles import CONSTATS, SEMAINE, LecteurEcoles
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, DOLTO, HERAULT

ARRET = CONSTATS[1]
MOINS_CENT = Ecart(-1.0, -1.0, None, 4, 0, False)


def arretee() -> Tableau:
    """A school that had visits last year and none since November."""
    lecteur = LecteurEcoles()
    tableau = lecteur.read_tableau(lecteur.default_vue("uai", ARC_EN_CIEL.territoire))
    suivie = replace(tableau.accompagnement.ecoles[0], constats=(ARRET,))
    nulle = replace(
        tableau.synthese, visites=0, ecart=MOINS_CENT, reference=None, profil_premier=None, service_premier=None
    )
    return replace(tableau, accompagnement=Accompagnement(SEMAINE, (suivie,), (("arret", 1),)), synthese=nulle)


def test_a_stopped_school_says_so_first_and_since_when(plan: MarkingPlan) -> None:
    debut = "À accompagner à la fin de la semaine du 5\u00a0janvier 2026 (arrêt)\u00a0: plus de visite depuis 5\u00a0semaines d’école"
    assert constat(arretee(), plan).startswith(debut)
    assert "3\u00a0novembre 2025" in constat(arretee(), plan)


def test_no_visit_at_all_has_no_change_in_per_cent(plan: MarkingPlan) -> None:
    assert "100" not in constat(arretee(), plan)


def test_a_school_without_a_published_figure_still_says_why_it_is_listed(plan: MarkingPlan) -> None:
    tableau = arretee()
    sans = replace(tableau, synthese=replace(tableau.synthese, visites=None, etat="secret"))
    assert constat(sans, plan).startswith("À accompagner")
    assert "secret statistique" in constat(sans, plan)


def test_every_cause_is_told(plan: MarkingPlan) -> None:
    tableau = arretee()
    suivie = replace(tableau.accompagnement.ecoles[0], constats=CONSTATS[2:4])
    dit = constat(replace(tableau, accompagnement=Accompagnement(SEMAINE, (suivie,))), plan)
    assert "(baisse)" in dit
    assert "(parents absents)" in dit


def test_neither_a_territory_nor_a_school_that_is_not_listed_begins_so(plan: MarkingPlan) -> None:
    lecteur = LecteurEcoles()
    for niveau, territoire in (("departement", HERAULT.territoire), ("uai", DOLTO.territoire)):
        assert "accompagner" not in constat(lecteur.read_tableau(lecteur.default_vue(niveau, territoire)), plan)
