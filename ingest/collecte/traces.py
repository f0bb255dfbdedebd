"""The collector's log: one JSON object a line, on standard error (trust.md C11).

It must not hold anything that was received: routes, statuses, codes of declared senders, counts and our own sentences alone.
"""

import secrets
import sys
from datetime import UTC, datetime

import orjson


def tell(evenement: str, **details: object) -> None:
    """One line. The encoder escapes line feeds and control characters."""
    line = {"instant": datetime.now(UTC).isoformat(timespec="milliseconds"), "evenement": evenement, **details}
    sys.stderr.write(orjson.dumps(line).decode() + "\n")
    sys.stderr.flush()


def tell_refusal(route: str, statut: int, duree_s: float, expediteur: str | None, message: str | None) -> None:
    """A request that wasn't accepted: the declared sender that it names, whoever sent it, and what it was told."""
    tell(
        "refus",
        requete=secrets.token_hex(8),
        route=route,
        statut=statut,
        duree_ms=round(duree_s * 1000, 1),
        expediteur=expediteur,
        message=message,
    )


def tell_failure(error: Exception) -> None:
    """What stopped the journal: our sentence, and where in the program; never what an exception holds."""
    cause = error.__cause__
    trace = cause.__traceback__ if cause else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else None
    tell("arret", message=str(error), cause=type(cause).__name__ if cause else None, lieu=where)
