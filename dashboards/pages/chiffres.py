"""Key figures of any node: visits, users, rate, duration, each with its change since last year.

It must not compute: figures and changes come ready in the Tableau.
"""

from dash.development.base_component import Component

from dashboards.blocs.parts import lien_regroupement
from dashboards.board import Board
from dashboards.components import Texte, etat_mark, key_figure
from dashboards.formats import (
    ESPACE_FINE,
    MOINS,
    duree,
    jour,
    mois,
    nombre,
    points,
    pourcentage,
    semaine,
    variation,
)
from dashboards.phrases import constat as phrases
from dashboards.phrases.noms import libelle_profil
from dashboards.state import CONSTANT
from dashboards.tables.taux import BASES, alertes
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import ANNEE, MOIS, SEMAINE, Constant, Tableau, Taux

MOYENNE = "Moyenne des semaines d’école\u202f: d’une semaine à l’autre, ce sont souvent les mêmes personnes."
SANS_ECART = {
    MOIS: "Pas de comparaison\u00a0: le taux d’un mois dépend de ses jours d’école, que les vacances déplacent d’une année à l’autre.",
    ANNEE: "Pas de comparaison\u00a0: le taux d’une année dépend des semaines déjà passées.",
}
AUCUNE_ECOLE = "Aucune école n’a été ouverte et reçue toutes ces semaines, cette année et l’an dernier."
AUCUNE_SEMAINE = "Aucune semaine d’école complète ne se compare à la même semaine d’école de l’an dernier."
HORS_EFFECTIF = "Préélémentaire\u00a0: hors de l’effectif quand on l’y distingue, mais ses élèves qui viennent comptent parmi les utilisateurs."
SANS_VISITE = "Aucune visite\u202f: il n’y a pas de durée."
SANS_DERNIERE_PAGE = "Sans le temps passé sur la dernière page, qui ne peut pas être connu."


def mesures(board: Board, plan: MarkingPlan) -> list[Component]:
    """Key figures of the span; at constant perimeter, visits alone compare."""
    tableau = board.tableau
    if board.demande.vue.perimetre == CONSTANT:
        return _constant(tableau.synthese.constant, plan)
    return [_visites(tableau, plan), _utilisateurs(tableau, plan), _taux(tableau, plan), _duree(tableau, plan)]


def _visites(tableau: Tableau, plan: MarkingPlan) -> Component:
    visites, synthese, vue = plan.indicateur("visites"), tableau.synthese, tableau.vue
    libelle = f"{visites.libelle} du service" if vue.service else visites.libelle
    valeur = figure_or_etat(synthese.visites, synthese.etat, plan)
    masquees = phrases.sans_masquees(synthese) if vue.periode == SEMAINE and synthese.visites is not None else ""
    notes = [phrases.ecart_visites(synthese.ecart, vue), masquees, phrases.bornes(vue)]
    return key_figure(libelle, valeur, notes, visites.definition)


def figure_or_etat(valeur: int | None, etat: str, plan: MarkingPlan) -> str | Component:
    """A count, or the state that it is missing for."""
    missing = valeur is None and etat != "valeur"
    return etat_mark(etat, plan.libelle("etat", etat)) if missing else nombre(valeur)


def _utilisateurs(tableau: Tableau, plan: MarkingPlan) -> Component:
    utilisateurs, synthese, vue = plan.indicateur("utilisateurs"), tableau.synthese, tableau.vue
    ecart = phrases.ecart_utilisateurs(synthese.ecart)
    if vue.periode == SEMAINE and vue.du != vue.au:
        notes = [ecart, MOYENNE]
        return key_figure(
            f"{utilisateurs.libelle} par semaine", nombre(synthese.utilisateurs_moyens), notes, utilisateurs.definition
        )  # fmt: skip
    suite = {SEMAINE: "de la semaine", MOIS: "du mois", ANNEE: "de l’année"}[vue.periode]
    notes = [ecart, "Personnes distinctes, comptées une fois."]
    valeur = figure_or_etat(synthese.utilisateurs, synthese.etat, plan)
    return key_figure(f"{utilisateurs.libelle} {suite}", valeur, notes, utilisateurs.definition)


