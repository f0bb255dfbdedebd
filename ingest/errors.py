"""What can go wrong in ingest, as one tree.

It must not format anything: a message is already one French sentence (what, where, what was expected, what to do).
"""


class IngestError(Exception):
    """Root of the errors of ingest."""


class IngestUserError(IngestError):
    """A mistake that the reader of the message can mend; shown without a traceback."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FichierIllisible(IngestUserError):
    """A file is missing, empty, damaged or not the table that it should be."""


class ColonneManquante(IngestUserError):
    """A table lacks a column without which it says nothing."""


class ColonnePersonnelle(IngestUserError):
    """A table of counts holds a column that names persons (trust.md P12)."""


class AnneeInvalide(IngestUserError):
    """A school year is not written as one."""


class DialecteInconnu(IngestUserError):
    """The dialect asked for doesn't exist, or lacks an option that it needs."""


class ClesAbsentes(IngestUserError):
    """Events exist whose key is gone or changed."""


class DossierClesInvalide(IngestUserError):
    """The folder of keys can't be used safely."""


class DisquePlein(IngestUserError):
    """The system refused to write."""


class VerrouPris(IngestUserError):
    """Another command holds the lock."""


class LotInconnu(IngestUserError):
    """No visible lot has these bytes or this name."""


class LotFige(IngestUserError):
    """A lot can't change any more: one of its periods is closed."""


class DossierAbsent(IngestUserError):
    """The data folder does not exist."""


class CollecteInvalide(IngestUserError):
    """The collector's table of senders can't be used."""


class EnvoiRefuse(IngestUserError):
    """A request that the collector can't accept; `statut` is that of the HTTP answer, `reprise_s` when to come back."""

    statut = 503
    reprise_s: int | None = None


class JournalArrete(EnvoiRefuse):
    """The collector's journal can't be written any more: nothing is accepted until it starts anew."""

    reprise_s = 30


class FilePleine(EnvoiRefuse):
    """Too many requests wait already: the sender is asked to come back."""

    reprise_s = 2


class DisqueReserve(EnvoiRefuse):
    """The disk is nearly full: nothing is accepted until somebody makes room."""

    reprise_s = 60


class DebitDepasse(EnvoiRefuse):
    """A sender sends more events a second than it may."""

    statut = 429

    def __init__(self, message: str, reprise_s: int) -> None:
        super().__init__(message)
        self.reprise_s = reprise_s


class CorpsRefuse(EnvoiRefuse):
    """A request's body can't be read within the bounds."""

    def __init__(self, statut: int, message: str) -> None:
        super().__init__(message)
        self.statut = statut


class SignatureRefusee(EnvoiRefuse):
    """A request isn't signed by who it says."""

    statut = 401


class OrigineRefusee(EnvoiRefuse):
    """A browser sends from a site that isn't declared."""

    statut = 403
