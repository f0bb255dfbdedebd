"""Blocks of pages about a whole publication: a sentence, its table, folded when long, and its CSV file.

They must not lay out a page, nor compute.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import aria, data_table, select
from dashboards.state import href_page_csv
from dashboards.tables import Table


def tabled(page: str, annee: str, table: Table, resume: str, *, tete: int = 0, fold: bool = False) -> Component:
    """A table under the sentence that sums it up; the sentence alone when it has no row."""
    if not table.lignes:
        return html.P(resume, className="vide")
    corps = data_table(table, tete=tete)
    plie = html.Details([html.Summary("Voir les chiffres"), corps]) if fold else corps
    return html.Figure([html.Figcaption(resume), plie, csv_link(page, annee, table)])


def csv_link(page: str, annee: str, table: Table) -> Component:
    """The file of a table; its name says which table, for who hears links out of context."""
    suite = html.Span(f"\u00a0: {table.titre}", className="lecture")
    return html.A(["Télécharger en CSV", suite], href=href_page_csv(page, table.code, annee), className="csv")


def choose_year(page: str, annees: Sequence[str], annee: str) -> Component:
    """Form that reads the same page of another school year."""
    champs = [
        select("annee", "Année scolaire", [(a, a) for a in annees], annee),
        html.Button("Afficher", type="submit"),
    ]
    return aria(html.Form(champs, action=f"/{page}", method="get", className="filtres"), label="Année scolaire")


def unknown_year(asked: str | None, annee: str) -> list[str]:
    """What is said when the address asks for a year that isn't published."""
    if not asked or asked == annee:
        return []
    return [f"L’année scolaire «\u00a0{asked}\u00a0» n’est pas publiée\u202f: {annee} est affichée."]


def notes(titre: str, definis: Sequence[tuple[str, str]]) -> Component:
    """Words of the page and what they mean, where they are read."""
    liste = [html.Div([html.Dt(nom), html.Dd(definition)]) for nom, definition in definis]
    corps = html.Div(
        [html.Dl(liste, className="definitions"), html.P(html.A("Toutes les définitions", href="/definitions"))],
        className="contenu",
    )
    partie = html.Section([html.H2(titre, id="titre-lecture"), corps], id="lecture")
    return aria(partie, labelledby="titre-lecture")
