"""When people come: in class or outside it, then the hours of the week.

It must not compute: rows come from `tables`, sentences from `phrases`.
"""

from dash.development.base_component import Component

from dashboards import figures, tables
from dashboards.balises import html
from dashboards.blocs.absence import absence
from dashboards.blocs.base import charted
from dashboards.blocs.parts import cut
from dashboards.board import Board
from dashboards.components import etat_mark, section
from dashboards.phrases import creneaux as phrases
from dashboards.tables.creneaux import SECRET
from marking_plan import MarkingPlan
from metrics.tableau import Coupe

TITRE = "À quel moment"
LEGENDE = "Plus la case est foncée, plus il y a de visites. Heure de Paris."


def bloc_creneaux(board: Board, plan: MarkingPlan) -> Component:
    """When people come: shares by moment, then hour by hour; one reason when both are missing for the same."""
    coupes = board.tableau.coupes
    moment, creneau = (coupes.get(nom, Coupe()).absence for nom in ("moment", "creneau"))
    if moment and moment == creneau:
        return section("creneaux", TITRE, absence(board, "creneau"))
    parts = cut(board, plan, "moment", board.tableau.moments, tables.moments)
    return section("creneaux", TITRE, [*parts, html.H3("Heure par heure"), *_heures(board, plan)])


def _heures(board: Board, plan: MarkingPlan) -> list[Component]:
    creneaux, coupe = board.tableau.creneaux, board.tableau.coupes.get("creneau", Coupe())
    resume = phrases.resume_creneaux(creneaux, coupe)
    absente = absence(board, "creneau")
    if absente or not creneaux:
        return absente or [html.P(resume, className="vide")]
    secret = [html.P(etat_mark(SECRET, plan.libelle("etat", SECRET)), className="legende-echelle")]
    legende = [html.P(LEGENDE, className="legende-echelle"), *(secret if coupe.secrets else [])]
    return [charted(board, tables.creneaux(board.tableau, plan), resume, figures.figure_creneaux(creneaux), legende)]
