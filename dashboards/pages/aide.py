"""« Aide »: how to read the boards, for each who comes, and how to open the analysts' file.

It must not define a word: definitions are the plan's.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.components import aria, definition_list
from dashboards.formats import espaces
from dashboards.pages.page import Page
from dashboards.pages.roles import ROLES
from dashboards.pages.textes import bullets, part, text_page
from marking_plan import MarkingPlan

_OUVRIR = 'duckdb -readonly "dnma-<n>.duckdb"'
_REQUETE = "SELECT texte FROM LISEZ_MOI ORDER BY ordre;"


def page_aide(plan: MarkingPlan, lisez_moi: Sequence[str]) -> Page:
    """The whole page; `lisez_moi` is what the published file says of itself, empty when nothing is published."""
    liens = [html.Li(html.A(titre, href=f"#{code}")) for code, titre, _ in ROLES]
    sommaire = aria(
        html.Nav(html.Ul([html.Li(html.A("Lire un chiffre", href="#lire")), *liens], className="sommaire")),
        label="Sommaire de l’aide",
    )
    parties = [
        sommaire,
        _lire(plan),
        *(
            part(code, titre, bullets(*lignes), *(_fichier(lisez_moi) if code == "analyste" else []))
            for code, titre, lignes in ROLES
        ),
    ]
    intro = (
        "Ces pages disent combien l’ENT des écoles est utilisé, par qui et pour quoi, sans rien garder d’une personne."
    )
    return text_page("Aide", intro, parties)


_A_SAVOIR = (
    ("Une visite", " réunit les actions d’une personne dans une école, sans pause de trente minutes."),
    (
        "Des utilisateurs ne s’additionnent jamais",
        "\u00a0: ni d’une semaine à l’autre, ni d’une école à l’autre, ni d’un service à l’autre. Ce sont souvent les mêmes personnes.",
    ),
    (
        "La durée",
        " va de la première à la dernière action\u00a0: le temps passé sur la dernière page ne peut pas être connu.",
    ),
    (
        "Une semaine se compare",
        " à la même semaine d’école de l’année précédente, par jour d’école. Une semaine incomplète ne se compare pas\u202f; une semaine provisoire se compare, et le dit.",
    ),
    ("L’adresse garde tout", "\u00a0: période, profil et ordre y sont écrits. Copiez-la pour montrer la même vue."),
)
_CHAQUE_PAGE = (
    "Chaque page dit à quel instant ses chiffres sont arrêtés\u202f; ils s’arrêtent à la veille. Chaque graphique a une phrase qui le "
    "résume, un tableau qui a les mêmes chiffres et un fichier CSV."
)
_ETATS = ("valeur", "secret", "non_recu", "presume", "non_ouverte")


def _lire(plan: MarkingPlan) -> Component:
    etats = {etat.code: etat for etat in plan.etats}
    lus = definition_list((etats[code].libelle, espaces(etats[code].definition)) for code in _ETATS)
    definitions = html.A("Toutes les définitions", href="/definitions")
    croire = html.A("Puis-je croire les chiffres\u202f?", href="/qualite")
    return part(
        "lire",
        "Lire un chiffre",
        _CHAQUE_PAGE,
        bullets(*(html.Span([html.Strong(mot), suite]) for mot, suite in _A_SAVOIR)),
        html.H3("Ce que dit l’état d’un chiffre"),
        lus,
        html.P([definitions, " · ", croire]),
    )


def _fichier(lisez_moi: Sequence[str]) -> list[Component]:
    ouverture = [
        html.H3("Ouvrir le fichier"),
        html.P("Toujours en lecture seule, avec tout outil fondé sur DuckDB 1.2 ou plus récent\u00a0:"),
        html.Pre(html.Code(f"{_OUVRIR}\n{_REQUETE}")),
        html.P(
            [
                "En Python\u00a0: ",
                html.Code("duckdb.connect(fichier, read_only=True)"),
                ". Chaque table, vue et colonne porte un commentaire. Citez le numéro de la publication avec tout chiffre repris.",
            ]
        ),
    ]
    if not lisez_moi:
        return ouverture
    return [
        *ouverture,
        html.H3("LISEZ_MOI du fichier en vigueur"),
        html.Ol([html.Li(texte) for texte in lisez_moi], className="puces"),
    ]
