"""Board of a school: its sheet, then the same blocks as a territory's.

It must not draw or count: blocks in order.
"""

from dash.development.base_component import Component

from dashboards import blocs
from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import Texte, definition_list, key_figure
from dashboards.formats import ABSENT, jour, majuscule, nombre
from dashboards.liens import link_noeud
from dashboards.pages import entete
from dashboards.pages.chiffres import mesures
from dashboards.pages.page import SITE, Page
from dashboards.phrases.constat import periode
from dashboards.phrases.noms import libelle_profil
from marking_plan import MarkingPlan
from metrics.tableau import FicheEcole, Noeud, Vue

# In which school the ENT counts somebody who has several.
RATTACHEMENTS = {
    "ecole_active": "L’ENT compte chaque visite dans l’école où la personne travaille à ce moment-là.",
    "premiere_structure": (
        "L’ENT compte une personne de plusieurs écoles dans la première seulement\u202f: ici, ses visites peuvent manquer "
        "ou venir d’une école voisine. Les parents se lisent au niveau du regroupement."
    ),
    "inconnu": (
        "Le prestataire n’a pas dit dans quelle école il compte une personne qui en a plusieurs\u202f: les parents de "
        "fratries peuvent n’être comptés que dans l’une d’elles."
    ),
}


def page_ecole(board: Board, plan: MarkingPlan) -> Page:
    """Whole page of a school."""
    tableau = board.tableau
    contenu = [
        *entete.head(board, plan),
        html.Dl([*mesures(board, plan), _effectif(board)], className="chiffres"),
        *([_fiche(tableau.ecole, tableau.vue, plan)] if tableau.ecole else []),
        blocs.bloc_serie(board, plan),
        blocs.bloc_suivi(board, plan),
        *([blocs.bloc_mois(board, plan)] if tableau.acces else []),
        *([blocs.bloc_semblables(board, tableau.semblables, plan)] if tableau.semblables else []),
        blocs.bloc_profils(board, plan),
        *blocs.blocs_coupes(board, plan),
        *([blocs.bloc_acces(board, tableau.acces, plan)] if tableau.acces else []),
        blocs.bloc_reception(board, plan),
        blocs.bloc_emporter(board, plan),
        entete.reading_notes(plan),
    ]
    return Page(f"{tableau.noeud.nom} ({tableau.noeud.territoire}) – {periode(board.demande.vue)} – {SITE}", contenu)


def _effectif(board: Board) -> Component:
    tableau = board.tableau
    if not tableau.synthese.effectif:
        return key_figure("Effectif", nombre(None), "Effectifs non transmis.")
    hors = any(taux.profil == tableau.vue.profil and taux.ecoles_preelementaire for taux in tableau.taux)
    suite = " Le taux d’utilisation laisse de côté les élèves du préélémentaire." if hors else ""
    return key_figure(
        "Effectif", nombre(tableau.synthese.effectif), f"Élèves et adultes déclarés dans les effectifs.{suite}"
    )


def _fiche(ecole: FicheEcole, vue: Vue, plan: MarkingPlan) -> Component:
    """What is known of the school; its commune, circonscription and regroupement lead to their boards."""
    lignes: list[tuple[Texte, Texte]] = [
        ("UAI", ecole.uai),
        ("Type", _label(plan, "type_ecole", ecole.type_ecole)),
        ("Secteur", _label(plan, "secteur", ecole.secteur)),
        ("Commune", _lieu(ecole.commune, vue)),
        ("Circonscription", _lieu(ecole.circonscription, vue)),
        *([("Regroupement", _lieu(ecole.regroupement, vue))] if ecole.regroupement else []),
        ("ENT ouvert depuis", jour(ecole.ouverte_le)),
        *((libelle_profil(plan, profil), nombre(effectif)) for profil, effectif in ecole.effectifs),
    ]
    fiche = definition_list(lignes, "fiche")
    rattachement = html.P(RATTACHEMENTS.get(ecole.rattachement, RATTACHEMENTS["inconnu"]), className="note")
    return html.Div([fiche, rattachement])


def _lieu(noeud: Noeud, vue: Vue) -> Texte:
    return link_noeud(noeud, vue) if noeud.nom else ABSENT


def _label(plan: MarkingPlan, kind: str, code: str | None) -> str:
    return ABSENT if code is None else majuscule(plan.libelle(kind, code))
