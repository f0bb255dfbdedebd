"""Search the schools and territories of the latest school year by name or code, within what a person may read.

It must not query nor rank by use: the publication's schools are in memory, and names come in alphabetical order.
"""

from collections.abc import Iterable

from metrics.lecture.edition import Edition
from metrics.lecture.offre import NIVEAUX_ENFANTS
from metrics.lecture.perimetre import Perimetre, veil_noeud
from metrics.noms import fold
from metrics.tableau import Noeud, Trouvaille

LIMITE = 20  # territories, and as many schools
_RANGS = {niveau: rang for rang, niveau in enumerate(NIVEAUX_ENFANTS)}  # from the top down
_SOUS_DEPARTEMENT = ("circonscription", "commune", "regroupement")


def search(edition: Edition, perimetre: Perimetre, texte: str) -> tuple[Trouvaille, ...]:
    """Readable territories that hold every word of `texte` in their code or name, from the top down, then schools, whose
    commune counts too. None that the latest year no longer has."""
    words = fold(texte).split()
    if not words:
        return ()
    territoires = [
        _describe(edition, perimetre, edition.noeuds[key])
        for key in perimetre.noeuds - edition.departs.keys()
        if key[0] != "uai" and _holds(words, f"{key[1]} {edition.noeuds[key].nom}")
    ]
    ecoles = [
        Trouvaille(lieux["uai"], veil_noeud(lieux["commune"], perimetre).nom)
        for uai in perimetre.ecoles
        if ("uai", uai) not in edition.departs
        and _holds(words, f"{uai} {(lieux := edition.ecoles[uai].lieux)['uai'].nom} {lieux['commune'].nom}")
    ]
    return (*_first(territoires), *_first(ecoles))


def _describe(edition: Edition, perimetre: Perimetre, noeud: Noeud) -> Trouvaille:
    above = edition.ascendants[noeud.niveau, noeud.territoire]
    departement = next((n for n in above if n.niveau == "departement" and noeud.niveau in _SOUS_DEPARTEMENT), None)
    return Trouvaille(noeud, veil_noeud(departement, perimetre).nom if departement else "")


def _holds(words: Iterable[str], texte: str) -> bool:
    folded = fold(texte)
    return all(word in folded for word in words)


def _first(found: list[Trouvaille]) -> list[Trouvaille]:
    """Those that are shown, in order."""
    found.sort(key=lambda t: (_RANGS[t.noeud.niveau], fold(t.noeud.nom), fold(t.lieu), t.noeud.territoire))
    return found[:LIMITE]
