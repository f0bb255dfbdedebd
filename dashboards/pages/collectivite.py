"""Board of a territory or a school as a collectivité reads it: totals, months, Internet access, the convention.

It must not draw or count: blocks in order.
"""

from dash.development.base_component import Component

from dashboards import blocs
from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import key_figure
from dashboards.formats import nombre
from dashboards.pages import entete
from dashboards.pages.chiffres import figure_or_etat
from dashboards.pages.page import SITE, Page
from dashboards.phrases.constat import periode
from marking_plan import MarkingPlan

PORTEE = (
    "Vous lisez ici des totaux par mois et par année scolaire, tous profils et tous services ensemble\u202f: une collectivité n’a "
    "pas le détail par semaine, par profil ou par service."
)


def page_collectivite(board: Board, plan: MarkingPlan) -> Page:
    """Whole page, whichever the level."""
    tableau = board.tableau
    contenu = [
        *entete.head(board, plan),
        html.P(PORTEE, className="note"),
        _chiffres(board, plan),
        *([blocs.bloc_mois(board, plan)] if tableau.acces else []),
        *([blocs.bloc_enfants(board, plan)] if tableau.enfants else []),
        *([blocs.bloc_acces(board, tableau.acces, plan)] if tableau.acces else []),
        blocs.bloc_convention(board),
        blocs.bloc_emporter(board, plan),
        entete.reading_notes(plan),
    ]
    return Page(f"{tableau.noeud.nom} – {periode(board.demande.vue)} – {SITE}", contenu)


def _chiffres(board: Board, plan: MarkingPlan) -> Component:
    synthese = board.tableau.synthese
    mesures = (("visites", synthese.visites), ("utilisateurs", synthese.utilisateurs))
    chiffres = [
        key_figure(i.libelle, figure_or_etat(valeur, synthese.etat, plan), "", i.definition)
        for i, valeur in ((plan.indicateur(nom), valeur) for nom, valeur in mesures)
    ]
    inscrites = plan.indicateur("inscrites")
    return html.Dl(
        [*chiffres, key_figure(inscrites.libelle, nombre(synthese.inscrites), "", inscrites.definition)],
        className="chiffres",
    )
