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


class JournalArrete(IngestUserError):
    """The collector's journal can't be written any more: nothing is accepted until it starts anew."""


class FilePleine(IngestUserError):
    """Too many requests wait already: the sender is asked to come back."""


class CorpsRefuse(IngestUserError):
    """A request's body can't be read within the bounds; `statut` is that of the HTTP answer."""

    def __init__(self, statut: int, message: str) -> None:
        super().__init__(message)
        self.statut = statut


class SignatureRefusee(IngestUserError):
    """A request isn't signed by who it says."""