def _taux(tableau: Tableau, plan: MarkingPlan) -> Component:
    indicateur = plan.indicateur("taux_utilisation")
    asked = next((t for t in tableau.taux if t.profil == tableau.vue.profil), None)
    if asked is None:
        note = f"Pas d’effectif transmis pour «\u00a0{libelle_profil(plan, tableau.vue.profil)}\u00a0»\u202f: sans lui, pas de taux."
        return key_figure(indicateur.libelle, nombre(None), note, indicateur.definition)
    quand = {MOIS: mois(asked.debut), ANNEE: "année scolaire"}.get(tableau.vue.periode, semaine(asked.debut))
    if asked.taux is None:
        marque = etat_mark(asked.etat, plan.libelle("etat", asked.etat))
        definition = next((etat.definition for etat in plan.etats if etat.code == asked.etat), "")
        notes: list[Texte] = [definition, *lien_regroupement([asked], tableau)]
        return key_figure(f"{indicateur.libelle}, {quand}", marque, notes, indicateur.definition)
    valeur = f"{nombre(asked.taux * 100)} pour 100 élèves" if asked.pour_100_eleves else pourcentage(asked.taux)
    toutes = ["Pour toutes les visites, quel que soit le service."] if tableau.vue.service else []
    lues = [
        _change(asked, tableau),
        *toutes,
        _base(asked),
        *([HORS_EFFECTIF] if asked.ecoles_preelementaire else []),
        *(f"Attention\u00a0: {texte}." for texte in alertes(asked)),
    ]
    return key_figure(f"{indicateur.libelle}, {quand}", valeur, lues, indicateur.definition)


def _base(taux: Taux) -> str:
    compte = f", comptés le {jour(taux.constate_le)}" if taux.constate_le else ""
    return f"{count_fr(taux.utilisateurs, 'utilisateur', 'utilisateurs')} sur {nombre(taux.effectif)} {BASES.get(taux.base, taux.base)}{compte}."


def _change(taux: Taux, tableau: Tableau) -> str:
    if tableau.vue.periode != SEMAINE:
        return SANS_ECART[tableau.vue.periode]
    if taux.precedent is None or taux.taux is None:
        return "Sans équivalent l’an dernier, ou non publié."
    ecart = taux.taux - taux.precedent
    if abs(ecart) < 0.0005:
        return "Stable par rapport à la même semaine d’école de l’an dernier."
    return f"{'+' if ecart > 0 else MOINS}{ESPACE_FINE}{points(ecart)} par rapport à la même semaine d’école de l’an dernier."


def _duree(tableau: Tableau, plan: MarkingPlan) -> Component:
    moyenne, synthese = plan.indicateur("duree_moyenne_s"), tableau.synthese
    ecart = phrases.ecart_duree(synthese.ecart) if synthese.visites != 0 else SANS_VISITE
    notes = [ecart, *_mediane(tableau), SANS_DERNIERE_PAGE]
    valeur = duree(synthese.duree_moyenne_s)
    return key_figure(f"{moyenne.libelle} d’une visite", valeur, notes, moyenne.definition)


def _mediane(tableau: Tableau) -> list[str]:
    """A median exists for a week alone: the most recent whole one."""
    point = tableau.synthese.reference
    if point is None or point.duree_mediane_s is None:
        return []
    return [f"Médiane de la {semaine(point.debut)}\u00a0: {duree(point.duree_mediane_s)}."]


def _constant(constant: Constant | None, plan: MarkingPlan) -> list[Component]:
    visites = plan.indicateur("visites")
    if constant is None or constant.visites is None:
        etat = constant.etat if constant else "sans_equivalent"
        libelle = next((r.libelle for r in (*plan.etats, *plan.evolutions) if r.code == etat), etat)
        note = AUCUNE_ECOLE if constant and constant.semaines else AUCUNE_SEMAINE
        return [key_figure("Évolution à périmètre constant", etat_mark(etat, libelle), note)]
    semaines = f"{count_fr(constant.semaines, 'semaine', 'semaines')} d’école, cette année et l’an dernier"
    semaines += f"\u202f; {nombre(constant.ecartees)} sans comparaison possible." if constant.ecartees else "."
    note = "Par jour d’école, pour les mêmes écoles et les mêmes semaines d’école."
    provisoire = " Provisoire." if constant.provisoire else ""
    return [
        key_figure("Évolution à périmètre constant", variation(constant.evolution), f"{note}{provisoire}"),
        key_figure(f"{visites.libelle} cette année", nombre(constant.visites), semaines, visites.definition),
        key_figure(f"{visites.libelle} l’an dernier", nombre(constant.visites_precedentes), "", visites.definition),
        key_figure("Écoles comparées", nombre(constant.ecoles), phrases.constant_ecoles(constant)),
    ]
