"""Who comes, for what, for how long, with what.

They must not compute: rows come from `tables`, sentences from `sentences`.
"""

from dash import html
from dash.development.base_component import Component

from dashboards import sentences, tables
from dashboards.blocs.base import barred, csv_link, section
from dashboards.board import Board
from dashboards.components import data_table
from marking_plan import MarkingPlan


def bloc_profils(board: Board, plan: MarkingPlan) -> Component:
    """Who comes."""
    resume = sentences.resume_parts("profil", board.tableau.profils, plan)
    return section("profils", "Qui se connecte", [barred(board, tables.profils(board.tableau, plan), resume)])


def bloc_services(board: Board, plan: MarkingPlan) -> Component:
    """All services by family; those made for the second degree and never seen here fold away."""
    tableau = board.tableau
    resume = sentences.resume_services(tableau.services, plan)
    entiere = tables.services(tableau, plan)
    if not entiere.lignes:
        return section("services", "Pour quoi faire", [html.P(resume, className="vide")])
    familles = [
        part
        for famille in plan.familles
        if (table := tables.services_famille(tableau, plan, famille.code)).lignes
        for part in (html.H3(famille.libelle), data_table(table))
    ]
    contenu = [html.P(resume), *familles, *_jamais_vus(board, plan), csv_link(board, entiere)]
    return section("services", "Pour quoi faire", contenu)


def _jamais_vus(board: Board, plan: MarkingPlan) -> list[Component]:
    noms = tables.services_absents(board.tableau, plan)
    if not noms:
        return []
    return [
        html.Details(
            [
                html.Summary("Services du second degré, jamais ouverts ici"),
                html.Ul([html.Li(nom) for nom in noms]),
            ]
        )
    ]


def bloc_durees(board: Board, plan: MarkingPlan) -> Component:
    """How long visits last."""
    resume = sentences.resume_parts("tranche", board.tableau.durees, plan)
    reserve = html.P(sentences.RESERVE_DUREE, className="note")
    return section("durees", "Combien de temps", [barred(board, tables.durees(board.tableau, plan), resume), reserve])


def bloc_equipements(board: Board, plan: MarkingPlan) -> Component:
    """With what: devices, systems, browsers."""
    tableau = board.tableau
    parties = (
        ("Appareils", "appareil", tableau.appareils, tables.appareils),
        ("Systèmes", "systeme", tableau.systemes, tables.systemes),
        ("Navigateurs", "navigateur", tableau.navigateurs, tables.navigateurs),
    )
    contenu = [
        part
        for titre, kind, parts, table in parties
        for part in (
            html.H3(titre),
            barred(board, table(tableau, plan), sentences.resume_parts(kind, parts, plan)),
        )
    ]
    return section("equipements", "Avec quel matériel", contenu)
