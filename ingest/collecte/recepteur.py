"""Open all that a collector needs, under the journal's lock: keys, known events, journal and post.

It must not serve, nor hold the lake's lock: files may be taken in meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ingest.collecte.connus import Connus
from ingest.collecte.corps import read_body
from ingest.collecte.groupe import Juge, last_refused
from ingest.collecte.paquet import Listes, unpack_done
from ingest.collecte.poste import Deliver, Poste, answer_here
from ingest.journal.segments import Journal, journal_lock, list_closed, read_segment
from ingest.lake.identite import Cles
from ingest.pipeline import Lake
from marking_plan import MarkingPlan
from marking_plan.lake import read_manifests


@contextmanager
def open_poste(lake: Lake, deliver: Deliver = answer_here) -> Iterator[Poste]:
    """A post ready to run, whose answers are given by `deliver`. Raises VerrouPris when another collector is at work."""
    with journal_lock(lake.donnees):
        journal = Journal(lake.donnees, lambda: Listes.of_plan(lake.plan).pack())
        juge = Juge(lake, Cles(lake.donnees, lake.cles), _load_known(lake))
        juge.warm()
        read_body(b"[]", "")
        yield Poste(juge, journal, deliver)


def _load_known(lake: Lake) -> Connus:
    """Events of the weeks that still take some: those of the journal, then those of the lake, for a segment may go over meanwhile."""
    connus = Connus(lake.plan)
    for path in list_closed(lake.donnees):
        with suppress(FileNotFoundError):
            _load_segment(connus, path, lake.plan)
    connus.load(lake.donnees, read_manifests(lake.donnees), last_refused(datetime.now(UTC)))
    return connus


def _load_segment(connus: Connus, path: Path, plan: MarkingPlan) -> None:
    trames = read_segment(path).trames
    listes = Listes.unpack(trames[0]) if trames else Listes.of_plan(plan)
    for contenu in trames[1:]:
        connus.add(unpack_done(contenu, listes, plan).kept)
