"""Who comes, for what, for how long, with what.

They must not compute: rows come from `tables`, sentences from `phrases`.
"""

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from dashboards import tables
from dashboards.balises import html
from dashboards.blocs.absence import absence
from dashboards.blocs.base import barred
from dashboards.blocs.emporter import export_line
from dashboards.board import Board
from dashboards.components import data_table, section
from dashboards.liens import link_noeud
from dashboards.phrases import parts as phrases
from dashboards.state import CONSTANT
from dashboards.tables import Table
from dashboards.tables.parts import KINDS
from marking_plan import MarkingPlan
from metrics.tableau import Coupe, Part, Tableau, Taux

AU_REGROUPEMENT = "au_regroupement"  # state of a rate that a school can't have alone


def cut(
    board: Board, plan: MarkingPlan, nom: str, parts: tuple[Part, ...], table: Callable[[Tableau, MarkingPlan], Table]
) -> list[Component]:
    """A cut's table with what it leaves out, or why there is none."""
    absente = absence(board, nom)
    if absente:
        return absente
    resume = phrases.resume_parts(KINDS.get(nom, nom), parts, board.tableau.coupes.get(nom, Coupe()), plan)
    return [barred(board, table(board.tableau, plan), resume), *_reste(board, plan, nom)]


def _reste(board: Board, plan: MarkingPlan, nom: str) -> list[Component]:
    """What a cut's table leaves out, if anything."""
    reste = phrases.resume_reste(KINDS.get(nom, nom), board.tableau.coupes.get(nom, Coupe()), plan)
    return [html.P(reste, className="note")] if reste else []


def bloc_profils(board: Board, plan: MarkingPlan) -> Component:
    """Who comes, and how many of those who could."""
    contenu = cut(board, plan, "profil", board.tableau.profils, tables.profils)
    return section("profils", "Qui se connecte", [*contenu, *_taux(board, plan)])


def _taux(board: Board, plan: MarkingPlan) -> list[Component]:
    if not board.tableau.taux or board.demande.vue.perimetre == CONSTANT:
        return []
    table = tables.taux(board.tableau, plan)
    resume = phrases.resume_taux(board.tableau)
    ailleurs = [html.P(lien, className="note") for lien in lien_regroupement(board.tableau.taux, board.tableau)]
    return [html.H3(plan.indicateur("taux_utilisation").libelle), barred(board, table, resume), *ailleurs]


def lien_regroupement(taux: Sequence[Taux], tableau: Tableau) -> list[Component]:
    """Where a rate that isn't told of a school is read; nothing where there is no such rate, or no such place."""
    regroupement = tableau.ecole.regroupement if tableau.ecole else None
    if regroupement is None or not any(t.etat == AU_REGROUPEMENT for t in taux):
        return []
    return [link_noeud(regroupement, tableau.vue, f"Voir le taux du regroupement «\u00a0{regroupement.nom}\u00a0»")]


def bloc_services(board: Board, plan: MarkingPlan) -> Component:
    """All services by family; those made for the second degree and never seen here fold away."""
    tableau = board.tableau
    absente = absence(board, "service")
    resume = phrases.resume_services(tableau.services, tableau.coupes.get("service", Coupe()), plan)
    entiere = tables.services(tableau, plan)
    if absente or not entiere.lignes:
        return section("services", "Pour quoi faire", absente or [html.P(resume, className="vide")])
    familles = [
        part for table in tables.services_familles(tableau, plan) for part in (html.H3(table.titre), data_table(table))
    ]
    reste = _reste(board, plan, "service")
    contenu = [html.P(resume), *_familles(board, plan), *familles, *reste, *_jamais_vus(board, plan)]
    return section("services", "Pour quoi faire", [*contenu, export_line(board, entiere)])


def _familles(board: Board, plan: MarkingPlan) -> list[Component]:
    """Subtotals as published: a visit of two services of one family counts once."""
    coupe = board.tableau.coupes.get("famille", Coupe())
    if not board.tableau.familles:
        return absence(board, "famille")
    table = tables.familles(board.tableau, plan)
    figure = barred(board, table, phrases.resume_familles(coupe))
    return [html.H3(table.titre), figure, *_reste(board, plan, "famille")]


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
    contenu = cut(board, plan, "duree", board.tableau.durees, tables.durees)
    reserve = html.P(phrases.RESERVE_DUREE, className="note")
    return section("durees", "Combien de temps", [*contenu, reserve])


def bloc_equipements(board: Board, plan: MarkingPlan) -> Component:
    """With what: devices, systems, browsers."""
    tableau = board.tableau
    parties = (
        ("Appareils", "appareil", tableau.appareils, tables.appareils),
        ("Systèmes", "systeme", tableau.systemes, tables.systemes),
        ("Navigateurs", "navigateur", tableau.navigateurs, tables.navigateurs),
    )
    contenu = [
        part for titre, nom, parts, table in parties for part in (html.H3(titre), *cut(board, plan, nom, parts, table))
    ]
    return section("equipements", "Avec quel matériel", contenu)
