"""Which nodes of one publication a Portee opens, and what a board keeps of those it doesn't.

It must not query: the publication's schools are in memory. A school that opens tomorrow under a node of the Portee
is readable tomorrow, without anybody touching the rights.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from metrics.lecture.carte import class_lieux
from metrics.lecture.edition import Edition
from metrics.lecture.offre import NIVEAUX_ENFANTS
from metrics.tableau import (
    Accompagnement,
    Carte,
    Enfant,
    FicheEcole,
    Noeud,
    Noeuds,
    Portee,
    Semblables,
    Tableau,
    join,
)  # fmt: skip
from metrics.tableau.qualite import Qualite

HORS_ANNUAIRE = "inconnu"  # what schools that the directory doesn't know lie under
_NIVEAUX = tuple(NIVEAUX_ENFANTS)  # from the top down


@dataclass(frozen=True, slots=True)
class Perimetre:
    """A Portee against one publication. `noeuds` are readable, `fermes` are the others; `racines` are those the Portee
    names, from the top down. Of the readable nodes, `entiers` are so in full, the others by their totals. `suivies` are the schools of which what was done is told; None: all."""

    tout: bool
    noeuds: frozenset[tuple[str, str]]
    fermes: frozenset[tuple[str, str]]
    ecoles: frozenset[str]
    racines: tuple[Noeud, ...]
    suivies: frozenset[str] | None = frozenset()
    entiers: frozenset[tuple[str, str]] = frozenset()

    def opens(self, niveau: str, territoire: str) -> bool:
        """Whether figures of a node may be read, be it totals."""
        return self.tout or (niveau, territoire) in self.noeuds

    def opens_whole(self, niveau: str, territoire: str) -> bool:
        """Whether all its figures may be read."""
        return self.tout or (niveau, territoire) in self.entiers

    def follows(self, uai: str) -> bool:
        """Whether what was done for a school may be read."""
        return self.suivies is None or uai in self.suivies


def resolve_portee(edition: Edition, portee: Portee) -> Perimetre:
    """A node is readable when every school under it lies in the Portee: a sum never tells of a school outside.

    A school lies where it lay last. A node that is gone holds the schools that lay in it: who has a right to it keeps
    its past, and nothing of what became of them.
    """
    places = {uai: {(n.niveau, n.territoire) for n in ecole.lieux.values()} for uai, ecole in edition.ecoles.items()}
    asked = join(portee.noeuds, portee.totaux)
    ecoles, outside = _part(edition, places, asked)
    readable = frozenset(edition.noeuds.keys() - outside)
    racines = () if asked is None else tuple(edition.noeuds[key] for key in readable & asked)
    suivi = portee.suivi
    return Perimetre(
        tout=portee.noeuds is None,
        noeuds=readable,
        fermes=outside,
        ecoles=ecoles,
        racines=tuple(sorted(racines, key=lambda n: (_NIVEAUX.index(n.niveau), n.nom, n.territoire))),
        suivies=None if suivi is None else frozenset(uai for uai in ecoles if places[uai] & suivi),
        entiers=frozenset(edition.noeuds.keys() - _part(edition, places, portee.noeuds)[1]),
    )


def _part(
    edition: Edition, places: Mapping[str, set[tuple[str, str]]], asked: Noeuds
) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Schools that lie under the nodes asked for, and nodes that hold another."""
    ecoles = frozenset(uai for uai, nodes in places.items() if asked is None or nodes & asked)
    closed = (nodes | edition.anciens.get(uai, frozenset()) for uai, nodes in places.items() if uai not in ecoles)
    return ecoles, frozenset(set[tuple[str, str]]().union(*closed)) - (asked or frozenset())


