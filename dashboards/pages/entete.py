"""What both boards begin and end with: path, name, headline, form, shared key figures, how to read.

It must not draw charts.
"""

from dash import html
from dash.development.base_component import Component

from dashboards import sentences
from dashboards.board import Board
from dashboards.components import aria, etat_mark, key_figure, notice, select
from dashboards.formats import duree, etendue, jour, majuscule, nombre
from dashboards.state import href_noeud
from marking_plan import MarkingPlan


def head(board: Board, plan: MarkingPlan) -> list[Component]:
    """From the path of territories to the form."""
    tableau = board.tableau
    return [
        _breadcrumb(board, plan),
        html.P(majuscule(plan.libelle("niveau", tableau.noeud.niveau)), className="surtitre"),
        html.H1(tableau.noeud.nom),
        html.P(sentences.constat(tableau, plan), className="constat", role="status"),
        *notice(board.demande.avertissements),
        _form(board, plan),
    ]


def titre_periode(board: Board) -> str:
    """The span, for the window's title."""
    return etendue(board.demande.vue.du, board.demande.vue.au)


def _breadcrumb(board: Board, plan: MarkingPlan) -> Component:
    vue = board.demande.vue
    liens = [
        html.Li(
            html.A(
                n.nom,
                href=href_noeud(n.niveau, n.territoire, vue),
                title=majuscule(plan.libelle("niveau", n.niveau)),
            )
        )
        for n in board.tableau.ascendants
    ]
    ici = aria(html.Li(board.tableau.noeud.nom), current="page")
    return aria(html.Nav(html.Ol([*liens, ici]), className="fil"), label="Fil d’Ariane")


def _form(board: Board, plan: MarkingPlan) -> Component:
    vue, periode = board.demande.vue, board.tableau.periode
    semaines = [(lundi.isoformat(), jour(lundi)) for lundi in periode.semaines]
    codes = ("tous", *(code for code in periode.profils if code != "tous"))
    profils = [(code, sentences.libelle_profil(plan, code)) for code in codes]
    champs = [
        select("du", "De la semaine du", semaines, vue.du.isoformat()),
        select("au", "À la semaine du", semaines, vue.au.isoformat()),
        select("profil", "Profil", profils, vue.profil),
        html.Button("Afficher", type="submit"),
    ]
    action = href_noeud(vue.niveau, vue.territoire)
    return aria(html.Form(champs, action=action, method="get", className="filtres"), label="Période et profil")


def mesures(board: Board, plan: MarkingPlan) -> list[Component]:
    """Key figures of any node."""
    synthese = board.tableau.synthese
    visites, utilisateurs, moyenne = map(plan.indicateur, ("visites", "utilisateurs", "duree_moyenne_s"))
    return [
        key_figure(visites.libelle, nombre(synthese.visites), "Sur toute la période.", visites.definition),
        key_figure(
            f"{utilisateurs.libelle} par semaine",
            nombre(synthese.utilisateurs_moyens),
            "Moyenne des semaines d’école\u202f: d’une semaine à l’autre, ce sont souvent les mêmes personnes.",
            utilisateurs.definition,
        ),
        key_figure(
            f"{moyenne.libelle} d’une visite",
            duree(synthese.duree_moyenne_s),
            "Sans le temps passé sur la dernière page, qui ne peut pas être connu.",
            moyenne.definition,
        ),
    ]


def reading_notes(plan: MarkingPlan) -> Component:
    """The states a figure may be in, and where definitions are."""
    etats = [html.Div([html.Dt(etat_mark(etat.code, etat.libelle)), html.Dd(etat.definition)]) for etat in plan.etats]
    lien = html.P(html.A("Toutes les définitions", href="/definitions"))
    titre = html.H2("Lire ces chiffres", id="titre-lecture")
    corps = html.Div([html.Dl(etats, className="etats"), lien], className="contenu")
    return aria(html.Section([titre, corps], id="lecture"), labelledby="titre-lecture")
