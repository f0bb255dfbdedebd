"""Read boards from the publication in force: the one entry through which figures leave towards the boards.

It must not format, and never reads the lake. Four queries a board at most (design 10).
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, fetch
from metrics.errors import TerritoireInconnu
from metrics.lecture.assemble import Rows, build_tableau
from metrics.lecture.edition import Edition, fold, open_edition
from metrics.requete import EnfantsDe, Requete, read_requete
from metrics.store import current_publication
from metrics.tableau import Noeud, Publication, Tableau, Vue

CHILDREN = {
    "region": "departement",
    "academie": "departement",
    "departement": "circonscription",
    "circonscription": "uai",
    "commune": "uai",
    "regroupement": "uai",
}
_SEARCH_LIMIT = 20


class Lecteur:
    """Reads the publication in force; a new one is taken up at the next board, without a restart."""

    def __init__(self, donnees: Path, plan: MarkingPlan) -> None:
        self._donnees = donnees
        self._plan = plan
        self._lock = threading.Lock()
        self._edition: Edition | None = None

    def read_tableau(self, vue: Vue) -> Tableau:
        """The whole board of a node over a span of weeks. Raises TerritoireInconnu."""
        edition = self._current()
        if (vue.niveau, vue.territoire) not in edition.noeuds:
            raise TerritoireInconnu(vue.niveau, vue.territoire)
        rows = self._read_rows(edition, vue)
        return build_tableau(edition, self._plan, vue, rows)

    def default_vue(self, niveau: str, territoire: str) -> Vue:
        """The running school year's published weeks, every profil together. Raises TerritoireInconnu."""
        edition = self._current()
        if (niveau, territoire) not in edition.noeuds:
            raise TerritoireInconnu(niveau, territoire)
        semaines = [debut for debut in edition.periode.semaines if annee_scolaire(debut) == edition.annee]
        return Vue(niveau, territoire, semaines[0], semaines[-1])

    def publication(self) -> Publication:
        """Which publication is in force."""
        return self._current().publication

    def racine(self) -> Noeud:
        """The région that holds the most schools."""
        edition = self._current()
        regions = [ecole.lieux["region"] for ecole in edition.ecoles.values()]
        return max(set(regions), key=lambda noeud: (regions.count(noeud), noeud.territoire))

    def search_ecoles(self, texte: str) -> tuple[Noeud, ...]:
        """Schools whose UAI, name or commune holds every word of `texte`, by name; 20 at most."""
        words = fold(texte).split()
        found = [
            ecole.lieux["uai"]
            for ecole in self._current().ecoles.values()
            if words and all(w in fold(f"{ecole.uai} {ecole.nom} {ecole.lieux['commune'].nom}") for w in words)
        ]
        return tuple(sorted(found, key=lambda noeud: (fold(noeud.nom), noeud.territoire))[:_SEARCH_LIMIT])

    def _current(self) -> Edition:
        path = current_publication(self._donnees)
        with self._lock:
            if self._edition is None or self._edition.path != path:
                profils = ("tous", *(p.code for p in self._plan.profils), *self._groupes())
                self._edition = open_edition(path, profils)
            return self._edition

    def _groupes(self) -> list[str]:
        return [groupe.code for groupe in self._plan.groupes if groupe.code != "tous"]

    def _read_rows(self, edition: Edition, vue: Vue) -> Rows:
        noeud: Parameters = {"niveau": vue.niveau, "territoire": vue.territoire}
        span: Parameters = {"profil": vue.profil, "du": vue.du, "au": vue.au}
        enfants = CHILDREN.get(vue.niveau)
        annee = annee_scolaire(vue.au)
        profils: Sequence[str] = [profil.code for profil in self._plan.profils]
        connection = edition.connection
        tree: Parameters = {**noeud, "enfants": enfants or "uai", "annee": annee}
        return Rows(
            serie=fetch(connection, "lecture/serie", {**noeud, **span}),
            parts=fetch(connection, "lecture/parts", {**noeud, **span, "profils": profils}),
            enfants=read_requete(connection, _ask_enfants(vue, enfants)) if enfants else [],
            effectifs=fetch(connection, "lecture/effectifs", tree),
            niveau_enfants=enfants,
        )


def _ask_enfants(vue: Vue, niveau: str) -> Requete:
    """The weeks of the children of a node, with the schools behind them."""
    return Requete(
        indicateurs=("visites", "utilisateurs", "duree_s", "ouvertes", "actives"),
        niveau=niveau,
        territoires=EnfantsDe(vue.niveau, vue.territoire),
        periode="semaine",
        du=vue.du,
        au=vue.au,
        profils=(vue.profil,),
    )
