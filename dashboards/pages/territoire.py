"""Board of a territory, whichever its level above the school.

It must not draw or count: blocks in order.
"""

from dash.development.base_component import Component

from dashboards import blocs
from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import key_figure
from dashboards.formats import nombre
from dashboards.pages import entete
from dashboards.pages.chiffres import mesures
from dashboards.pages.page import SITE, Page
from dashboards.phrases.constat import periode
from dashboards.tables import SUIVIS
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr


def page_territoire(board: Board, plan: MarkingPlan) -> Page:
    """Whole page of a region, académie, département, circonscription, commune or regroupement."""
    tableau = board.tableau
    commune = tableau.noeud.niveau == "commune"
    contenu = [
        *entete.head(board, plan),
        _chiffres(board, plan),
        blocs.bloc_serie(board, plan),
        *([blocs.bloc_mois(board, plan)] if commune else []),
        *([blocs.bloc_enfants(board, plan)] if tableau.enfants or tableau.vue.detail else []),
        *([blocs.bloc_carte(board, tableau.carte, plan)] if tableau.carte else []),
        *([blocs.bloc_accompagnement(board, plan)] if tableau.noeud.niveau in SUIVIS else []),
        *([blocs.bloc_acces(board, tableau.acces, plan)] if tableau.acces else []),
        *([blocs.bloc_convention(board)] if commune else []),
        blocs.bloc_reception(board, plan),
        blocs.bloc_profils(board, plan),
        *blocs.blocs_coupes(board, plan),
        blocs.bloc_emporter(board, plan),
        entete.reading_notes(plan),
    ]
    return Page(f"{tableau.noeud.nom} – {periode(board.demande.vue)} – {SITE}", contenu)


def _chiffres(board: Board, plan: MarkingPlan) -> Component:
    synthese, actives = board.tableau.synthese, plan.indicateur("actives")
    ecoles = (
        f"{count_fr(synthese.ouvertes, 'ouverte', 'ouvertes')} sur {count_fr(synthese.inscrites, 'inscrite', 'inscrites')}, "
        f"{count_fr(synthese.mesurees, 'mesurée', 'mesurées')}"
    )
    return html.Dl(
        [
            *mesures(board, plan),
            key_figure(f"{actives.libelle} la dernière semaine", nombre(synthese.actives), ecoles, actives.definition),
        ],
        className="chiffres",
    )
