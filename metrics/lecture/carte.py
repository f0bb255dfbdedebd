"""The map of a node's children, from their visits and from where they lie.

It must not query. Classes hold about as many children each, and equal figures share one.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from math import cos, radians
from statistics import fmean

from metrics.lecture.geographie import Geographie
from metrics.tableau import Carte, Classe, Contour, Enfant, Lieu, Noeud

CLASSES = 5
LIEUX_MIN = 2


def build_carte(geographie: Geographie, chemin: Sequence[Noeud], enfants: Sequence[Enfant]) -> Carte | None:
    """Map of the children of a node, the last of `chemin`; None under two places, for there is nothing to compare."""
    lieux = tuple(lieu for enfant in enfants if (lieu := _place(geographie, enfant)))
    if len(lieux) < LIEUX_MIN:
        return None
    fond = None if all(lieu.contour for lieu in lieux) else _ground(geographie, chemin)
    carte = Carte(
        niveau=enfants[0].niveau,
        classes=(),
        lieux=lieux,
        fond=fond,
        etirement=1 / cos(radians(fmean(lieu.latitude for lieu in lieux))),
        sans_position=len(enfants) - len(lieux),
        source=geographie.source if fond or lieux[0].contour else "",
    )
    return class_lieux(carte)


def class_lieux(carte: Carte) -> Carte:
    """The map with classes drawn from the places on it, and from no other figure."""
    values = sorted(lieu.visites for lieu in carte.lieux if lieu.visites is not None)
    ranks = {value: bisect_left(values, value) * CLASSES // len(values) for value in values}
    used = sorted(set(ranks.values()))
    classes = [[value for value in values if ranks[value] == rank] for rank in used]
    return replace(
        carte,
        classes=tuple(Classe(members[0], members[-1]) for members in classes),
        lieux=tuple(
            replace(lieu, classe=None if lieu.visites is None else used.index(ranks[lieu.visites]))
            for lieu in carte.lieux
        ),
    )


def _place(geographie: Geographie, enfant: Enfant) -> Lieu | None:
    key = (enfant.niveau, enfant.territoire)
    contour = geographie.contours.get(key)
    point = geographie.points.get(key)
    if point is None:
        return None
    return Lieu(enfant.territoire, enfant.nom, enfant.visites, enfant.etat, None, *point, contour)


def _ground(geographie: Geographie, chemin: Sequence[Noeud]) -> Contour | None:
    """Contour of the node, else of the smallest territory around it that has one."""
    known = [geographie.contours.get((noeud.niveau, noeud.territoire)) for noeud in chemin]
    return next((contour for contour in reversed(known) if contour), None)
