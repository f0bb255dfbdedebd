"""The defects of the ministry's page that periods, series, key figures and shares answer for (peers.md 7), on a real publication."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest
from dash.development.base_component import Component

from bench.requetes import count_queries
from dashboards import figures, tables
from dashboards.board import read_board
from dashboards.render import render_page
from dashboards.state import Route, href_vue, parse_champs
from ingest.referentiels import load_annuaire, load_effectifs
from marking_plan import MarkingPlan, load_plan
from marking_plan.semaines import bounds, month_bounds
from metrics.lecture import Lecteur
from metrics.lecture.constant import read_constant
from metrics.publication import publish
from metrics.tableau import ANNEE, MOIS, SEMAINE, Coupe, Rupture, Tableau, Vue
from tests.dashboards.fake_lecteur import HERAULT, FakeLecteur
from tests.dashboards.test_board_pages import text_of
from tests.engine import NOW, ingest_files, write_annuaire, write_effectifs, write_events

DOLTO, ARC_EN_CIEL = "0340585B", "0342332A"
PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}
NOEUDS = (
    ("region", "76"),
    ("departement", "034"),
    ("circonscription", "0341000C"),
    ("commune", "34194"),
    ("uai", DOLTO),
)
BEFORE, NOW_WEEKS = (date(2024, 9, 9), date(2024, 9, 16)), (date(2025, 9, 8), date(2025, 9, 15))


def _events() -> Iterator[dict[str, object]]:
    """Thirty pupils read their timetable at one school, forty parents their mail at the other; half as many last year."""
    for weeks, size in ((BEFORE, 1), (NOW_WEEKS, 2)):
        for lundi in weeks:
            for jour in (0, 1, 3, 4):
                day = lundi + timedelta(days=jour)
                for rang in range(15 * size):
                    yield _event(day, DOLTO, "ELEVE", "CAHIER_TEXTES", f"e{rang}")
                for rang in range(20 * size):
                    yield _event(day, ARC_EN_CIEL, "PARENT", "COURRIER_ELECTRONIQUE", f"p{rang}")


def _event(day: date, uai: str, profil: str, service: str, visiteur: str) -> dict[str, object]:
    return {"instant": f"{day}T10:00:00+02:00", "uai": uai, "profil": profil, "service": service, "visiteur": visiteur}


@pytest.fixture(scope="module")
def lecteur(tmp_path_factory: pytest.TempPathFactory) -> Lecteur:
    folder = tmp_path_factory.mktemp("defauts")
    donnees, plan = folder / "donnees", load_plan()
    ecoles = [{"uai": uai, **PLACE} for uai in (DOLTO, ARC_EN_CIEL)]
    for annee in ("2024-2025", "2025-2026"):
        load_annuaire(donnees, write_annuaire(folder / "a.csv", ecoles), annee)
    counts = [
        {"uai": DOLTO, "profil": "eleve", "effectif": 20, "base": "comptes_ouverts", "constate_le": f"{y}-09-01"}
        for y in (2024, 2025)
    ]
    load_effectifs(donnees, write_effectifs(folder / "f.csv", counts), plan, None, None)
    ingest_files(donnees, write_events(folder / "e.ndjson", _events()))
    publish(donnees, plan, politique="exacte", now=NOW)
    return Lecteur(donnees, plan)


@pytest.fixture(scope="module")
def plan() -> MarkingPlan:
    return load_plan()


def _read(lecteur: Lecteur, niveau: str, territoire: str, **champs: str) -> Tableau:
    return read_board(lecteur, load_plan(), Route("noeud", niveau, territoire), champs).tableau


@pytest.mark.parametrize(("niveau", "territoire"), NOEUDS)
def test_defaut_2_no_board_takes_more_than_four_queries(lecteur: Lecteur, niveau: str, territoire: str) -> None:
    views: list[dict[str, str]] = [
        {},
        {"periode": "mois", "mois": "2025-09"},
        {"periode": "annee"},
        {"periode": "semaine", "service": "cahier_textes"},
        {"perimetre": "constant"},
        {"detail": "uai"},
    ]
    for champs in views:
        fresh = Lecteur(lecteur._donnees, lecteur._plan)  # nothing is remembered: every query is made
        compteur = count_queries(fresh)
        _read(fresh, niveau, territoire, **champs)
        assert 0 < compteur.requetes <= 4, champs


def test_defaut_4_who_and_what_come_first_is_computed_for_the_node(lecteur: Lecteur, plan: MarkingPlan) -> None:
    region, ecole = (_read(lecteur, *noeud, periode="semaine", annee="2025-2026").synthese for noeud in (NOEUDS[0], NOEUDS[-1]))  # fmt: skip
    assert (region.profil_premier, region.service_premier) == ("parent", "courrier_electronique")
    assert (ecole.profil_premier, ecole.service_premier) == ("eleve", "cahier_textes")
    assert region.marge_profil_premier == pytest.approx(10 / 70)
    texte = text_of(render_page(lecteur, plan, "/", "?annee=2025-2026").contenu)
    assert "57\u202f% des visites, 14\u00a0points devant le suivant" in texte


def test_defaut_6_shares_are_of_the_whole_and_what_is_left_has_its_row(plan: MarkingPlan) -> None:
    tableau = FakeLecteur().read_tableau(Vue("departement", "034", date(2025, 9, 1), date(2026, 1, 12)))
    reste = Coupe(secrets=("autre",), reste=12, part_reste=0.012, entier=1000)
    table = tables.appareils(replace(tableau, coupes={"appareil": reste}), plan)
    assert table.lignes[-1].cellules[:3] == ("Non détaillé", 0.012, 12)
    assert table.lignes[-1].etat == "reste"


def test_defaut_7_profiles_and_their_rest_make_the_total(lecteur: Lecteur) -> None:
    for noeud in NOEUDS:
        for periode in (SEMAINE, MOIS, ANNEE):
            tableau = _read(lecteur, *noeud, annee="2025-2026", periode=periode, mois="2025-09")
            coupe = tableau.coupes["profil"]
            assert sum(p.visites for p in tableau.profils) + coupe.reste == tableau.synthese.visites == coupe.entier


def test_defaut_9_a_break_is_drawn_listed_and_remarked(lecteur: Lecteur, plan: MarkingPlan) -> None:
    rupture = Rupture(NOW_WEEKS[1], None, "Changement de prestataire", "Les visites ne se comparent pas.")
    tableau = replace(_read(lecteur, *NOEUDS[0], annee="2025-2026"), ruptures=(rupture,))
    layout = go.Figure(figures.figure_serie(tableau.serie, tableau.ruptures)).layout
    assert any(note.text == figures.mark(1) for note in layout.annotations)
    assert any(shape.type == "line" for shape in layout.shapes)
    remarques = {ligne.cellules[0]: str(ligne.cellules[-1]) for ligne in tables.serie(tableau, plan).lignes}
    assert "Changement de prestataire" in remarques[NOW_WEEKS[1]]
    assert "Changement de prestataire" not in remarques[NOW_WEEKS[0]]


def _options(contenu: object, identifiant: str) -> list[Component]:
    """Options of a list of the form."""
    if isinstance(contenu, list | tuple):
        return [option for partie in contenu for option in _options(partie, identifiant)]
    if not isinstance(contenu, Component):
        return []
    enfants = getattr(contenu, "children", None)
    if getattr(contenu, "id", None) == identifiant:
        return list(enfants or ())
    return _options(enfants, identifiant)


def _values(options: list[Component], grisees: bool) -> set[str]:
    return {
        str(getattr(option, "value", "")) for option in options if bool(getattr(option, "disabled", False)) == grisees
    }


def test_defaut_10_choices_follow_the_filters_and_empty_ones_are_greyed(plan: MarkingPlan) -> None:
    contenu = render_page(FakeLecteur(), plan, f"/territoire/departement/{HERAULT.territoire}", "").contenu
    profils = _options(contenu, "champ-profil")
    assert {"tous", "eleve", "enseignant"} <= _values(profils, False)
    assert {"parent_elu", "adultes"} <= _values(profils, True)
    assert "compté ici dans le total" in text_of(
        [option for option in profils if getattr(option, "value", "") == "parent_elu"]
    )


def test_defaut_10_the_weeks_offered_are_those_of_the_chosen_year(lecteur: Lecteur, plan: MarkingPlan) -> None:
    contenu = render_page(lecteur, plan, "/", "?annee=2024-2025").contenu
    assert {lundi[:4] for lundi in _values(_options(contenu, "champ-du"), False)} <= {"2024", "2025"}
    assert max(_values(_options(contenu, "champ-du"), False)) < "2025-08-01"


def test_defaut_12_the_series_is_the_first_block(lecteur: Lecteur, plan: MarkingPlan) -> None:
    for chemin in ("/", f"/ecole/{DOLTO}"):
        contenu = render_page(lecteur, plan, chemin, "").contenu
        sections = [getattr(c, "id", "") for c in contenu if c._type == "Section"]
        assert sections[0] == "serie"


def test_defaut_13_school_years_are_those_of_the_data(lecteur: Lecteur, plan: MarkingPlan) -> None:
    contenu = render_page(lecteur, plan, "/", "").contenu
    assert _values(_options(contenu, "champ-annee"), False) == {"2024-2025", "2025-2026"}


def test_defaut_14_a_partial_year_says_so_and_compares_the_same_weeks(lecteur: Lecteur, plan: MarkingPlan) -> None:
    tableau = _read(lecteur, *NOEUDS[0], annee="2025-2026", periode="annee")
    ecart = tableau.synthese.ecart
    assert ecart is not None
    assert ecart.semaines == 2
    assert ecart.visites == pytest.approx(1.0)
    texte = text_of(render_page(lecteur, plan, "/", "?annee=2025-2026&periode=annee").contenu)
    assert "2025-2026, en cours" in texte
    assert "2025-2026 (en cours)" in texte


@pytest.mark.parametrize("noeud", NOEUDS)
def test_defaut_18_the_address_gives_the_same_board_back(lecteur: Lecteur, noeud: tuple[str, str]) -> None:
    usual = lecteur.default_vue(*noeud)
    vues = [
        usual,
        replace(usual, periode=SEMAINE, du=NOW_WEEKS[0], au=NOW_WEEKS[1]),
        replace(usual, periode=MOIS, du=date(2024, 9, 1), au=month_bounds(date(2024, 9, 1))[1]),
        replace(usual, periode=ANNEE, du=bounds("2024-2025")[0], au=bounds("2024-2025")[1], profil="eleve"),
    ]
    for vue in vues:
        champs = parse_champs(href_vue(vue).partition("?")[2])
        board = read_board(lecteur, load_plan(), Route("noeud", *noeud), champs)
        assert (board.tableau.vue, board.demande.avertissements) == (vue, ())


def test_last_years_week_is_the_one_of_the_same_place_in_school_time(lecteur: Lecteur) -> None:
    serie = {p.debut: p for p in _read(lecteur, *NOEUDS[0], annee="2025-2026").serie}
    pairs = [serie[lundi].precedent for lundi in NOW_WEEKS]
    assert [p and (p.debut, p.visites, p.evolution) for p in pairs] == [(lundi, 140, 1.0) for lundi in BEFORE]


def test_a_service_shows_its_own_visits(lecteur: Lecteur) -> None:
    tableau = _read(lecteur, *NOEUDS[0], annee="2025-2026", periode="semaine", service="cahier_textes")
    assert tableau.synthese.visites == 2 * 4 * 30
    assert tableau.coupes["profil"].entier == 2 * 4 * 70


def test_users_of_a_month_are_exact_and_never_the_sum_of_its_weeks(lecteur: Lecteur) -> None:
    tableau = _read(lecteur, *NOEUDS[0], annee="2025-2026", periode="mois", mois="2025-09")
    assert tableau.synthese.utilisateurs == 70


def test_a_rate_over_a_hundred_per_cent_is_flagged_not_clipped(lecteur: Lecteur, plan: MarkingPlan) -> None:
    tableau = _read(lecteur, "uai", DOLTO, annee="2025-2026", periode="mois", mois="2025-09", profil="eleve")
    assert tableau.taux[0].taux == pytest.approx(1.5)
    texte = text_of(render_page(lecteur, plan, f"/ecole/{DOLTO}", "?periode=mois&mois=2025-09&profil=eleve").contenu)
    assert "150\u202f%" in texte
    assert "plus de 100\u202f%" in texte


def test_the_constant_perimeter_compares_visits_alone(lecteur: Lecteur, plan: MarkingPlan) -> None:
    adresse = "?annee=2025-2026&perimetre=constant"
    constant = _read(lecteur, *NOEUDS[0], **parse_champs(adresse)).synthese.constant
    assert constant is not None
    assert (constant.ecoles + constant.non_recues + constant.non_ouvertes + constant.masquees) == 2
    texte = text_of(render_page(lecteur, plan, "/territoire/region/76", adresse).contenu)
    assert "À périmètre constant, seul le total des visites se compare" in texte
    assert "par jour d’école sur un an à périmètre constant." in texte
    assert "Dernière semaine d’école complète" not in texte


def test_the_constant_perimeter_compares_the_whole_weeks_that_compare_without_it(lecteur: Lecteur) -> None:
    edition, vue = lecteur._editions.current(), replace(lecteur.default_vue("region", "76"), perimetre="constant")
    serie = lecteur.read_tableau(vue).serie
    whole = read_constant(edition, vue, serie)
    short = read_constant(edition, vue, [*serie[:-1], replace(serie[-1], incomplete=True)])
    assert whole is not None
    assert short is not None
    assert (whole.semaines, short.semaines, short.ecartees) == (2, 1, whole.ecartees + 1)
