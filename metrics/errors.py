"""The tree of what can go wrong when figures are computed or read; messages are one clear French sentence.

It must not print, log or choose an exit code.
"""


class MetricsError(Exception):
    """Root of the tree."""


class MetricsUserError(MetricsError):
    """A reader's or an operator's mistake: its message is shown as it stands, without a traceback."""


class TerritoireInconnu(MetricsUserError):
    """The asked node is in no published directory."""

    def __init__(self, niveau: str, territoire: str) -> None:
        self.niveau = niveau
        self.territoire = territoire
        super().__init__(
            f"Le territoire « {territoire} » (niveau « {niveau} ») n’est pas dans la publication\u202f; "
            "vérifiez son code ou cherchez-le par son nom."
        )


class FichierReserve(MetricsUserError):
    """The published file holds every territory: it isn't for whom may read a part."""

    def __init__(self) -> None:
        super().__init__(
            "Le fichier entier contient tous les territoires\u202f: il est réservé à qui les lit tous. "
            "Demandez-le à l’équipe du projet."
        )


class VueReservee(MetricsUserError):
    """More than totals is asked of a node that a collectivité reads."""

    def __init__(self) -> None:
        super().__init__(
            "Ce territoire ne vous est ouvert que par mois et par année scolaire, tous profils et tous services ensemble. "
            "Ouvrez sa page sans autre choix."
        )


class RequeteRefusee(MetricsUserError):
    """A query asks for a figure that does not exist, or for a sum that would mislead."""


class LacIllisible(MetricsUserError):
    """The lake can't be read, whole or in part."""


class PublicationAbsente(MetricsUserError):
    """No publication is in force yet."""


class ControleEchoue(MetricsUserError):
    """A check found figures that contradict one another: nothing is published."""


class PolitiqueInconnue(MetricsUserError):
    """The policy of small counts asked for does not exist."""

    def __init__(self, code: str, connues: list[str]) -> None:
        super().__init__(f"La politique « {code} » n'existe pas. Choisissez : {', '.join(connues)}.")
