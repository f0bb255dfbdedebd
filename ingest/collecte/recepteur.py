"""Open all that a collector needs, under the journal's lock: keys, known events, journal and post.

It must not serve, nor hold the lake's lock: files may be taken in meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from ingest.collecte.connus import Connus
from ingest.collecte.groupe import Juge, last_refused
from ingest.collecte.mise_en_route import warm
from ingest.collecte.paquet import Listes
from ingest.collecte.poste import Deliver, Poste, answer_here
from ingest.collecte.relecture import read_contenu
from ingest.journal.segments import Journal, journal_lock, list_closed
from ingest.lake.identite import Cles
from ingest.pipeline import Lake
from marking_plan.lake import read_manifests

PATIENCE_S = 10.0  # a command that closes what a crash left open holds the journal for an instant


@contextmanager
def open_poste(lake: Lake, deliver: Deliver = answer_here) -> Iterator[Poste]:
    """A post ready to run, whose answers are given by `deliver`. Raises VerrouPris when another collector is at work."""
    with journal_lock(lake.donnees, PATIENCE_S):
        journal = Journal(lake.donnees, Listes.of_plan(lake.plan).pack)
        juge = Juge(lake, Cles(lake.donnees, lake.cles), _load_known(lake))
        warm(lake.plan)
        yield Poste(juge, journal, deliver)


def _load_known(lake: Lake) -> Connus:
    """Events of the weeks that still take some: those of the journal, then those of the lake, for a segment may go over meanwhile."""
    connus = Connus(lake.plan)
    for path in list_closed(lake.donnees):
        with suppress(FileNotFoundError):
            for done in read_contenu(path, lake.plan).dones:
                connus.add(done.kept)
    connus.load(lake.donnees, read_manifests(lake.donnees), last_refused(datetime.now(UTC)))
    return connus
