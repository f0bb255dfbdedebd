"""Open all that a collector needs, under the journal's lock: keys, known events, journal and post.

It must not serve, nor hold the lake's lock: files may be taken in meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from ingest.collecte.connus import Connus
from ingest.collecte.groupe import Juge
from ingest.collecte.paquet import Listes, unpack_done
from ingest.collecte.poste import Deliver, Poste, answer_here
from ingest.journal.segments import Journal, journal_lock, list_closed, read_segment
from ingest.lake.identite import Cles
from ingest.pipeline import Lake
from marking_plan.lake import read_manifests


@contextmanager
def open_poste(lake: Lake, deliver: Deliver = answer_here) -> Iterator[Poste]:
    """A post ready to run, whose answers are given by `deliver`. Raises VerrouPris when another collector is at work."""
    with journal_lock(lake.donnees):
        journal = Journal(lake.donnees, lambda: Listes.of_plan(lake.plan).pack())
        yield Poste(Juge(lake, Cles(lake.donnees, lake.cles), _load_known(lake)), journal, deliver)


def _load_known(lake: Lake) -> Connus:
    """Events of the open weeks, those that the lake holds and those that wait in the journal."""
    connus = Connus(lake.plan)
    connus.load(lake.donnees, read_manifests(lake.donnees))
    for path in list_closed(lake.donnees):
        trames = read_segment(path).trames
        listes = Listes.unpack(trames[0]) if trames else Listes.of_plan(lake.plan)
        for contenu in trames[1:]:
            connus.add(unpack_done(contenu, listes, lake.plan).kept)
    return connus
