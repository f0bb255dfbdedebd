"""Blocks of pages about a whole publication: a sentence, its table, folded when long, and its CSV file.

They must not lay out a page, nor compute.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import aria, csv_link, data_table, definition_list, folded_table, section, select
from dashboards.state import href_page_csv
from dashboards.tables import Table


def tabled(
    page: str, annee: str, table: Table, resume: str, *, tete: int = 0, fold: bool = False, region: str = ""
) -> Component:
    """A table under the sentence that sums it up; the sentence alone when it has no row."""
    if not table.lignes:
        return html.P(resume, className="vide")
    corps = folded_table(table, tete=tete) if fold else data_table(table, tete=tete)
    return html.Figure(
        [html.Figcaption(resume), corps, csv_link(table, href_page_csv(page, table.code, annee, region))]
    )


def choose_year(page: str, annees: Sequence[str], annee: str, *autres: Component) -> Component:
    """Form that reads the same page of another school year, after the other choices of the page."""
    champs = [
        *autres,
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
    lien = html.P(html.A("Toutes les définitions", href="/definitions"))
    return section("lecture", titre, [definition_list(definis), lien])