def veil_tableau(tableau: Tableau, perimetre: Perimetre) -> Tableau:
    """The board without what lies outside: what surrounds the node keeps its name alone, children that straddle are left out."""
    tableau = _veil_suivi(tableau, perimetre)
    if perimetre.tout:
        return tableau
    enfants = tuple(
        replace(e, commune=_veil_nom("commune", e.commune, perimetre))
        for e in tableau.enfants
        if perimetre.opens(e.niveau, e.territoire)
    )
    return replace(
        tableau,
        ascendants=tuple(veil_noeud(noeud, perimetre) for noeud in tableau.ascendants),
        enfants=enfants,
        carte=tableau.carte and _veil_carte(tableau.carte, enfants, perimetre),
        ecole=tableau.ecole and _veil_fiche(tableau.ecole, perimetre),
        accompagnement=_veil_accompagnement(tableau.accompagnement, perimetre),
        semblables=tableau.semblables and _veil_semblables(tableau.semblables, perimetre),
    )


def _veil_suivi(tableau: Tableau, perimetre: Perimetre) -> Tableau:
    """What was done for schools is for who looks after all of those shown: an internal record, no figure."""
    liste, vue = tableau.accompagnement, tableau.vue
    shown = {ecole.uai for ecole in liste.ecoles} | ({vue.territoire} if vue.niveau == "uai" else set())
    if all(perimetre.follows(uai) for uai in shown):
        return tableau
    ecoles = tuple(replace(ecole, derniere=None) for ecole in liste.ecoles)
    return replace(tableau, actions=(), accompagnement=replace(liste, ecoles=ecoles, suivi=False))


def veil_qualite(qualite: Qualite, perimetre: Perimetre) -> Qualite:
    """The page without what may tell of another région: a lot doesn't say whose it is. Schools outside every région hide nothing."""
    regions = tuple(noeud for noeud in qualite.regions if perimetre.opens_whole(noeud.niveau, noeud.territoire))
    if {noeud.territoire for noeud in qualite.regions} - {noeud.territoire for noeud in regions} <= {HORS_ANNUAIRE}:
        return replace(qualite, regions=regions)
    bilan = replace(qualite.bilan, lots=0, recues=0, gardees=0, doublons=0, refusees=0, part_refusee=0.0)
    return replace(
        qualite, regions=regions, commun=False, bilan=bilan, livraisons=(), refus=(), hors_plan=(), doutes=()
    )


def veil_noeud(noeud: Noeud, perimetre: Perimetre) -> Noeud:
    """The node, or its name without its code; a node that has no name was called by its code, and loses that too."""
    if perimetre.opens(noeud.niveau, noeud.territoire):
        return noeud
    return Noeud(noeud.niveau, "", "" if noeud.nom == noeud.territoire else noeud.nom)


def _veil_nom(niveau: str, nom: str, perimetre: Perimetre) -> str:
    """A place told by its name alone: nothing when that is the code of a node outside."""
    return "" if (niveau, nom) in perimetre.fermes else nom


def _veil_carte(carte: Carte, enfants: tuple[Enfant, ...], perimetre: Perimetre) -> Carte | None:
    """Classes are made again: their bounds are figures of the places in them."""
    lieux = tuple(lieu for lieu in carte.lieux if perimetre.opens(carte.niveau, lieu.territoire))
    return class_lieux(replace(carte, lieux=lieux, sans_position=len(enfants) - len(lieux))) if lieux else None


def _veil_fiche(fiche: FicheEcole, perimetre: Perimetre) -> FicheEcole:
    return replace(
        fiche,
        commune=veil_noeud(fiche.commune, perimetre),
        circonscription=veil_noeud(fiche.circonscription, perimetre),
        regroupement=fiche.regroupement and veil_noeud(fiche.regroupement, perimetre),
    )


def _veil_accompagnement(liste: Accompagnement, perimetre: Perimetre) -> Accompagnement:
    """Its schools lie in the node, hence in the Portee; the places around them may not."""
    ecoles = tuple(
        replace(
            ecole,
            commune=_veil_nom("commune", ecole.commune, perimetre),
            circonscription=_veil_nom("circonscription", ecole.circonscription, perimetre),
        )
        for ecole in liste.ecoles
    )
    return replace(liste, ecoles=ecoles)


def _veil_semblables(semblables: Semblables, perimetre: Perimetre) -> Semblables:
    return replace(semblables, territoire=_veil_nom(semblables.niveau, semblables.territoire, perimetre))
