"""What can go wrong in an export or a comparison; messages are one clear French sentence.

It must not print, log or choose an exit code.
"""

from metrics.errors import MetricsUserError


class SemaineAbsente(MetricsUserError):
    """A week asked for is not published, or is no Monday."""


class FichierInattendu(MetricsUserError):
    """A file is not one of the four national ones, or is damaged."""


class EcritureImpossible(MetricsUserError):
    """A file of the export can't be written."""


class ConventionAbsente(MetricsUserError):
    """No list of enrolled schools is known for that school year."""
