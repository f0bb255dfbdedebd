"""« Protection »: what the DPD asks of the publication in force and of what is kept.

It must not draw or count: blocks in order.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.blocs.publication import choose_year, notes, tabled, unknown_year
from dashboards.components import data_table, definition_list, notice, section
from dashboards.formats import espaces
from dashboards.pages.page import SITE, Page
from dashboards.phrases import protection as phrases
from dashboards.phrases.publication import EXACTE
from dashboards.state import PROTECTION
from dashboards.tables import Colonne, Ligne, Table
from dashboards.tables import protection as tables
from marking_plan import MarkingPlan
from marking_plan.exploitant import Destinataire, Exploitant
from metrics.tableau.protection import Protection

MOTS = (
    (
        "Case",
        "Un chiffre publié\u00a0: une période, un territoire, un profil, une modalité. Les cases nulles ne sont pas comptées ici.",
    ),
    (
        "Case masquée",
        "Case à l’état «\u00a0secret statistique\u00a0»\u00a0: trop peu de personnes, ou une voisine dont on déduirait une autre case.",
    ),
    (
        "Visites sans chiffre à ce niveau",
        "Part des visites de la région que les cases publiées de ce niveau ne montrent pas\u202f; pour les détails, en moyenne des "
        "coupes qui partagent les visites. Calculée sur les seuls chiffres publiés.",
    ),
    (
        "Utilisateurs masqués",
        "Leur part n’est pas donnée\u00a0: des utilisateurs ne s’additionnent pas, et les chiffres publiés ne permettent pas de la "
        "calculer.",
    ),
    (
        "Semaine scellée",
        "Ses comptes sont gardés, ses événements et sa clé sont détruits\u00a0: plus rien n’y désigne une personne.",
    ),
)


def page_protection(
    protection: Protection, plan: MarkingPlan, exploitant: Exploitant, asked: str | None = None
) -> Page:
    """Whole page of a school year; `asked` is the one that the address names."""
    contenu = [
        html.P(
            "Pour le délégué ou la déléguée à la protection des données, et pour qui cherche pourquoi un chiffre est masqué",
            className="surtitre",
        ),
        html.H1("Protection"),
        html.P(phrases.constat(protection, plan), className="constat"),
        *notice(unknown_year(asked, protection.annee)),
        choose_year(PROTECTION, protection.annees, protection.annee),
        _politique(protection),
        _masques(protection, plan),
        _bloc(
            protection,
            "regroupements",
            "Petits territoires",
            tables.regroupements(protection, plan),
            phrases.resume_regroupements(protection),
        ),
        _ouvertes(protection, plan),
        _conservation(protection, plan),
        _destinataires(exploitant.destinataires),
        _essais(protection, plan, exploitant),
        notes("Les mots de cette page", MOTS),
    ]
    return Page(f"Protection – {protection.annee} – {SITE}", contenu)


def _bloc(protection: Protection, code: str, titre: str, table: Table, resume: str, fold: bool = False) -> Component:
    return section(code, titre, [tabled(PROTECTION, protection.annee, table, resume, fold=fold)])


def _politique(protection: Protection) -> Component:
    politique = protection.politique
    seuils = phrases.seuils(politique)
    inconnue = (
        "Cette version de la politique n’est plus connue du moteur\u00a0: publiez de nouveau pour en lire les seuils."
    )
    sans = html.P("" if politique.nom == EXACTE else inconnue)
    suite = definition_list(seuils) if seuils else sans
    return section("politique", "La politique en vigueur", [html.P(f"{espaces(politique.libelle)}."), suite])


def _masques(protection: Protection, plan: MarkingPlan) -> Component:
    visites = "La même chose en visites\u00a0: ce que les chiffres publiés d’un niveau ne montrent pas des visites de la région."
    contenu = [
        tabled(
            PROTECTION, protection.annee, tables.masques(protection, plan), phrases.resume_masques(protection, plan)
        ),
        tabled(PROTECTION, protection.annee, tables.visites_masquees(protection, plan), visites),
        tabled(PROTECTION, protection.annee, tables.cases(protection, plan), "Les nombres de cases.", fold=True),
    ]
    return section("masques", "Ce qui est masqué", contenu)


def _ouvertes(protection: Protection, plan: MarkingPlan) -> Component:
    table = tables.periodes_ouvertes(protection, plan)
    note = html.P(
        "Ces pages ne lisent ni les clés ni les événements. «\u00a0dnma check\u00a0» vérifie que chaque clé attendue existe et "
        "qu’aucune autre ne reste.",
        className="note",
    )
    corps = tabled(PROTECTION, protection.annee, table, phrases.resume_ouvertes(protection), fold=True)
    return section("ouvertes", "Ce qui est encore ouvert", [corps, note])


def _conservation(protection: Protection, plan: MarkingPlan) -> Component:
    table = tables.conservation(protection, plan)
    note = html.P(
        "Une date vient du nom des dossiers, ou de la dernière écriture d’un fichier. «\u00a0dnma purge --a-blanc\u00a0» relit le "
        "contenu\u00a0: c’est lui qui fait preuve.",
        className="note",
    )
    corps = tabled(PROTECTION, protection.annee, table, phrases.resume_conservation(protection))
    return section("conservation", "Ce qui est gardé, et combien de temps", [corps, note])


def _destinataires(destinataires: Sequence[Destinataire]) -> Component:
    lignes = tuple(Ligne((d.nom, espaces(d.recoit), espaces(d.pourquoi))) for d in destinataires)
    colonnes = (Colonne("Destinataire"), Colonne("Reçoit"), Colonne("Pourquoi"))
    table = Table("destinataires", "Destinataires", colonnes, lignes)
    phrase = html.P("Liste à vérifier par rapport au registre des traitements\u202f; l’exploitant la règle.")
    return section("destinataires", "Qui reçoit quoi", [phrase, data_table(table)])


def _essais(protection: Protection, plan: MarkingPlan, exploitant: Exploitant) -> Component:
    limite = (
        "Ce qu’une personne sait par ailleurs (ses propres visites, les données ouvertes nationales, qui ne sont pas masquées) n’est "
        "pas essayé ici. Tant qu’une case est retrouvée, ne diffusez pas le fichier hors des services."
    )
    lien = (
        [html.P(html.A("Documentation du moteur\u00a0: résultats et limites", href=exploitant.documentation))]
        if exploitant.documentation
        else [
            html.P(
                ["Tous les résultats\u00a0: ", html.Code("bench/RESULTS.md"), ", dans les sources du moteur."],
                className="note",
            )
        ]
    )
    corps = tabled(PROTECTION, protection.annee, tables.essais(protection, plan), phrases.resume_essais(protection))
    contenu = [*_reserves(protection, plan), corps, html.P(limite, className="note"), *lien]
    return section("essais", "Les masques tiennent-ils\u202f?", contenu)


def _reserves(protection: Protection, plan: MarkingPlan) -> list[Component]:
    note = html.P(
        "Ce nombre porte sur chaque période prise seule, jours compris dans leur semaine\u202f; il est plutôt trop haut, car un masque "
        "ajouté pour une case peut en cacher une autre.",
        className="note",
    )
    table = tables.reserves(protection, plan)
    return [tabled(PROTECTION, protection.annee, table, phrases.resume_reserves(protection), fold=True), note]
