"""Definitions of every word of the boards, straight from the marking plan.

It must not define anything itself.
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from dash import html
from dash.development.base_component import Component

from dashboards.components import aria
from dashboards.pages.page import SITE, Page
from marking_plan import MarkingPlan
from marking_plan.phrases import describe_coupe, describe_indicateur


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
        ("motifs", "Motifs de refus d’une ligne reçue", plan.motifs),
    )
    toutes = (*rubriques, *familles, *suite)
    sommaire = html.Ul([html.Li(html.A(titre, href=f"#{code}")) for code, titre, _ in toutes], className="sommaire")
    intro = html.P(f"Plan de marquage, version {plan.version}.", className="constat")
    menu = aria(html.Nav(sommaire), label="Sommaire des définitions")
    return Page(f"Définitions – {SITE}", [html.H1("Définitions"), intro, menu, *(_rubrique(*r) for r in toutes)])


def _rubrique(code: str, titre: str, definis: Iterable[Defini]) -> Component:
    liste = [
        html.Div([html.Dt([d.libelle, html.Span(d.code, className="code")]), html.Dd(d.definition)]) for d in definis
    ]
    corps = html.Div(html.Dl(liste, className="definitions"), className="contenu")
    return aria(html.Section([html.H2(titre, id=f"titre-{code}"), corps], id=code), labelledby=f"titre-{code}")
