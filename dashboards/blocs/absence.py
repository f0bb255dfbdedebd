"""What stands where a cut has no part to show: why, and where it is published.

It must not decide: the reader says why.
"""

from dataclasses import replace

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.board import Board
from dashboards.demande import publishes_services
from dashboards.liens import protection_link
from dashboards.phrases.parts import ABSENCES, lien_mois
from dashboards.state import REEL, href_vue
from marking_plan.semaines import month_bounds
from metrics.tableau import MOIS, Vue

_PROTEGEES = ("secrete", "totaux_seuls", "fines")  # reasons that the rule on small counts gives


def absence(board: Board, nom: str) -> list[Component]:
    """Nothing when the cut is there; else a sentence, with a link to where it can be read."""
    coupe = board.tableau.coupes.get(nom)
    if coupe is None or not coupe.absence:
        return []
    phrase: list[Component | str] = [ABSENCES[coupe.absence]]
    lien = _link(board, coupe.absence)
    if lien is not None:
        phrase += [" ", lien]
    return [html.P(phrase, className="vide")]


def _link(board: Board, why: str) -> Component | None:
    """No other view for a secret: what is masked one week stays so in its month, a link would lead to the same refusal."""
    vue = board.demande.vue
    if why in _PROTEGEES:
        return protection_link()
    if why in ("par_mois", "sans_annee"):
        return _month_link(board)
    if why == "perimetre":
        return html.A("Voir toutes les écoles", href=href_vue(replace(vue, perimetre=REEL)))
    if why == "profil" and vue.profil != "tous":
        return html.A("Voir tous les profils", href=href_vue(_everybody(board)))
    return None


def _everybody(board: Board) -> Vue:
    vue = replace(board.demande.vue, profil="tous")
    return vue if publishes_services(board.tableau.offre, vue) else replace(vue, service="")


def _month_link(board: Board) -> Component | None:
    """The last month of the span with whole school weeks: that is over, else the running one."""
    vue, offre = board.demande.vue, board.tableau.offre
    published = [mois for annee in offre.annees for mois in annee.mois_ecole]
    inside = [mois for mois in published if vue.du <= month_bounds(mois)[1] and mois <= vue.au]
    over = [mois for mois in inside if offre.dernier_mois is not None and mois <= offre.dernier_mois]
    if not (over or inside):
        return None
    mois = max(over or inside)
    du, au = month_bounds(mois)
    return html.A(lien_mois(mois), href=href_vue(replace(vue, periode=MOIS, du=du, au=au, service="")))
