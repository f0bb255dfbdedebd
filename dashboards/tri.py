"""Order of the child territories of a board, as the address asks for it.

It must not drop a child: those without the figure come last, whichever way the order runs.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from metrics.tableau import Enfant

Cle = str | float
TRI_DEFAUT, SUIVIES_DABORD = "nom", "-accompagner"
DU_PLUS_BAS = (TRI_DEFAUT, "evolution")  # what a first click runs from the lowest
_PLIES = 16_384  # names kept without accents: those of a région's schools, sorted at each of their boards


@lru_cache(_PLIES)
def _sans_accent(texte: str) -> str:
    return unicodedata.normalize("NFD", texte).encode("ascii", "ignore").decode().casefold()


CLES: dict[str, Callable[[Enfant], Cle | None]] = {
    "nom": lambda e: _sans_accent(e.nom),
    "evolution": lambda e: e.evolution,
    "visites": lambda e: e.visites,
    "utilisateurs": lambda e: e.utilisateurs_moyens,
    "duree": lambda e: e.duree_moyenne_s,
    "effectif": lambda e: e.effectif,
    "derniere": lambda e: e.derniere_semaine_active.isoformat() if e.derniere_semaine_active else None,
    "actives": lambda e: e.ecoles_actives,
    "ouvertes": lambda e: e.ecoles_ouvertes,
    "eleves": lambda e: e.visites_eleves,
    "parents": lambda e: e.visites_parents,
    "taux": lambda e: e.taux,
    "accompagner": lambda e: int(bool(e.causes)) or e.ecoles_a_accompagner,
}


def usual_tri(enfants: tuple[Enfant, ...]) -> str:
    """Schools to support first, where one is listed, then by name."""
    return SUIVIES_DABORD if any(enfant.causes for enfant in enfants) else TRI_DEFAUT


def parse_tri(tri: str) -> tuple[str, bool]:
    """« -visites » -> ("visites", descending); an unknown key is the name's."""
    cle = tri.removeprefix("-")
    return (cle, tri.startswith("-")) if cle in CLES else (TRI_DEFAUT, False)


def next_tri(cle: str, tri: str) -> str:
    """What a click on a heading asks for: largest first, then turned round; names run from A first, changes from the largest drop."""
    courant, descendant = parse_tri(tri)
    if cle != courant:
        return cle if cle in DU_PLUS_BAS else f"-{cle}"
    return cle if descendant else f"-{cle}"


def sort_enfants(enfants: tuple[Enfant, ...], tri: str) -> tuple[Enfant, ...]:
    """The same children in the asked order; equals go by name."""
    cle, descendant = parse_tri(tri)
    par_nom = sorted(enfants, key=lambda e: (_sans_accent(e.nom), e.territoire))
    connus = [e for e in par_nom if CLES[cle](e) is not None]
    inconnus = [e for e in par_nom if CLES[cle](e) is None]
    connus.sort(key=lambda e: (CLES[cle](e),), reverse=descendant)
    return (*connus, *inconnus)
