"""Definitions of every word of the boards, straight from the marking plan and from the pages that show the word.

It must not define anything itself.
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import aria, definition_list, section
from dashboards.formats import espaces
from dashboards.pages import protection, qualite
from dashboards.pages.page import SITE, Page
from marking_plan import MarkingPlan
from marking_plan.accompagnements import load_natures
from marking_plan.phrases import describe_coupe, describe_indicateur
from marking_plan.silences import load_services_muets


class Defini(Protocol):
    """A record of the plan that carries its own words."""

    @property
    def code(self) -> str: ...
    @property
    def libelle(self) -> str: ...
    @property
    def definition(self) -> str: ...


class Fiche(NamedTuple):
    """The same, its words put together from several fields of the plan."""

    code: str
    libelle: str
    definition: str


def page_definitions(plan: MarkingPlan) -> Page:
    """One section a list of the plan."""
    indicateurs = [Fiche(i.code, i.libelle, describe_indicateur(plan, i)) for i in plan.indicateurs]
    rubriques: tuple[tuple[str, str, Iterable[Defini]], ...] = (
        ("indicateurs", "Indicateurs", indicateurs),
        ("periodes", "Périodes", plan.periodes),
        ("etats", "États d’un chiffre", plan.etats),
        ("profils", "Profils", plan.profils),
        ("groupes", "Groupes de profils", plan.groupes),
        ("familles", "Familles de services", plan.familles),
    )
    familles = tuple(
        (
            f"services-{f.code}",
            f"Services\u00a0: {f.libelle}",
            [s for s in plan.services if s.famille == f.code],
        )
        for f in plan.familles
    )
    suite: tuple[tuple[str, str, Iterable[Defini]], ...] = (
        ("coupes", "Découpages", [Fiche(c.code, c.libelle, describe_coupe(plan, c)) for c in plan.coupes]),
        ("appareils", "Appareils", plan.appareils),
        ("systemes", "Systèmes", plan.systemes),
        ("navigateurs", "Navigateurs", plan.navigateurs),
        ("moments", "Moments", plan.moments),
        ("types", "Types de service", plan.types),
        ("ecoles", "Types d’école et secteurs", (*plan.types_ecole, *plan.secteurs)),
        ("causes", "Écoles à accompagner", plan.causes),
        ("accompagnements", "Accompagnements d’une école", load_natures()),
        ("evolutions", "Évolutions sans rapport", plan.evolutions),
        ("motifs", "Motifs de refus d’une ligne reçue", plan.motifs),
        ("qualite", "Qualité des données", [*_fiches(qualite.MOTS), _muet()]),
        ("protection", "Protection des petits effectifs", _fiches(protection.MOTS)),
    )
    toutes = (*rubriques, *familles, *suite)
    sommaire = html.Ul([html.Li(html.A(titre, href=f"#{code}")) for code, titre, _ in toutes], className="sommaire")
    intro = html.P(f"Plan de marquage, version {plan.version}.", className="constat")
    menu = aria(html.Nav(sommaire), label="Sommaire des définitions")
    return Page(f"Définitions – {SITE}", [html.H1("Définitions"), intro, menu, *(_rubrique(*r) for r in toutes)])


def _fiches(mots: Iterable[tuple[str, str]]) -> list[Fiche]:
    """Words of a page, which have no code."""
    return [Fiche("", nom, definition) for nom, definition in mots]


def _muet() -> Fiche:
    return Fiche("", "Service devenu muet", load_services_muets().texte)


def _rubrique(code: str, titre: str, definis: Iterable[Defini]) -> Component:
    return section(code, titre, [definition_list((_mot(d), espaces(d.definition)) for d in definis)])


def _mot(defini: Defini) -> list[Component | str]:
    return [defini.libelle, *([html.Span(defini.code, className="code")] if defini.code else [])]
