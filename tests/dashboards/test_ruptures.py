"""Breaks on the boards: what the register declares alike in several places is one event, told with its places."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from dashboards import figures, tables
from dashboards.phrases.serie import name_lieux, situate_rupture
from marking_plan import MarkingPlan
from marking_plan.ruptures import RuptureDeclaree
from metrics.lecture.ruptures import build_ruptures
from metrics.tableau import Action, Noeud, Rupture, Vue
from tests.dashboards.fake_lecteur import BEZIERS, GARD, HERAULT, LODEVE, REGION, FakeLecteur

JOUR, LUNDI = date(2025, 10, 8), date(2025, 10, 6)
PANNE = Rupture(JOUR, date(2025, 10, 9), "Panne", "Deux jours sans mesure.")
NOEUDS = {(noeud.niveau, noeud.territoire): noeud for noeud in (REGION, HERAULT, GARD, LODEVE, BEZIERS)}
AU_DESSUS = {
    (REGION.niveau, REGION.territoire): (),
    **{(noeud.niveau, noeud.territoire): (REGION,) for noeud in (HERAULT, GARD)},
    **{(noeud.niveau, noeud.territoire): (REGION, HERAULT) for noeud in (LODEVE, BEZIERS)},
}


def _declare(*lieux: Noeud | None, titre: str = PANNE.titre) -> list[RuptureDeclaree]:
    return [
        RuptureDeclaree(
            debut=PANNE.debut,
            fin=PANNE.fin,
            niveau=lieu.niveau if lieu else None,
            territoire=lieu.territoire if lieu else None,
            nature="panne_declaree",
            titre=titre,
            explication=PANNE.explication,
        )
        for lieu in lieux
    ]


def _build(registre: Sequence[RuptureDeclaree], *chemin: Noeud) -> tuple[Rupture, ...]:
    return build_ruptures(registre, NOEUDS, AU_DESSUS, chemin, LUNDI, LUNDI)


def test_one_event_of_several_places_is_told_once_with_those_that_the_node_adds_up() -> None:
    registre = _declare(LODEVE, BEZIERS, GARD)
    assert _build(registre, REGION) == (replace(PANNE, lieux=(LODEVE, BEZIERS, GARD)),)
    assert _build(registre, REGION, HERAULT) == (replace(PANNE, lieux=(LODEVE, BEZIERS)),)
    assert _build(registre, REGION, HERAULT, LODEVE) == (PANNE,)


@pytest.mark.parametrize("tout", [None, REGION])
def test_an_event_of_the_whole_node_names_no_part_of_it(tout: Noeud | None) -> None:
    assert _build(_declare(LODEVE, tout), REGION) == (PANNE,)


def test_two_events_of_one_day_stay_two() -> None:
    registre = [*_declare(LODEVE), *_declare(BEZIERS, titre="Migration")]
    assert _build(registre, REGION) == (
        replace(PANNE, lieux=(LODEVE,)),
        replace(PANNE, titre="Migration", lieux=(BEZIERS,)),
    )


@pytest.mark.parametrize(
    ("lieux", "dits"),
    [
        ((), []),
        ((LODEVE, GARD), ["Lodève – Cœur d’Hérault", "Gard"]),
        ((LODEVE, BEZIERS, LODEVE, HERAULT), ["3\u00a0circonscriptions", "1\u00a0département"]),
    ],
)
def test_few_places_are_named_and_many_are_counted(
    lieux: tuple[Noeud, ...], dits: list[str], plan: MarkingPlan
) -> None:
    rupture = replace(PANNE, lieux=lieux)
    assert name_lieux(rupture, plan) == dits
    assert situate_rupture(rupture, plan) == ", ".join(["8\u00a0octobre 2025 – 9\u00a0octobre 2025", *dits])


def test_the_remark_of_a_week_says_where_the_break_was(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = lecteur.read_tableau(Vue("region", REGION.territoire, LUNDI, LUNDI))
    tableau = replace(tableau, ruptures=(replace(PANNE, lieux=(LODEVE,)),))
    remarques = {ligne.cellules[0]: str(ligne.cellules[-1]) for ligne in tables.serie(tableau, plan).lignes}
    assert "rupture\u00a0: Panne (Lodève – Cœur d’Hérault)" in remarques[LUNDI]


def test_marks_of_one_day_are_written_beside_one_another(lecteur: FakeLecteur) -> None:
    serie = lecteur.read_tableau(Vue("region", REGION.territoire, LUNDI, LUNDI)).serie
    figure = figures.figure_serie(serie, (PANNE, replace(PANNE, titre="Migration")), (Action(JOUR, "visite"),))
    assert "R1, R2, A1" in [note.text for note in go.Figure(figure).layout.annotations]
