"""The adviser's table: who needs support first, who dropped, where, and drawings that say their scale."""

import csv
import io
from dataclasses import replace

from dash.development.base_component import Component

from dashboards import tables
from dashboards.board import Board, read_board
from dashboards.exports.texte_csv import write_csv
from dashboards.render import render_page
from dashboards.state import Route
from dashboards.tables import Table
from marking_plan import MarkingPlan
from metrics.tableau import Enfant, Tableau, Vue
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, LODEVE, SEMAINES
from tests.dashboards.test_defauts_ecoles import section_of, text_of, walk

CIRCONSCRIPTION = f"/territoire/circonscription/{LODEVE.territoire}"
NOMS = ("Ferry", "Aubrac", "Zola", "Moulin")


class Conseiller(LecteurEcoles):
    """Four schools: the first two of the alphabet need nothing."""

    def read_tableau(self, vue: Vue) -> Tableau:
        tableau = super().read_tableau(vue)
        modele = next(e for e in tableau.enfants if e.territoire == ARC_EN_CIEL.territoire)
        return replace(tableau, enfants=tuple(_ecole(modele, rang, nom) for rang, nom in enumerate(NOMS)))


def _ecole(modele: Enfant, rang: int, nom: str) -> Enfant:
    causes = {"Zola": ("arret", "parents_absents"), "Moulin": ("baisse",)}.get(nom, ())
    return replace(
        modele, territoire=f"034{rang:04}A", nom=nom, causes=causes, evolution=None if nom == "Ferry" else rang / 10 - 0.2,
        semaines_sans_chiffre=0,
    )  # fmt: skip


def board(plan: MarkingPlan, **champs: str) -> Board:
    return read_board(Conseiller(), plan, Route("noeud", "circonscription", LODEVE.territoire), champs)


def order(plan: MarkingPlan, **champs: str) -> list[str]:
    return [enfant.nom for enfant in board(plan, **champs).tableau.enfants]


def column(table: Table, titre: str) -> list[object]:
    rang = [colonne.titre for colonne in table.colonnes].index(titre)
    return [ligne.cellules[rang] for ligne in table.lignes]


def block(plan: MarkingPlan) -> list[Component]:
    page = list(walk(render_page(Conseiller(), plan, CIRCONSCRIPTION, "").contenu))
    return list(walk(section_of(page, "enfants")))


def test_schools_to_support_come_first_then_by_name(plan: MarkingPlan) -> None:
    assert order(plan) == ["Moulin", "Zola", "Aubrac", "Ferry"]
    assert order(plan, tri="nom") == ["Aubrac", "Ferry", "Moulin", "Zola"]


def test_where_no_school_is_listed_the_order_is_by_name(plan: MarkingPlan) -> None:
    lecteur = LecteurEcoles()
    departement = read_board(lecteur, plan, Route("noeud", "departement", "034"), {})
    assert departement.demande.tri == "nom"


def test_the_table_tells_who_dropped_and_the_largest_drop_is_a_click_away(plan: MarkingPlan) -> None:
    evolution = column(tables.enfants(board(plan).tableau, plan), tables.EVOLUTION.titre)
    assert dict(zip(order(plan), evolution, strict=True))["Aubrac"] == -0.1
    liens = [str(getattr(c, "href", "")) for c in block(plan)]
    assert any("tri=evolution" in lien for lien in liens)
    assert order(plan, tri="evolution") == ["Aubrac", "Zola", "Moulin", "Ferry"]


def test_a_state_takes_no_column_where_every_figure_is_a_plain_value(plan: MarkingPlan) -> None:
    titres = [colonne.titre for colonne in tables.enfants(board(plan).tableau, plan).colonnes]
    assert not {"État", "Réserve"} & set(titres)


def test_missing_weeks_and_presumed_figures_are_told_beside_the_visits(plan: MarkingPlan) -> None:
    tableau = board(plan).tableau
    first, *others = tableau.enfants
    doubtful = (replace(first, etat="presume", semaines_sans_chiffre=2), *others)
    reserves = column(tables.enfants(replace(tableau, enfants=doubtful), plan), "Réserve")
    assert reserves == [f"{plan.libelle('etat', 'presume')}, 2\u00a0semaines sans chiffre", "", "", ""]


def test_drawings_say_their_weeks_and_their_scale(plan: MarkingPlan) -> None:
    legende = next(c for c in block(plan) if getattr(c, "className", "") == "legende-echelle")
    assert "de celle du 8\u00a0décembre 2025 à celle du 12\u00a0janvier 2026" in text_of(legende)
    assert "ne se comparent pas d’une ligne à l’autre" in text_of(legende)


def test_the_file_holds_the_figures_that_the_page_draws(plan: MarkingPlan) -> None:
    table = tables.enfants(board(plan).tableau, plan)
    entete, premiere, *_ = csv.reader(io.StringIO(write_csv(table)), delimiter=";")
    assert entete[-6] == "Visites, semaine du 8\u00a0décembre 2025"
    assert premiere[-6:] == ["12", "0", "secret statistique", "non reçu", plan.libelle("etat", "non_ouverte"), "30"]
    assert len(SEMAINES[-6:]) == len([c for c in table.colonnes if c.ou == "fichier"])
    assert not [c for c in block(plan) if "semaine du 8\u00a0décembre" in str(getattr(c, "children", ""))]
