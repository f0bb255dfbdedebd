"""What the boards ask of the engine, and nothing else: the only door through which figures come in.

It must not cache, correct or complete what it is given.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from metrics.tableau import Noeud, Offre, Portee, Publication, Tableau, Trouvaille, Vue
from metrics.tableau.protection import Protection
from metrics.tableau.qualite import Qualite


class Lecteur(Protocol):
    """A reader of one publication. Every method may raise `metrics.errors.MetricsUserError`."""

    def restrict(self, portee: Portee, on_refusal: Callable[[str, str], None]) -> "Lecteur":
        """The reader of a person: it sees only what lies in `portee`, and tells which nodes it refused."""
        ...

    def read_tableau(self, vue: Vue) -> Tableau:
        """Whole board of a node; raises TerritoireInconnu when the publication doesn't hold it."""
        ...

    def default_vue(self, niveau: str, territoire: str) -> Vue:
        """What is shown of a node when the address says no more; raises TerritoireInconnu."""
        ...

    def read_offre(self, niveau: str, territoire: str) -> Offre:
        """What may be asked of a node; raises TerritoireInconnu."""
        ...

    def publication(self) -> Publication:
        """Which publication is in force."""
        ...

    def fichier(self) -> Path:
        """The published file in force, to be handed over whole."""
        ...

    def compteurs(self) -> Mapping[str, int]:
        """Results read, and results remembered."""
        ...

    def racine(self) -> Noeud:
        """Top node of the published territory."""
        ...

    def accueil(self) -> tuple[Noeud, ...]:
        """Nodes where the person begins, from the top down."""
        ...

    def search(self, texte: str) -> tuple[Trouvaille, ...]:
        """Territories from the top down, then schools, by name, code or commune: at most 20 of each."""
        ...

    def read_qualite(self, annee: str | None = None, region: str | None = None) -> Qualite:
        """What was received of a région (the largest one by default) in a school year (the latest), and what is doubtful."""
        ...

    def read_protection(self, annee: str | None = None) -> Protection:
        """How small counts are protected, and what is kept of persons today."""
        ...

    def read_lisez_moi(self) -> tuple[str, ...]:
        """How to read the published file."""
        ...
