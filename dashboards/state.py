"""The address is the state: reads which page a path names, and writes the URL of a Vue.

It must not read figures nor build components; demande.py reads a Vue back.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, quote, unquote, urlencode

from marking_plan.semaines import annee_scolaire
from metrics.tableau import MOIS, SEMAINE, Vue

ACCUEIL, RECHERCHE, DEFINITIONS, NOEUD = "accueil", "recherche", "definitions", "noeud"
QUALITE, PROTECTION, AIDE = "qualite", "protection", "aide"
ACCESSIBILITE, DONNEES_PERSONNELLES = "accessibilite", "donnees-personnelles"
MENTIONS_LEGALES, ECOCONCEPTION = "mentions-legales", "ecoconception"
PAGES_SIMPLES = {
    "": ACCUEIL,
    "recherche": RECHERCHE,
    "definitions": DEFINITIONS,
    "qualite": QUALITE,
    "protection": PROTECTION,
    "aide": AIDE,
    "accessibilite": ACCESSIBILITE,
    "donnees-personnelles": DONNEES_PERSONNELLES,
    "mentions-legales": MENTIONS_LEGALES,
    "ecoconception": ECOCONCEPTION,
}
CONSTANT, REEL = "constant", "reel"
FICHIER = "/fichier"  # the published file, whole
_ECRITES = 256  # query strings kept: a page writes those of its own view dozens of times


@dataclass(frozen=True, slots=True)
class Route:
    """Which page a path names; `niveau` and `territoire` are empty but for a node's board."""

    page: str
    niveau: str = ""
    territoire: str = ""


def parse_route(pathname: str | None) -> Route | None:
    """Page named by a path, or None: there is no such page."""
    morceaux = [unquote(morceau) for morceau in (pathname or "/").strip("/").split("/")]
    match morceaux:
        case [seul] if seul in PAGES_SIMPLES:
            return Route(PAGES_SIMPLES[seul])
        case ["territoire", niveau, territoire] if niveau != "uai" and territoire:
            return Route(NOEUD, niveau, territoire)
        case ["ecole", uai] if uai:
            return Route(NOEUD, "uai", uai.upper())
        case _:
            return None


def parse_champs(search: str | None) -> dict[str, str]:
    """First value of each field of a query string."""
    return {nom: valeurs[0].strip() for nom, valeurs in parse_qs((search or "").lstrip("?")).items()}


def href_vue(vue: Vue) -> str:
    """Address of a view: everything that it asks for, and nothing else."""
    return f"{_chemin(vue.niveau, vue.territoire)}?{_filtres(vue)}"


def href_noeud(niveau: str, territoire: str, vue: Vue | None = None) -> str:
    """Address of a node's board, keeping of `vue` what another node may answer too."""
    chemin = _chemin(niveau, territoire)
    return chemin if vue is None else f"{chemin}?{_portables(niveau, vue)}"


def href_tri(vue: Vue, tri: str) -> str:
    """Same board, its children in another order."""
    return f"{href_vue(vue)}&{urlencode({'tri': tri})}#enfants"


def href_csv(bloc: str, vue: Vue) -> str:
    """The CSV file of one block of a board."""
    return f"/csv/{bloc}?{_champs(vue)}"


def href_classeur(vue: Vue) -> str:
    """The spreadsheet of a whole board."""
    return f"/xlsx?{_champs(vue)}"


def href_notice(vue: Vue) -> str:
    """Where the figures of a board come from, as a text."""
    return f"/lisez-moi?{_champs(vue)}"


@lru_cache(_ECRITES)
def _champs(vue: Vue) -> str:
    return f"{urlencode({'niveau': vue.niveau, 'territoire': vue.territoire})}&{_filtres(vue)}"


def href_page_csv(page: str, bloc: str, annee: str, region: str = "") -> str:
    """The CSV file of one block of a page about a whole publication, or one région of it."""
    return f"/csv/{page}/{bloc}?{urlencode({'annee': annee, **({'region': region} if region else {})})}"


@lru_cache(_ECRITES)
def _filtres(vue: Vue) -> str:
    """A view's query string; fields left at their usual value aren't written."""
    choix = {"service": vue.service, "detail": vue.detail, "perimetre": vue.perimetre if vue.perimetre != REEL else ""}
    champs = {**_periode(vue), "profil": vue.profil, **{nom: valeur for nom, valeur in choix.items() if valeur}}
    return urlencode(champs)


def _chemin(niveau: str, territoire: str) -> str:
    return f"/ecole/{quote(territoire)}" if niveau == "uai" else f"/territoire/{niveau}/{quote(territoire, safe='')}"


def _periode(vue: Vue) -> dict[str, str]:
    champs = {"annee": annee_scolaire(vue.au), "periode": vue.periode}
    if vue.periode == SEMAINE:
        return {**champs, "du": vue.du.isoformat(), "au": vue.au.isoformat()}
    return {**champs, "mois": f"{vue.du:%Y-%m}"} if vue.periode == MOIS else champs


@lru_cache(_ECRITES)
def _portables(niveau: str, vue: Vue) -> str:
    """From a territory's weeks a school opens on its own month, for it publishes its cuts by month."""
    if niveau == "uai" and vue.niveau != "uai" and vue.periode != MOIS:
        return urlencode({"profil": vue.profil})
    perimetre = {"perimetre": vue.perimetre} if vue.perimetre != REEL and niveau != "uai" else {}
    return urlencode({**_periode(vue), "profil": vue.profil, **perimetre})
