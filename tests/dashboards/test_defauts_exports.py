"""Defects of the ministry's page that can't come back: breaks that nobody reports (9), no export and no licence (19)."""

from dataclasses import replace
from datetime import date

import pytest
from dash.development.base_component import Component

from dashboards.exports.licence import licence
from dashboards.exports.notice import make_notice
from dashboards.render import render_page
from dashboards.tables import TABLES
from marking_plan import MarkingPlan
from marking_plan.ruptures import read_ruptures
from metrics.lecture.ruptures import build_ruptures
from metrics.tableau import Noeud, Rupture
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import DOLTO, GARD, HERAULT, REGION, FakeLecteur

PAGES = ("/", "/territoire/departement/034", "/territoire/circonscription/0341123X", "/ecole/0342332A")
REGISTRE = b"""
[[ruptures]]
debut = 2025-10-08
fin = 2025-10-09
niveau = "departement"
territoire = "034"
nature = "panne_declaree"
titre = "Panne"
explication = "Deux jours sans mesure."
"""


def test_defect_9_a_break_is_registered_and_reaches_the_boards_that_it_touches() -> None:
    registre = read_ruptures("ruptures.toml", REGISTRE)
    semaines = (date(2025, 10, 6), date(2025, 10, 6))

    panne = Rupture(date(2025, 10, 8), date(2025, 10, 9), "Panne", "Deux jours sans mesure.")
    au_dessus: dict[tuple[str, str], tuple[Noeud, ...]] = {
        (REGION.niveau, REGION.territoire): (),
        (HERAULT.niveau, HERAULT.territoire): (REGION,),
    }

    noeuds = {(noeud.niveau, noeud.territoire): noeud for noeud in (REGION, HERAULT)}

    def build(chemin: tuple[Noeud, ...], *jours: date) -> tuple[Rupture, ...]:
        return build_ruptures(registre, noeuds, au_dessus, chemin, *jours)

    for chemin in ((REGION, HERAULT, DOLTO), (REGION, HERAULT)):
        assert build(chemin, *semaines) == (panne,)
    assert build((REGION,), *semaines) == (replace(panne, lieux=(HERAULT,)),)  # the région adds it up
    assert build((REGION, GARD), *semaines) == ()
    assert build((REGION, HERAULT), date(2025, 10, 13), date(2025, 10, 20)) == ()


@pytest.mark.parametrize("chemin", PAGES)
def test_defect_19_every_block_has_its_export_and_its_licence(
    lecteur: FakeLecteur, plan: MarkingPlan, chemin: str
) -> None:
    sections = [s for s in _all(render_page(lecteur, plan, chemin, "").contenu, "Section") if _all(s, "Table")]

    assert sections
    for section in sections:
        classes = {str(getattr(lien, "className", "")) for lien in _all(section, "A")}
        licences = [lien for lien in _all(section, "A") if getattr(lien, "className", "") == "licence"]
        assert {"csv", "licence"} <= classes, getattr(section, "id", "")
        assert all(licence() in lien.children for lien in licences)


@pytest.mark.parametrize("chemin", PAGES)
def test_defect_19_every_chart_can_be_an_image(lecteur: FakeLecteur, plan: MarkingPlan, chemin: str) -> None:
    page = render_page(lecteur, plan, chemin, "").contenu
    graphes = {getattr(place, "id", "") for place in _all(page, "Div") if getattr(place, "className", "") == "graphe"}
    boutons = {getattr(bouton, "data-graphe", None) for bouton in _all(page, "Button")}

    assert graphes
    assert graphes <= boutons


@pytest.mark.parametrize("chemin", PAGES[1:])
def test_defect_19_a_spreadsheet_has_every_table_of_the_page(plan: MarkingPlan, chemin: str) -> None:
    lecteur = LecteurEcoles()
    niveau, territoire = chemin.replace("/ecole/", "/uai/").split("/")[-2:]
    tableau = lecteur.read_tableau(lecteur.default_vue(niveau, territoire))
    page = render_page(lecteur, plan, chemin, "").contenu
    liens = [str(getattr(lien, "href", "")) for lien in _all(page, "A")]
    codes = {lien.removeprefix("/csv/").partition("?")[0] for lien in liens if lien.startswith("/csv/")}

    assert [table.code for table in make_notice(tableau, plan).tableaux] == [code for code in TABLES if code in codes]


def _all(composant: object, genre: str) -> list[Component]:
    """Components of a kind, from the top down."""
    if isinstance(composant, list | tuple):
        return [trouve for enfant in composant for trouve in _all(enfant, genre)]
    if not isinstance(composant, Component):
        return []
    soi = [composant] if composant._type == genre else []
    return soi + _all(getattr(composant, "children", None), genre)
