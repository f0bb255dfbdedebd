"""The address is the state: reads a Vue from a URL and writes the URL of a Vue, with a French word on what it refused.

It must not read figures nor build components. An unknown value never fails: it falls back and says so.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, quote, unquote, urlencode

from metrics.tableau import Periode, Vue

ACCUEIL, RECHERCHE, DEFINITIONS, NOEUD = "accueil", "recherche", "definitions", "noeud"
PAGES_SIMPLES = {"": ACCUEIL, "recherche": RECHERCHE, "definitions": DEFINITIONS}
TRI_DEFAUT = "nom"


@dataclass(frozen=True, slots=True)
class Route:
    """Which page a path names; `niveau` and `territoire` are empty but for a node's board."""

    page: str
    niveau: str = ""
    territoire: str = ""


@dataclass(frozen=True, slots=True)
class Demande:
    """A view as it can be answered, the order of its children, and what had to be refused."""

    vue: Vue
    tri: str = TRI_DEFAUT
    avertissements: tuple[str, ...] = ()


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


def parse_demande(champs: dict[str, str], defaut: Vue, profils: Collection[str]) -> Demande:
    """Demand of an address on one node; `profils` are the codes the marking plan knows, groups included."""
    messages: list[str] = []
    du = _parse_semaine(champs.get("du"), defaut.du, messages)
    au = _parse_semaine(champs.get("au"), defaut.au, messages)
    if du > au:
        messages.append("La première semaine demandée suit la dernière\u202f: toute la période est affichée.")
        du, au = defaut.du, defaut.au
    profil = champs.get("profil") or defaut.profil
    if profil not in profils:
        messages.append(f"Le profil «\u00a0{profil}\u00a0» n’existe pas\u202f: tous les profils sont affichés.")
        profil = defaut.profil
    vue = replace(defaut, du=du, au=au, profil=profil)
    return Demande(vue, champs.get("tri", TRI_DEFAUT), tuple(messages))


def fit_periode(demande: Demande, defaut: Vue, periode: Periode) -> Demande:
    """The same demand brought back to the weeks and profils that were published."""
    vue, messages = demande.vue, list(demande.avertissements)
    if periode.semaines and not {vue.du, vue.au} <= set(periode.semaines):
        messages.append("Une des semaines demandées n’est pas publiée\u202f: toute la période est affichée.")
        vue = replace(vue, du=defaut.du, au=defaut.au)
    if vue.profil not in {defaut.profil, *periode.profils}:
        messages.append("Ce profil n’a pas de chiffre publié ici\u202f: tous les profils sont affichés.")
        vue = replace(vue, profil=defaut.profil)
    return replace(demande, vue=vue, avertissements=tuple(messages))


def _parse_semaine(texte: str | None, defaut: date, messages: list[str]) -> date:
    if not texte:
        return defaut
    try:
        lundi = date.fromisoformat(texte)
    except ValueError:
        messages.append(f"«\u00a0{texte}\u00a0» n’est pas une date de la forme 2025-10-06\u202f: elle est ignorée.")
        return defaut
    if lundi.isoweekday() != 1:
        messages.append(f"«\u00a0{texte}\u00a0» n’est pas un lundi\u202f: une semaine se nomme par son lundi.")
        return defaut
    return lundi


def href_noeud(niveau: str, territoire: str, vue: Vue | None = None) -> str:
    """Address of a node's board, keeping the weeks and profil of `vue` when given."""
    chemin = f"/ecole/{quote(territoire)}" if niveau == "uai" else f"/territoire/{niveau}/{quote(territoire, safe='')}"
    return chemin if vue is None else f"{chemin}?{urlencode(_filtres(vue))}"


def href_tri(vue: Vue, tri: str) -> str:
    """Same board, its children in another order."""
    return f"{href_noeud(vue.niveau, vue.territoire, vue)}&{urlencode({'tri': tri})}#enfants"


def href_csv(bloc: str, vue: Vue) -> str:
    """The CSV file of one block of a board."""
    champs = {"niveau": vue.niveau, "territoire": vue.territoire, **_filtres(vue)}
    return f"/csv/{bloc}?{urlencode(champs)}"


def _filtres(vue: Vue) -> dict[str, str]:
    return {"du": vue.du.isoformat(), "au": vue.au.isoformat(), "profil": vue.profil}
