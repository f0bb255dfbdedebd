"""Blocks of the page « Qualité des données ».

They must not compute: rows come from `tables`, sentences from `phrases`.
"""

from collections.abc import Sequence
from datetime import date

from dash.development.base_component import Component

from dashboards import formats
from dashboards.balises import html
from dashboards.blocs.publication import tabled
from dashboards.components import aria, csv_link, folded_table, section
from dashboards.phrases import qualite as phrases
from dashboards.state import QUALITE, href_page_csv
from dashboards.tables import Table
from dashboards.tables import qualite as tables
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from marking_plan.silences import load_services_muets
from metrics.tableau.qualite import Qualite, SemaineRecue

_TITRES = {
    "completude": "Ce qui est arrivé",
    "services": "Services devenus muets",
    "livraisons": "Qui a livré",
    "refus": "Ce qui a été refusé",
    "controles": "Contrôles",
}
_LEGENDE = (
    ("complete", "semaine complète"),
    ("incomplete", "incomplète\u00a0: la hauteur dit la part reçue"),
    ("provisoire", "peut encore recevoir des données"),
    ("vide", "rien n’est attendu"),
)


def region_choisie(qualite: Qualite) -> str:
    """Code of the région, where an address must say which."""
    return qualite.noeud.territoire if len(qualite.regions) > 1 else ""


def _tabled(qualite: Qualite, table: Table, resume: str, *, tete: int = 0, fold: bool = False) -> Component:
    return tabled(QUALITE, qualite.annee, table, resume, tete=tete, fold=fold, region=region_choisie(qualite))


def _reserve(code: str) -> Component:
    """In place of a block drawn from lots, for whom may not read every région."""
    return section(code, _TITRES[code], [html.P(phrases.RESERVE, className="vide")])


def bloc_alertes(qualite: Qualite, plan: MarkingPlan) -> Component:
    """What is to be looked at before the figures."""
    trouvees = phrases.alertes(qualite, plan)
    if not trouvees:
        return section("alertes", "À vérifier", [html.P("Rien à signaler.", className="vide")])
    liste = [html.Li([phrase, " ", html.A(_TITRES[ancre], href=f"#{ancre}")]) for ancre, phrase in trouvees]
    return section("alertes", "À vérifier", [html.Ul(liste, className="alertes")])


def bloc_completude(qualite: Qualite, plan: MarkingPlan) -> Component:
    """Calendar of what came, région and départements, then the weeks of the région."""
    resume = phrases.resume_completude(qualite)
    if not qualite.region:
        return section("completude", _TITRES["completude"], [html.P(resume, className="vide")])
    region, departements = tables.completude(qualite, plan), tables.completude_departements(qualite, plan)
    figure = html.Figure(
        [
            html.Figcaption(resume),
            _calendrier(qualite, resume),
            _legende(),
            folded_table(departements, "Voir les chiffres des départements"),
            csv_link(departements, href_page_csv(QUALITE, departements.code, qualite.annee, region_choisie(qualite))),
        ]
    )
    phrase = f"Semaine par semaine, {qualite.noeud.nom}."
    semaines = _tabled(qualite, region, phrase, fold=True)
    return section("completude", _TITRES["completude"], [figure, semaines])


def _calendrier(qualite: Qualite, resume: str) -> Component:
    semaines = [w.debut for w in qualite.region]
    par_noeud: dict[tuple[str, str], dict[date, SemaineRecue]] = {}
    for w in (*qualite.region, *qualite.departements):
        par_noeud.setdefault((w.noeud.nom, w.noeud.territoire), {})[w.debut] = w
    entete = [html.Span(), *(html.Span(mois, className="mois") for mois in _mois(semaines))]
    rangees = [
        cellule
        for (nom, _), recues in par_noeud.items()
        for cellule in (html.Span(nom, className="nom"), *(_case(recues.get(lundi)) for lundi in semaines))
    ]
    grille = html.Div([*entete, *rangees], className="calendrier", style={"--semaines": len(semaines)})
    return aria(html.Div(grille, role="img", className="boite-calendrier"), label=resume)


def _mois(semaines: Sequence[date]) -> list[str]:
    """Name of each month above its first week; that of a single one would run into the next."""
    mois = [lundi.month for lundi in semaines]
    return [
        formats.MOIS_COURTS[numero - 1]
        if mois[rang - 1 : rang] != [numero] and mois[rang + 1 : rang + 2] == [numero]
        else ""
        for rang, numero in enumerate(mois)
    ]


def _case(semaine: SemaineRecue | None) -> Component:
    if semaine is None:
        return html.Span(className="case case-vide")
    titre = f"{semaine.noeud.nom}, {formats.semaine(semaine.debut)}\u00a0: {formats.pourcentage(semaine.part)}"
    return html.Span(
        className=f"case case-{tables.week_etat(semaine)}", title=titre, style={"--part": semaine.part or 0}
    )


def _legende() -> Component:
    signes = [
        html.Li(
            [html.Span(className=f"case case-{code}", style={"--part": 0.6 if code == "incomplete" else 1}), libelle]
        )
        for code, libelle in _LEGENDE
    ]
    return html.Ul(signes, className="legende")


def bloc_services(qualite: Qualite, plan: MarkingPlan) -> Component:
    """Services in use that nothing reaches any more."""
    table = tables.services_muets(qualite, plan)
    trouves = count_fr(len(table.lignes), "service s’est tu", "services se sont tus")
    resume = (
        f"{trouves}\u00a0: un zéro qui dure est plus souvent une panne de marquage qu’un abandon."
        if table.lignes
        else "Aucun service en usage ne s’est tu."
    )
    regle = html.P(load_services_muets().texte, className="note")
    return section("services", _TITRES["services"], [_tabled(qualite, table, resume), regle])


def bloc_livraisons(qualite: Qualite, plan: MarkingPlan) -> Component:
    """Who delivered what, when, and how late."""
    if not qualite.commun:
        return _reserve("livraisons")
    resume = (
        f"{phrases.resume_livraisons(qualite.livraisons)} Le tableau montre les {tables.SEMAINES_MONTREES} dernières "
        "semaines livrées\u202f; le fichier CSV a toute l’année."
    )
    corps = _tabled(qualite, tables.livraisons_recentes(qualite, plan), resume, fold=True)
    return section("livraisons", _TITRES["livraisons"], [corps])


def bloc_refus(qualite: Qualite, plan: MarkingPlan) -> Component:
    """What was refused and why, then the codes that the plan doesn't know."""
    if not qualite.commun:
        return _reserve("refus")
    refus, codes = tables.refus(qualite, plan), tables.hors_plan(qualite, plan)
    contenu = [
        _tabled(qualite, refus, phrases.resume_refus(qualite, plan)),
        html.H3("Codes inconnus"),
        _tabled(qualite, codes, phrases.resume_hors_plan(qualite), tete=1),
    ]
    return section("refus", _TITRES["refus"], contenu)


def bloc_controles(qualite: Qualite, plan: MarkingPlan) -> Component:
    """Doubts of the checks; contradictions never get so far."""
    if not qualite.commun:
        return _reserve("controles")
    resume = (
        "Avant chaque publication, des contrôles relisent tous les chiffres. Une contradiction empêche de publier\u202f; "
        "un doute est signalé ici."
    )
    table = tables.controles(qualite, plan)
    if not table.lignes:
        resume = f"{resume} Cette publication n’en a aucun."
    return section("controles", _TITRES["controles"], [_tabled(qualite, table, resume)])
