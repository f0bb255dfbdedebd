"""Schools to support under a node, and the sentence that says it of one school.

It must not judge a school nor compute: rows come from `tables`, sentences from `phrases`.
"""

from dataclasses import replace

from dash.development.base_component import Component

from dashboards import tables
from dashboards.balises import html
from dashboards.blocs.emporter import export_line
from dashboards.board import Board
from dashboards.components import data_table, section
from dashboards.formats import majuscule
from dashboards.liens import link_ecoles
from dashboards.phrases import accompagnement as phrases
from dashboards.state import href_vue
from dashboards.tables import Table
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Accompagnement, Vue

TITRE = "Écoles à accompagner"
MONTREES = 25  # rows on the page; the file holds them all


def bloc_accompagnement(board: Board, plan: MarkingPlan) -> Component:
    """How many schools by cause, then the first of the list with their evidence."""
    accompagnement = board.tableau.accompagnement
    resume = html.P(phrases.resume_accompagnement(board.tableau), className="resume")
    if not accompagnement.ecoles:
        return section("accompagner", TITRE, [resume, *([_rules(plan)] if accompagnement.semaine else [])])
    causes, liste = tables.causes(board.tableau, plan), tables.accompagnement(board.tableau, plan, MONTREES)
    contenu = [
        resume,
        html.Div([data_table(causes), export_line(board, causes)], className="causes"),
        _rules(plan),
        html.H3("La liste"),
        _list(board, liste),
        *_rest(accompagnement),
        export_line(board, liste),
    ]
    return section("accompagner", TITRE, contenu)


def _list(board: Board, liste: Table) -> Component:
    """The first rows; the name leads to the school, over the same weeks: they are the evidence."""
    montree, vue = replace(liste, lignes=liste.lignes[:MONTREES]), board.demande.vue

    def href(uai: str) -> str:
        return href_vue(Vue("uai", uai, vue.du, vue.au, vue.profil, vue.periode))

    return data_table(montree, tete=1, row_name=link_ecoles(montree, href))


def _rest(accompagnement: Accompagnement) -> list[Component]:
    constats = sum(len(ecole.constats) for ecole in accompagnement.ecoles)
    if constats <= MONTREES:
        return []
    constatees = count_fr(constats, "constat", "constats")
    phrase = (
        f"Les {MONTREES} premiers de {constatees} sont montrés. La liste entière est dans le fichier CSV\u202f; chaque "
        "circonscription a la sienne."
    )
    return [html.P(phrase, className="note")]


def bloc_suivi(board: Board, plan: MarkingPlan) -> Component:
    """Whether and why this school is listed."""
    phrase = phrases.describe_ecole(board.tableau, plan)
    classe = "suivi suivi-oui" if board.tableau.accompagnement.ecoles else "suivi"
    table = tables.accompagnement(board.tableau, plan)
    fichier = [export_line(board, table)] if table.lignes else []
    return section("suivi", "À accompagner\u202f?", [html.P(phrase, className=classe), _rules(plan), *fichier])


def _rules(plan: MarkingPlan) -> Component:
    """What lists a school, with the thresholds in force."""
    regles = [html.Li([html.Strong(majuscule(cause.libelle)), f"\u00a0: {cause.definition}"]) for cause in plan.causes]
    return html.Details([html.Summary("Comment une école entre dans la liste"), html.Ul(regles)])
