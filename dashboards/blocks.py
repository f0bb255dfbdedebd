"""Blocks of a board: a chart or bars, a sentence that sums it up, the table with the same numbers, its CSV file.

They must not lay out a page, nor compute: rows come from `tables`, sentences from `sentences`, charts from `figures`.
"""

from collections.abc import Sequence

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import figures, sentences, tables, tri
from dashboards.board import Board
from dashboards.components import aria, data_table, etat_mark
from dashboards.spark import sparkline
from dashboards.state import href_csv, href_noeud, href_tri
from dashboards.tables import Colonne, Table
from marking_plan import MarkingPlan


def section(identifiant: str, titre: str, contenu: list[Component]) -> Component:
    """A titled part of the page, that a link may point at."""
    entete = html.H2(titre, id=f"titre-{identifiant}")
    partie = html.Section([entete, html.Div(contenu, className="contenu")], id=identifiant)
    return aria(partie, labelledby=f"titre-{identifiant}")


def csv_link(board: Board, table: Table) -> Component:
    """The file of a table; its name says which table, for who hears links out of context."""
    suite = html.Span(f"\u00a0: {table.titre}", className="lecture")
    return html.A(["Télécharger en CSV", suite], href=href_csv(table.code, board.demande.vue), className="csv")


def _graph(identifiant: str, figure: go.Figure) -> dcc.Graph:
    # Dash's own type of `config` doesn't know showSendToCloud, without which a button would send the chart away.
    return dcc.Graph(id=identifiant, figure=figure, config=figures.CONFIG)  # type: ignore[arg-type]


def charted(board: Board, table: Table, resume: str, graphe: dcc.Graph, legende: Sequence[Component]) -> Component:
    """A Plotly chart with its twin table, folded."""
    dessin = aria(html.Div(graphe, role="img", className="dessin"), label=resume)
    donnees = html.Details([html.Summary("Voir les chiffres"), data_table(table)])
    return html.Figure([html.Figcaption(resume), dessin, *legende, donnees, csv_link(board, table)])


def barred(board: Board, table: Table, resume: str) -> Component:
    """A table whose shares are drawn in their cells: here the chart is the table."""
    if not table.lignes:
        return html.P(resume, className="vide")
    return html.Figure([html.Figcaption(resume), data_table(table), csv_link(board, table)])


def bloc_serie(board: Board, plan: MarkingPlan) -> Component:
    """Weekly visits and users."""
    serie = board.tableau.serie
    graphe = _graph("serie-graphe", figures.figure_serie(serie))
    legende = [_legende_serie(board, plan)]
    table = tables.serie(board.tableau, plan)
    return section(
        "serie",
        "Semaine après semaine",
        [charted(board, table, sentences.resume_serie(board.tableau), graphe, legende)],
    )


def _legende_serie(board: Board, plan: MarkingPlan) -> Component:
    serie = board.tableau.serie
    signes = [(nom, plan.indicateur(nom).libelle) for nom in ("visites", "utilisateurs")]
    if any(point.vacances for point in serie):
        signes.append(("vacances", "Vacances scolaires"))
    if any(figures.est_incertain(point) for point in serie):
        signes.append(("incertaine", "Semaine incomplète ou provisoire"))
    presents = {point.etat for point in serie} - {"valeur"}
    etats = [html.Li(etat_mark(e.code, e.libelle)) for e in plan.etats if e.code in presents]
    return html.Ul(
        [
            *(html.Li([html.Span(className=f"signe signe-{code}"), libelle]) for code, libelle in signes),
            *etats,
        ],
        className="legende",
    )


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


def bloc_creneaux(board: Board, plan: MarkingPlan) -> Component:
    """When people come, and for how long."""
    tableau = board.tableau
    resume = sentences.resume_creneaux(tableau.creneaux)
    if not tableau.creneaux:
        return section("creneaux", "À quel moment", [html.P(resume, className="vide")])
    graphe = _graph("creneaux-graphe", figures.figure_creneaux(tableau.creneaux))
    legende = [html.P("Plus la case est foncée, plus il y a de visites. Heure de Paris.", className="legende-echelle")]
    return section(
        "creneaux",
        "À quel moment",
        [charted(board, tables.creneaux(tableau, plan), resume, graphe, legende)],
    )


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


def bloc_enfants(board: Board, plan: MarkingPlan) -> Component:
    """One row a child, each with a link to its own board; headings are links that sort."""
    enfants, vue = board.tableau.enfants, board.demande.vue
    cle, descendant = tri.parse_tri(board.demande.tri)

    def heading(colonne: Colonne) -> Component | str:
        if not colonne.tri:
            return colonne.titre
        lien = html.A(colonne.titre, href=href_tri(vue, tri.next_tri(colonne.tri, board.demande.tri)))
        return aria(lien, label=f"{colonne.titre}\u00a0: trier")

    def row_name(rang: int, texte: str) -> Component:
        return html.A(texte, href=href_noeud(enfants[rang].niveau, enfants[rang].territoire, vue))

    def order(colonne: Colonne) -> str | None:
        return ("descending" if descendant else "ascending") if colonne.tri == cle else None

    table = tables.enfants(board.tableau, plan)
    tendance = (
        "Visites par semaine",
        lambda rang: sparkline(enfants[rang].nom, enfants[rang].visites_semaines),
    )
    html_table = data_table(table, tete=1, heading=heading, row_name=row_name, tri=order, extra=tendance)
    return section("enfants", table.titre, [html_table, csv_link(board, table)])
