"""What the boards ask of the engine, and nothing else: the only door through which figures come in.

It must not cache, correct or complete what it is given.
"""

from typing import Protocol

from metrics.tableau import Noeud, Publication, Tableau, Vue


class Lecteur(Protocol):
    """A reader of one publication. Every method may raise `metrics.errors.MetricsUserError`."""

    def read_tableau(self, vue: Vue) -> Tableau:
        """Whole board of a node; raises TerritoireInconnu when the publication doesn't hold it."""
        ...

    def default_vue(self, niveau: str, territoire: str) -> Vue:
        """What is shown of a node when the address says no more; raises TerritoireInconnu."""
        ...

    def publication(self) -> Publication:
        """Which publication is in force."""
        ...

    def racine(self) -> Noeud:
        """Top node of the published territory."""
        ...

    def search_ecoles(self, texte: str) -> tuple[Noeud, ...]:
        """Schools by name, commune or UAI: at most 20."""
        ...
