"""The form of a board: period, profile and other choices, a native GET form whose answer is an address.

It must not judge what may be chosen: the Offre says so.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.board import Board
from dashboards.components import aria, select
from dashboards.demande import publishes_services
from dashboards.formats import jour_court, majuscule, mois
from dashboards.phrases.noms import libelle_profil
from dashboards.state import CONSTANT, REEL, href_noeud
from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.tableau import ANNEE, MOIS, SEMAINE, AnneeOffre

PERIODES = ((SEMAINE, "Des semaines"), (MOIS, "Un mois"), (ANNEE, "L’année scolaire"))
PERIMETRES = ((REEL, "Toutes les écoles"), (CONSTANT, "Écoles ouvertes et reçues les deux années"))


def form(board: Board, plan: MarkingPlan) -> Component:
    """What was chosen, and what else may be; what may not is greyed with its reason."""
    vue, offre = board.demande.vue, board.tableau.offre
    annee = offre.find_annee(annee_scolaire(vue.au))
    bouton = html.Button("Afficher", type="submit")
    whole = SEMAINE in offre.periodes
    choix = [_profil(board, annee, plan), bouton, _plus(board, plan)] if whole else [bouton]
    champs = [*_periode(board, annee), *choix]
    action = href_noeud(vue.niveau, vue.territoire)
    return aria(html.Form(champs, action=action, method="get", className="filtres"), label="Période et profil")


def _periode(board: Board, annee: AnneeOffre | None) -> list[Component]:
    vue, offre = board.demande.vue, board.tableau.offre
    annees = [(a.annee, a.annee if a.finie else f"{a.annee} (en cours)") for a in reversed(offre.annees)]
    absentes = {a.annee for a in offre.annees if not a.profils}
    semaines = [(lundi.isoformat(), jour_court(lundi)) for lundi in annee.semaines] if annee else []
    months = [(f"{debut:%Y-%m}", mois(debut)) for debut in annee.mois] if annee else []
    du, au = (vue.du, vue.au) if vue.periode == SEMAINE or annee is None else (annee.semaines[0], annee.semaines[-1])
    semaine = [
        select("du", "De la semaine du", semaines, du.isoformat()),
        select("au", "À la semaine du", semaines, au.isoformat()),
    ]
    periodes = [(code, libelle) for code, libelle in PERIODES if code in offre.periodes]
    return [
        select("annee", "Année scolaire", annees, annee_scolaire(vue.au), absentes - {annee_scolaire(vue.au)}),
        select("periode", "Période", periodes, vue.periode, () if months else (MOIS,)),
        *(semaine if SEMAINE in offre.periodes else []),
        select("mois", "Mois", months, f"{vue.du:%Y-%m}" if vue.periode == MOIS else months[-1][0] if months else ""),
    ]


def _profil(board: Board, annee: AnneeOffre | None, plan: MarkingPlan) -> Component:
    """Published profiles first; then those that are counted together with others here, greyed."""
    publies = [profil.code for profil in annee.profils] if annee else []
    ordre = ("tous", *(p.code for p in plan.profils), *(g.code for g in plan.groupes if g.code != "tous"))
    connus = [code for code in ordre if code in publies] or [board.demande.vue.profil]
    caches = [code for code in ordre if code not in connus]
    options = [(code, libelle_profil(plan, code)) for code in connus]
    options += [(code, f"{libelle_profil(plan, code)} ({_pourquoi(code, publies, plan)})") for code in caches]
    return select("profil", "Profil", options, board.demande.vue.profil, caches)


def _pourquoi(code: str, publies: list[str], plan: MarkingPlan) -> str:
    """In which published group a profile is counted here."""
    membres = next((g.profils for g in plan.groupes if g.code == code), (code,))
    avec = [g for g in plan.groupes if g.code in publies and set(membres) < set(g.profils)]
    if not avec:
        return "non publié ici"
    plus_petit = min(avec, key=lambda g: len(g.profils))
    return (
        "compté ici dans le total"
        if plus_petit.code == "tous"
        else f"compté ici avec «\u00a0{plus_petit.libelle}\u00a0»"
    )


def _plus(board: Board, plan: MarkingPlan) -> Component:
    """Choices that a Monday's reading does without, with a button of their own; open when one of them is made."""
    vue, offre = board.demande.vue, board.tableau.offre
    champs = [_service(board, plan)]
    if len(offre.niveaux) > 1:
        detail = [(niveau, majuscule(plan.pluriel_niveau(niveau))) for niveau in offre.niveaux]
        champs.append(select("detail", "Détail du territoire", detail, vue.detail or offre.niveaux[0]))
    if vue.niveau != "uai":
        champs.append(select("perimetre", "Comparer", PERIMETRES, vue.perimetre))
    choisi = bool(vue.service or vue.detail or vue.perimetre != REEL)
    champs.append(html.Button("Afficher", type="submit"))
    return html.Details([html.Summary("Plus de choix"), html.Div(champs)], open=choisi, className="plus")


def _service(board: Board, plan: MarkingPlan) -> Component:
    vue, offre = board.demande.vue, board.tableau.offre
    publie = publishes_services(offre, vue)
    tous = "Toutes les visites" if publie else "Toutes les visites (services non publiés par semaine ici)"
    vus = {s.code for s in board.tableau.services if s.visites} | {vue.service}
    services = [(s.code, s.libelle) for s in plan.services if s.degre != "second" or s.code in vus]
    grises = () if publie else [code for code, _ in services]
    return select("service", "Service", [("", tous), *services], vue.service, grises)
