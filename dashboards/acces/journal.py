"""What the boards add to the audit file: first requests, refusals, exports (trust.md A16).

It must not keep what a person read: no line a page, and none about how much somebody works.
"""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Request, Response

from dashboards.acces.session import Session
from marking_plan.audit import append_line
from metrics.tableau import AUCUN, Noeuds

FENETRE = timedelta(hours=8)
_REFUS_MAX = 50  # by subject and window: what follows is counted, not written
_SUJETS_MAX = 20_000
_CODE_MAX = 40


class Journal:
    """Adds lines to `<donnees>/audit.jsonl`; nowhere when there is no folder (tests on a fake reader)."""

    def __init__(self, donnees: Path | None) -> None:
        self._donnees = donnees
        self._lock = threading.Lock()
        self._since: dict[str, datetime] = {}
        self._refused: dict[str, set[str]] = {}

    def enter(self, session: Session) -> None:
        """One line at the first request of a subject in eight hours. Raises OSError."""
        now = datetime.now(UTC)
        with self._lock:
            since = self._since.get(session.sujet)
            if since is not None and now - since < FENETRE:
                return
            roles = {"sujet": session.sujet, "roles": [*session.roles]}
            self._append(now, "tableaux connexion", {**roles, **_scope(session)})  # first: who isn't traced stays out
            if len(self._since) >= _SUJETS_MAX:
                self._since.clear()
            self._since[session.sujet] = now
            self._refused.pop(session.sujet, None)

    def refuse(self, session: Session, niveau: str, territoire: str) -> None:
        """One line a subject, node and window, whether the node exists or not: time tells nothing either."""
        node = f"{niveau[:_CODE_MAX]}/{territoire[:_CODE_MAX]}"
        with self._lock:
            refused = self._refused.setdefault(session.sujet, set())
            if node in refused or len(refused) >= _REFUS_MAX:
                return
            self._append(datetime.now(UTC), "tableaux refus", {"sujet": session.sujet, "noeud": node})
            refused.add(node)

    def export(self, session: Session, request: Request, response: Response) -> None:
        """One line a file taken away: which, over what, how large. Raises OSError, and the file isn't sent."""
        details: dict[str, object] = {
            "sujet": session.sujet,
            "fichier": request.path[: 2 * _CODE_MAX],
            "demande": {nom[:_CODE_MAX]: valeur[:_CODE_MAX] for nom, valeur in list(request.args.items())[:12]},
            "octets": response.content_length,
        }
        if response.mimetype == "text/csv" and not response.is_streamed:
            details["lignes"] = response.get_data().count(b"\n") - 1
        self._append(datetime.now(UTC), "tableaux export", {**details, **_scope(session)})

    def _append(self, now: datetime, commande: str, details: dict[str, object]) -> None:
        if self._donnees is not None:
            append_line(self._donnees, now, commande, details)


def _scope(session: Session) -> dict[str, object]:
    portee = session.portee
    totaux = {} if portee.totaux == AUCUN else {"portee_totaux": _nodes(portee.totaux)}
    return {"portee": _nodes(portee.noeuds), **totaux}


def _nodes(noeuds: Noeuds) -> str | list[str]:
    return "tout" if noeuds is None else sorted(f"{niveau}/{code}" for niveau, code in noeuds)
