"""Accessible building bricks made of native HTML: tables, bars, forms, key figures.

They must not know the Tableau: they are given tables, labels and addresses.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from dash import dcc
from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.tables import Colonne, Manque, Table, Valeur, find_display

C = TypeVar("C", bound=Component)
Texte = Component | str | list[Component | str]
A_CHERCHER = "École, commune, UAI…"
Options = Sequence[tuple[str, str]]


def aria(composant: C, **attributs: str) -> C:
    """The same component with aria-* attributes, which Dash's signatures can't name."""
    for nom, valeur in attributs.items():
        setattr(composant, f"aria-{nom}", valeur)
    return composant


def data(composant: C, **attributs: str) -> C:
    """The same component with data-* attributes, read by the scripts of assets."""
    for nom, valeur in attributs.items():
        setattr(composant, f"data-{nom}", valeur)
    return composant


def section(identifiant: str, titre: str, contenu: list[Component]) -> Component:
    """A titled part of the page, that a link may point at."""
    entete = html.H2(titre, id=f"titre-{identifiant}")
    partie = html.Section([entete, html.Div(contenu, className="contenu")], id=identifiant)
    return aria(partie, labelledby=f"titre-{identifiant}")


def hidden(texte: str) -> Component:
    """Words for who hears the page, where who sees it has their place in the page."""
    return html.Span(texte, className="lecture")


def csv_link(table: Table, href: str) -> Component:
    """The file of a table; its name says which table, for who hears links out of context."""
    return html.A(["Télécharger en CSV", hidden(f"\u00a0: {table.titre}")], href=href, className="csv")


def scroll_box(contenu: Component, nom: str) -> Component:
    """A box that scrolls by itself, by keyboard too, so that the page never scrolls sideways."""
    return aria(html.Div(contenu, className="boite", tabIndex="0", role="region"), label=nom)


def data_table(
    table: Table,
    tete: int = 0,
    heading: Callable[[Colonne], Component | str] = lambda colonne: colonne.titre,
    row_name: Callable[[int, str], Component | str] = lambda rang, texte: texte,
    tri: Callable[[Colonne], str | None] = lambda colonne: None,
    extra: tuple[str, Callable[[int], Component]] | None = None,
) -> Component:
    """HTML of a table. `tete` names the row; `extra` draws, in the last column, what columns that only files hold say."""
    montrees = [(i, colonne) for i, colonne in enumerate(table.colonnes) if colonne.ou != "fichier"]
    colonnes = [_heading(colonne, heading(colonne), tri(colonne)) for _, colonne in montrees]
    place = [i for i, _ in montrees].index(tete)
    name = find_display(table.colonnes[tete].genre)
    draw = [(i, _cells_of(colonne)) for i, colonne in montrees]
    lignes = []
    for rang, ligne in enumerate(table.lignes):
        cellules = [cell(ligne.cellules[i], ligne.etat) for i, cell in draw]
        nom = row_name(rang, name(ligne.cellules[tete]))
        cellules[place] = html.Th(nom, scope="row")
        drawn = [html.Td(extra[1](rang))] if extra else []
        lignes.append(html.Tr([*cellules, *drawn], className=f"etat-{ligne.etat}"))
    fin = [html.Th(extra[0], scope="col")] if extra else []
    corps = html.Table(
        [html.Caption(table.titre), html.Thead(html.Tr([*colonnes, *fin])), html.Tbody(lignes)],
        className="donnees",
    )
    return scroll_box(corps, f"Tableau\u00a0: {table.titre}")


def folded_table(table: Table, titre: str = "Voir les chiffres", tete: int = 0) -> Component:
    """A table that opens on demand, beside what says the same."""
    return html.Details([html.Summary(titre), data_table(table, tete=tete)])


def _heading(colonne: Colonne, contenu: Component | str, tri: str | None) -> Component:
    cellule = html.Th(contenu, scope="col", className=_classes(colonne), title=colonne.aide or None)
    return aria(cellule, sort=tri) if tri else cellule


def _cells_of(colonne: Colonne) -> Callable[[Valeur, str], Component]:
    """What draws the cells of a column: a page has a thousand, and what they share is settled once."""
    genre, spell = colonne.genre, find_display(colonne.genre)
    classes, manque = _classes(colonne), _classes(colonne, "manque")

    def cell(valeur: Valeur, etat: str) -> Component:
        texte = spell(valeur)
        if isinstance(valeur, Manque):
            return html.Td(etat_mark(valeur.etat, texte), className=manque)
        if genre == "etat":
            return html.Td(etat_mark(etat, texte))
        if genre == "part":
            return html.Td(html.Span(texte), className="part", style={"--part": _portion(valeur)})
        return html.Td(texte, className=classes)

    return cell


def _classes(colonne: Colonne, genre: str = "") -> str:
    """For the style sheets: the kind of a value, and where it is left out."""
    return f"{genre or colonne.genre}{' ecran' if colonne.ou == 'ecran' else ''}"


def _portion(valeur: Valeur) -> float:
    return valeur if isinstance(valeur, float) else 0.0


def etat_mark(etat: str, libelle: str) -> Component:
    """A state told by a sign and a word, never by colour alone."""
    return html.Span(libelle, className=f"marque marque-{etat}")


def select(nom: str, libelle: str, options: Options, choisi: str, grises: Collection[str] = ()) -> Component:
    """A labelled native list; what can't be chosen here is greyed, its text says why."""
    choix = [_option(valeur, texte, valeur == choisi, valeur in grises) for valeur, texte in options]
    return html.Div(
        [html.Label(libelle, htmlFor=f"champ-{nom}"), html.Select(choix, name=nom, id=f"champ-{nom}")],
        className=f"champ champ-{nom}",
    )


def _option(valeur: str, texte: str, choisi: bool, grise: bool) -> Component:
    option = html.Option(texte, value=valeur)
    for nom, vrai in (("selected", choisi), ("disabled", grise)):
        if vrai:
            setattr(option, nom, True)
    return option


def search_form(identifiant: str, nom: str, texte: str = "") -> Component:
    """Native form that leads to the search page. Two may live on one page: each has its own id and name."""
    champ = dcc.Input(id=identifiant, name="q", type="search", value=texte, autoComplete="off", placeholder=A_CHERCHER)
    bouton = html.Button("Chercher", type="submit")
    etiquette = html.Label(
        "Nom d’école, de commune, de circonscription ou de regroupement, ou UAI",
        htmlFor=identifiant,
        className="lecture",
    )
    champs = [etiquette, champ, bouton]
    return aria(html.Form(champs, action="/recherche", method="get", role="search", className="recherche"), label=nom)


def definition_list(definis: Iterable[tuple[Texte, Texte]], classe: str = "definitions") -> Component:
    """Words and what is said of each."""
    return html.Dl([html.Div([html.Dt(mot), html.Dd(sens)]) for mot, sens in definis], className=classe)


def key_figure(libelle: str, valeur: str | Component, note: str | Sequence[Texte] = "", aide: str = "") -> Component:
    """One headline figure; its notes say what it is and isn't, `aide` is its definition."""
    phrases = [note] if isinstance(note, str) else note
    notes = [html.Dd(phrase, className="note") for phrase in phrases if phrase]
    return html.Div([html.Dt(libelle, title=aide or None), html.Dd(valeur, className="valeur"), *notes])


def notice(phrases: Sequence[str]) -> list[Component]:
    """What the reader must know before the figures: refused values of the address, most often."""
    return [html.Div([html.P(phrase) for phrase in phrases], className="avis", role="status")] if phrases else []
