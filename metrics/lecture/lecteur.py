"""Read boards from the publication in force: the one entry through which figures leave towards the boards.

It must not format, and reads nothing of the lake but the dates that the protection page shows. Four queries a board at most
(design 10). Every public method asks `_permis` (a node) or `_perimetre` (the rest) first, but those that tell no territory's
figure: a test reads this file to see that it does.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from pathlib import Path

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire, today
from metrics.engine import fetch
from metrics.errors import FichierReserve, TerritoireInconnu
from metrics.lecture.acces import read_acces
from metrics.lecture.accompagnement import read_accompagnement
from metrics.lecture.assemble import Lectures, build_tableau
from metrics.lecture.cellules import read_parts
from metrics.lecture.constant import read_constant
from metrics.lecture.coupes import choose_profils
from metrics.lecture.coupes_semaine import read_coupes
from metrics.lecture.ecoles import REGION
from metrics.lecture.edition import Edition
from metrics.lecture.editions import Editions
from metrics.lecture.enfants import read_enfants
from metrics.lecture.mesures_ecoles import read_taux_enfants
from metrics.lecture.offre import NIVEAUX_ENFANTS, default_vue
from metrics.lecture.perimetre import Perimetre, veil_noeud, veil_qualite, veil_tableau
from metrics.lecture.protection import read_protection
from metrics.lecture.qualite import read_qualite
from metrics.lecture.recherche import search
from metrics.lecture.semaines import read_serie
from metrics.lecture.semblables import read_semblables
from metrics.lecture.totaux_seuls import check_vue, keep_totals, narrow_offre
from metrics.lecture.veille import Veille
from metrics.tableau import TOUT, Noeud, Offre, Portee, Publication, Tableau, Trouvaille, Vue
from metrics.tableau.protection import Protection
from metrics.tableau.qualite import Qualite

Refusal = Callable[[str, str], None]  # hears of the niveau and territoire that were refused


class Lecteur:
    """Reads the publication in force; a new one is taken up at the next board, without a restart, or ahead of it (`watch`).

    The one made from a folder reads everything; `restrict` gives the one of a person, who can't get back to it.
    """

    def __init__(self, donnees: Path, plan: MarkingPlan) -> None:
        self._donnees, self._plan = donnees, plan
        self._editions = Editions(donnees, plan)
        self._portee = TOUT
        self._edition: Edition | None = None
        self._held = False
        self._on_refusal: Refusal = lambda _niveau, _territoire: None

    def restrict(self, portee: Portee, on_refusal: Refusal) -> "Lecteur":
        """A reader for one request, that sees only what lies in `portee` and tells which nodes it refused. It keeps to the
        publication that it read first: no page mixes two."""
        restricted = copy(self)
        restricted._portee, restricted._on_refusal, restricted._held = portee, on_refusal, True
        return restricted

    def watch(self) -> Veille:
        """What takes up the next publications ahead of readers, once started: for a process that serves them."""
        return Veille(self._donnees, partial(self._editions.take_up, warm=self._warm))

    def read_tableau(self, vue: Vue) -> Tableau:
        """The board of a node over a span, whole or its totals alone. Raises TerritoireInconnu, VueReservee."""
        edition = self._permis(vue.niveau, vue.territoire)
        perimetre = self._perimetre(edition)
        whole = perimetre.opens_whole(vue.niveau, vue.territoire)
        if not whole:
            check_vue(vue)
        veiled = veil_tableau(self._recall(edition, vue), perimetre)
        return veiled if whole else keep_totals(veiled)

    def default_vue(self, niveau: str, territoire: str) -> Vue:
        """What is shown of a node when the address says no more. Raises TerritoireInconnu."""
        return default_vue(self.read_offre(niveau, territoire), niveau, territoire)

    def read_offre(self, niveau: str, territoire: str) -> Offre:
        """What may be asked of a node, without a query. Raises TerritoireInconnu."""
        edition = self._permis(niveau, territoire)
        offre = edition.catalogue.find_offre(niveau, territoire)
        return offre if self._perimetre(edition).opens_whole(niveau, territoire) else narrow_offre(offre)

    def publication(self) -> Publication:
        """Which publication is in force."""
        return self._current().publication

    def compteurs(self) -> Mapping[str, int]:
        """How many boards were read from the publication, and how many were remembered."""
        return {"lectures": self._editions.boards.lectures, "reprises": self._editions.boards.reprises}

    def fichier(self) -> Path:
        """The published file in force, to be handed over whole. Raises FichierReserve for whom may not read everything."""
        edition = self._current()
        if not self._perimetre(edition).tout:
            raise FichierReserve
        return edition.path

    def racine(self) -> Noeud:
        """The région that holds the most schools; its name alone for whom may not read it."""
        edition = self._current()
        return veil_noeud(edition.regions[0], self._perimetre(edition))

    def accueil(self) -> tuple[Noeud, ...]:
        """Where a person begins: the nodes of their Portee that are published, from the top down; else the root."""
        perimetre = self._perimetre(self._current())
        return (self.racine(),) if perimetre.tout else perimetre.racines

    def search(self, texte: str) -> tuple[Trouvaille, ...]:
        """Readable territories of the latest year, then schools, by name, code or commune: 20 of each at most."""
        edition = self._current()
        return search(edition, self._perimetre(edition), texte)

    def read_qualite(self, annee: str | None = None, region: str | None = None) -> Qualite:
        """What was received in a school year, the latest by default, and what is doubtful in it, of a région: by default
        the one with most schools among those that may be read. Raises TerritoireInconnu."""
        chosen = region or next((noeud.territoire for noeud in self._regions()), "")
        edition = self._permis(REGION, chosen, entier=True)
        noeud = edition.noeuds[REGION, chosen]
        found = self._editions.recall_board(
            edition, ("qualite", annee, noeud.territoire), lambda: read_qualite(edition, noeud, annee)
        )
        return veil_qualite(found, self._perimetre(edition))

    def read_protection(self, annee: str | None = None) -> Protection:
        """How small counts are protected in a school year, the latest by default, and what the lake keeps today.

        It tells no territory's figure: shares of cells by level, and dates.
        """
        return read_protection(self._current(), self._plan, self._donnees, annee, today())

    def read_lisez_moi(self) -> tuple[str, ...]:
        """How to read the published file, as it says it itself."""
        return tuple(str(texte) for (texte,) in fetch(self._current().connection, "lecture/lisez_moi", {}))

    def _regions(self) -> list[Noeud]:
        """Those that may be read in full, the one with most schools first."""
        edition = self._current()
        perimetre = self._perimetre(edition)
        return [noeud for noeud in edition.regions if perimetre.opens_whole(noeud.niveau, noeud.territoire)]

    def _permis(self, niveau: str, territoire: str, *, entier: bool = False) -> Edition:
        """The publication in force, if a node may be read there, in full when `entier`. One error for unknown and
        forbidden: no oracle."""
        edition, key = self._current(), (niveau, territoire)
        perimetre = self._perimetre(edition)
        opened = perimetre.opens_whole(*key) if entier else perimetre.opens(*key)
        if key not in edition.noeuds or not opened:
            self._on_refusal(niveau, territoire)
            raise TerritoireInconnu(niveau, territoire)
        return edition

    def _warm(self, edition: Edition) -> None:
        """Read a board of each level as it opens, that of the first région first: what is done once is done."""
        self._editions.perimetre(edition, TOUT)
        firsts = {niveau: code for niveau, code in reversed(edition.noeuds) if (niveau, code) not in edition.departs}
        firsts |= {region.niveau: region.territoire for region in edition.regions[:1]}
        for niveau in (niveau for niveau in NIVEAUX_ENFANTS if niveau in firsts):
            offre = edition.catalogue.find_offre(niveau, firsts[niveau])
            self._recall(edition, default_vue(offre, niveau, firsts[niveau]))

    def _recall(self, edition: Edition, vue: Vue) -> Tableau:
        """A whole board, whoever asks."""
        return self._editions.recall_board(
            edition, vue, lambda: build_tableau(edition, self._plan, vue, self._read(edition, vue))
        )

    def _current(self) -> Edition:
        """The publication in force, or the one that this reader keeps to."""
        edition = self._edition or self._editions.current()
        if self._held:
            self._edition = edition
        return edition

    def _perimetre(self, edition: Edition) -> Perimetre:
        return self._editions.perimetre(edition, self._portee)

    def _read(self, edition: Edition, vue: Vue) -> Lectures:
        offre = edition.catalogue.find_offre(vue.niveau, vue.territoire)
        publiee = offre.find_annee(annee_scolaire(vue.au))
        profils = choose_profils([profil.code for profil in publiee.profils] if publiee else [])
        recall = partial(self._editions.recall, edition)
        coupes = partial(read_coupes, edition, vue, partial(self._editions.recall_coupes, edition))
        serie = read_serie(edition, vue, publiee.semaines if publiee else (), coupes)
        constant = vue.perimetre == "constant"
        enfants = vue.detail or next(iter(NIVEAUX_ENFANTS[vue.niveau]), None)
        taux = read_taux_enfants(edition, vue, serie, recall) if enfants == "uai" else {}
        accompagnement = read_accompagnement(edition, self._plan, vue, recall)
        return Lectures(
            offre=offre,
            profils=profils,
            serie=serie,
            parts=[] if constant else read_parts(edition, vue, profils, serie, coupes, recall),
            enfants=read_enfants(edition, vue, enfants, taux, accompagnement.ecoles) if enfants else (),
            constant=read_constant(edition, vue, serie) if constant else None,
            acces=read_acces(edition, vue),
            accompagnement=accompagnement,
            semblables=read_semblables(edition, vue, recall) if vue.niveau == "uai" else None,
        )
