"""What is read on a Monday comes in order, in words, and without a column that says nothing."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from dashboards import tables
from dashboards.app import create_app
from dashboards.board import read_board
from dashboards.components import data_table
from dashboards.exports.notice import make_notice
from dashboards.exports.texte_csv import write_csv
from dashboards.render import render_page, render_source
from dashboards.state import Route
from dashboards.tables import Table
from dashboards.tables.acces import mois
from dashboards.tables.qualite import hors_plan, refus
from dashboards.tables.taux import taux
from dashboards.tri import sort_enfants
from marking_plan import MarkingPlan
from metrics.tableau import Coupe, Mois, Tableau, Taux, Vue
from metrics.tableau.qualite import Detail
from tests.dashboards.fake_ecoles import ACCES, LecteurEcoles
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, LODEVE, FakeLecteur
from tests.dashboards.test_defauts_ecoles import CIRCONSCRIPTION, COMMUNE, ECOLE, PAGES, page_of, text_of, walk

PROTECTION = "/protection"
SEPTEMBRE = date(2025, 9, 1)


class Protegee(LecteurEcoles):
    """The publication of a région: small counts are masked."""

    def __init__(self) -> None:
        super().__init__()
        self.arretee = replace(self.arretee, politique="groupes-3", k=5)


class AvecTaux(LecteurEcoles):
    """One school has a rate, the other reads its own at the regroupement."""

    def read_tableau(self, vue: Vue) -> Tableau:
        tableau = super().read_tableau(vue)
        deux = [{"taux": 0.37, "etat_taux": "valeur"}, {"taux": None, "etat_taux": "au_regroupement"}]
        enfants = tuple(
            replace(enfant, nom=f"École élémentaire {enfant.nom}", **deux[rang % 2])  # type: ignore[arg-type]
            for rang, enfant in enumerate(tableau.enfants)
        )
        return replace(tableau, enfants=enfants)


def on_page(table: Table) -> list[str]:
    """Headings of a table as the page shows it."""
    return [str(c.children) for c in walk(data_table(table)) if getattr(c, "scope", "") == "col"]


def in_file(table: Table) -> list[str]:
    return next(csv.reader(io.StringIO(write_csv(table).removeprefix("\ufeff")), delimiter=";"))


def titles(lecteur: FakeLecteur, plan: MarkingPlan, niveau: str, territoire: str) -> tuple[list[str], Tableau]:
    tableau = read_board(lecteur, plan, Route("noeud", niveau, territoire), {}).tableau
    return on_page(tables.enfants(tableau, plan)), tableau


def classes(page: Sequence[object]) -> list[str]:
    return [str(getattr(c, "className", "")) for c in page]


def test_a_schools_key_figures_come_before_its_accounts(plan: MarkingPlan) -> None:
    found = classes(page_of(LecteurEcoles(), plan, ECOLE))
    assert found.index("chiffres") < found.index("fiche")


@pytest.mark.parametrize("chemin", [*PAGES, "/qualite"])
def test_pages_tell_the_rule_on_small_counts_and_not_its_code(plan: MarkingPlan, chemin: str) -> None:
    lecteur = Protegee()
    dit = text_of([*render_page(lecteur, plan, chemin, "").contenu, *render_source(lecteur)[1]])

    assert "un profil de moins de 5\u00a0personnes inscrites n’a pas de chiffre à lui" in dit
    assert "groupes-3" not in dit


def test_the_code_of_the_policy_is_where_it_is_cited(plan: MarkingPlan) -> None:
    lecteur = Protegee()
    notice = make_notice(read_board(lecteur, plan, Route("noeud", LODEVE.niveau, LODEVE.territoire), {}).tableau, plan)

    assert "Politique\u00a0: groupes-3." in dict(notice.identite)["Protection"]
    assert "groupes-3" in text_of(render_page(lecteur, plan, "/protection", "").contenu)


def test_what_explains_a_mask_is_one_click_away() -> None:
    lecteur = FakeLecteur()
    entete, pied = create_app(lecteur).layout, render_source(lecteur)[1]
    assert [PROTECTION in [str(getattr(c, "href", "")) for c in walk(part)] for part in (entete, pied)] == [True, True]


def test_a_cut_that_is_masked_leads_to_the_rule(plan: MarkingPlan) -> None:
    class Masque(LecteurEcoles):
        def read_tableau(self, vue: Vue) -> Tableau:
            tableau = super().read_tableau(vue)
            return replace(tableau, coupes={**tableau.coupes, "creneau": Coupe(absence="fines")})

    vides = [c for c in page_of(Masque(), plan, CIRCONSCRIPTION) if getattr(c, "className", "") == "vide"]
    assert any(str(getattr(c, "href", "")) == PROTECTION for c in walk(vides))


def test_a_share_of_refused_lines_is_shown_where_it_says_something(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    qualite = lecteur.read_qualite()
    minimes = replace(qualite, refus=(Detail("robot", 3, 0.0001),), hors_plan=(Detail("service:X", 2, 0.0002),))

    assert "Part des lignes reçues" in on_page(refus(qualite, plan))
    assert [on_page(make(minimes, plan)).count("Part des lignes reçues") for make in (refus, hors_plan)] == [0, 0]
    assert "Part des lignes reçues (0 à 1)" in in_file(refus(minimes, plan))


def _taux(profil: str, etat: str, valeur: float | None) -> Taux:
    return Taux(profil, SEPTEMBRE, etat, valeur, None, None, "comptes_ouverts", None, False, False, 0, 0, 0, None)


def test_rates_show_a_figure_or_why_there_is_none(plan: MarkingPlan) -> None:
    tableau = read_board(LecteurEcoles(), plan, Route("noeud", "uai", ARC_EN_CIEL.territoire), {}).tableau
    lus = (_taux("tous", "valeur", 0.4), _taux("eleve", "sans_objet", None), _taux("parents", "secret", None))
    table = taux(replace(tableau, taux=lus), plan)
    dit = text_of(data_table(table))

    assert ("État" in on_page(table), "État" in in_file(table)) == (False, True)
    assert "valeur" not in dit
    assert [
        mot for mot in ("40", "sans objet", "préélémentaire n’en ont pas", "secret statistique") if mot not in dit
    ] == []


def test_months_show_a_figure_or_why_there_is_none(plan: MarkingPlan) -> None:
    tableau = read_board(LecteurEcoles(), plan, Route("noeud", "uai", ARC_EN_CIEL.territoire), {}).tableau
    presume = Mois(date(2026, 2, 1), "presume", 0, 0, False)
    table = mois(replace(tableau, acces=replace(ACCES, mois=(*ACCES.mois, presume))), plan)
    dit = text_of(data_table(table))

    assert ("État" in on_page(table), "État" in in_file(table)) == (False, True)
    assert "valeur" not in dit
    assert [
        mot for mot in ("412", "secret statistique", "chiffres provisoires", "aucune visite reçue") if mot not in dit
    ] == []


def test_remarks_take_no_column_where_there_is_none(plan: MarkingPlan) -> None:
    tableau = read_board(LecteurEcoles(), plan, Route("noeud", "uai", ARC_EN_CIEL.territoire), {}).tableau
    table = mois(replace(tableau, acces=replace(ACCES, mois=(Mois(SEPTEMBRE, "valeur", 412, 96, False),))), plan)
    assert ("Remarque" in on_page(table), "Remarque" in in_file(table)) == (False, True)


def test_the_advisers_table_has_each_schools_rate(plan: MarkingPlan) -> None:
    titres, tableau = titles(AvecTaux(), plan, LODEVE.niveau, LODEVE.territoire)
    table = tables.enfants(tableau, plan)
    rang = next(n for n, colonne in enumerate(table.colonnes) if colonne.tri == "taux")

    assert any(titre.startswith(plan.indicateur("taux_utilisation").libelle) for titre in titres)
    assert {ligne.cellules[rang] for ligne in table.lignes} == {0.37, plan.libelle("etat", "au_regroupement")}


def test_rates_order_schools_and_those_without_come_last(plan: MarkingPlan) -> None:
    route = Route("noeud", LODEVE.niveau, LODEVE.territoire)
    enfants = read_board(AvecTaux(), plan, route, {"tri": "-taux"}).tableau.enfants
    assert [enfant.taux for enfant in enfants] == [0.37, 0.37, None]


def test_a_type_that_every_name_tells_takes_no_column(plan: MarkingPlan) -> None:
    with_type, _ = titles(LecteurEcoles(), plan, LODEVE.niveau, LODEVE.territoire)
    nommees = replace(read_board(AvecTaux(), plan, Route("noeud", LODEVE.niveau, LODEVE.territoire), {}).tableau)
    toutes = tuple(replace(enfant, type_ecole="elementaire") for enfant in nommees.enfants)
    table = tables.enfants(replace(nommees, enfants=toutes), plan)

    assert ("Type" in with_type, "Type" in on_page(table), "Type" in in_file(table)) == (True, False, True)


def test_a_commune_is_not_told_which_schools_others_support(plan: MarkingPlan) -> None:
    titres, tableau = titles(LecteurEcoles(), plan, "commune", "34194")
    par_nom = sort_enfants(tableau.enfants, "nom")

    assert any(enfant.causes for enfant in tableau.enfants)
    assert ("À accompagner" in titres, tableau.enfants) == (False, par_nom)
    assert "À accompagner" not in text_of(page_of(LecteurEcoles(), plan, COMMUNE))
