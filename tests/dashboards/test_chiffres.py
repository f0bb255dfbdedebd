"""Key figures say what they are of, and why one lacks."""

from dataclasses import replace
from datetime import date

import pytest

from dashboards.blocs import bloc_enfants, bloc_serie
from dashboards.board import Board
from dashboards.demande import Demande
from dashboards.figures import figure_serie
from dashboards.pages.chiffres import mesures
from dashboards.pages.ecole import page_ecole
from dashboards.phrases.constat import bornes
from dashboards.tables import acces as table_acces
from dashboards.tables import enfants as table_enfants
from dashboards.tables import mois as table_mois
from dashboards.tables import taux as table_taux
from marking_plan import MarkingPlan
from metrics.tableau import Ecart, Noeud, Tableau, Taux, Vue
from tests.dashboards.fake_ecoles import ACCES, LecteurEcoles
from tests.dashboards.fake_lecteur import DOLTO, HERAULT, SEMAINES, FakeLecteur
from tests.dashboards.test_board_pages import text_of

PREELEMENTAIRE = (
    "1\u00a0école avec du préélémentaire, ou de type inconnu\u00a0: ces élèves sont hors de l’effectif quand on les y distingue, "
    "et comptent parmi les utilisateurs s’ils viennent"
)


def _tableau(lecteur: FakeLecteur, noeud: Noeud) -> Tableau:
    return lecteur.read_tableau(lecteur.default_vue(noeud.niveau, noeud.territoire))


def _taux(**fields: object) -> Taux:
    known = Taux(
        profil="tous", debut=SEMAINES[0], etat="valeur", taux=0.65, utilisateurs=104, effectif=160, base="comptes_ouverts",
        constate_le=date(2025, 9, 1), depasse_effectif=False, pour_100_eleves=False, ecoles_sans_effectif=0,
        ecoles_non_recues=0, ecoles_preelementaire=0, precedent=None,
    )  # fmt: skip
    return replace(known, **fields)  # type: ignore[arg-type]


def test_a_rate_says_whom_its_users_count_that_its_effectif_leaves_out(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = replace(_tableau(lecteur, DOLTO), taux=(_taux(ecoles_preelementaire=1),))
    board = Board(tableau, Demande(tableau.vue))
    assert "Préélémentaire\u00a0: hors de l’effectif quand on l’y distingue" in text_of(mesures(board, plan))
    assert PREELEMENTAIRE in str(table_taux(tableau, plan).lignes[0].cellules[-1])
    assert "laisse de côté les élèves du préélémentaire" in text_of(page_ecole(board, plan).contenu)


def test_a_month_with_an_incomplete_week_says_so_in_its_row(plan: MarkingPlan) -> None:
    acces = replace(ACCES, mois=(replace(ACCES.mois[2], semaines_incompletes=1),))
    tableau = replace(_tableau(LecteurEcoles(), DOLTO), acces=acces)
    assert table_mois(tableau, plan).lignes[0].cellules[-1] == "1\u00a0semaine incomplète, chiffres provisoires"


def test_a_rate_without_such_pupils_says_nothing_of_them(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = replace(_tableau(lecteur, HERAULT), taux=(_taux(),))
    assert "préélémentaire" not in text_of(mesures(Board(tableau, Demande(tableau.vue)), plan))


@pytest.mark.parametrize(("secret", "dit"), [(True, "secret statistique"), (False, None)])
def test_a_largest_peak_that_a_masked_week_may_beat_is_secret_and_not_nil(
    plan: MarkingPlan, secret: bool, dit: str | None
) -> None:
    assert ACCES.debit is not None
    acces = replace(ACCES, debit=replace(ACCES.debit, pic_max=None), pic_secret=secret)
    tableau = replace(_tableau(LecteurEcoles(), DOLTO), acces=acces)
    assert table_acces(tableau, plan).lignes[2].cellules[:2] == ("Plus grand pic publié de l’année", dit)


def test_the_chart_says_that_its_bars_are_weekly_totals_and_changes_are_by_school_day(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    tableau = _tableau(lecteur, HERAULT)
    assert "les évolutions, elles, sont par jour d’école" in text_of(
        bloc_serie(Board(tableau, Demande(tableau.vue)), plan)
    )
    titres = [note["text"] for note in figure_serie(tableau.serie)["layout"]["annotations"]]
    assert titres == ["Visites par semaine", "Utilisateurs par semaine"]


def test_a_month_says_why_its_rate_has_no_comparison_whichever_the_month(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    vue = replace(lecteur.default_vue("departement", "034"), periode="mois", du=date(2025, 9, 1), au=date(2025, 9, 30))
    tableau = replace(lecteur.read_tableau(vue), taux=(_taux(),))
    lus = text_of(mesures(Board(tableau, Demande(vue)), plan))
    assert "Pas de comparaison\u00a0: le taux d’un mois dépend de ses jours d’école" in lus
    assert "n’y tombent pas aux mêmes dates" not in lus


def test_a_school_that_never_started_has_no_duration_rather_than_too_few_visits(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    tableau = _tableau(lecteur, DOLTO)
    ecart = Ecart(None, None, None, 3, 0, False, "depart_nul")
    vide = replace(tableau, synthese=replace(tableau.synthese, visites=0, duree_moyenne_s=None, ecart=ecart))
    lus = text_of(mesures(Board(vide, Demande(tableau.vue)), plan))
    assert lus.count("Pas de comparaison\u00a0: aucune visite l’an dernier.") == 2
    assert "Aucune visite\u202f: il n’y a pas de durée." in lus


@pytest.mark.parametrize(
    ("periode", "au", "phrase"),
    [
        ("annee", date(2026, 7, 31), "la somme des semaines en diffère un peu"),
        ("semaine", date(2026, 7, 27), "la dernière déborde sur l’année scolaire suivante"),
        ("semaine", date(2026, 6, 29), ""),
        ("mois", date(2026, 6, 30), ""),
    ],
)
def test_a_year_says_why_its_visits_are_not_those_of_its_weeks(periode: str, au: date, phrase: str) -> None:
    dite = bornes(Vue("region", "76", date(2025, 8, 1), au, periode=periode))
    assert phrase in dite
    assert bool(dite) == bool(phrase)


def test_a_profile_that_schools_count_in_a_group_is_not_said_secret(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    vue = replace(lecteur.default_vue("circonscription", "0341123X"), profil="enseignant")
    tableau = lecteur.read_tableau(vue)
    enfants = tuple(replace(enfant, visites=None, etat="secret", groupe="personnels") for enfant in tableau.enfants)
    tableau = replace(tableau, enfants=enfants)
    table = table_enfants(tableau, plan)
    rangs = {colonne.titre: rang for rang, colonne in enumerate(table.colonnes)}
    assert {str(ligne.cellules[rangs["Visites"]]) for ligne in table.lignes} == {"compté dans «\u00a0Personnels\u00a0»"}
    assert not {"Visites d’élèves", "Visites de parents"} & rangs.keys()
    bloc = bloc_enfants(Board(tableau, Demande(vue)), plan)
    assert "«\u00a0Personnels\u00a0» le compte" in text_of(bloc)
