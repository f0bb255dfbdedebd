"""Read back what a closed segment holds: batches in today's ranks, and how much of it is damaged.

It must not write, nor guess: a batch whose lists of codes are lost with the first frame is read only if its plan is today's.
"""

from dataclasses import dataclass
from pathlib import Path

from ingest.collecte.paquet import Listes, plan_of, unpack_done
from ingest.journal.segments import read_segment
from ingest.passage import Done
from marking_plan import MarkingPlan


@dataclass(frozen=True, slots=True)
class Contenu:
    """The batches of a segment in order, the plan that they were judged under, and the bytes that could not be read."""

    dones: list[Done]
    plan_version: str
    octets_abimes: int


def read_contenu(path: Path, plan: MarkingPlan) -> Contenu:
    """What a closed segment holds. Raises FileNotFoundError when it was handed over meanwhile."""
    relu = read_segment(path)
    listes = next((found for trame in relu.trames[:1] if (found := Listes.unpack(trame))), None)
    trames = relu.trames if listes is None else relu.trames[1:]
    listes = listes or Listes.of_plan(plan)
    lisibles = [trame for trame in trames if plan_of(trame) == listes.plan_version]
    perdus = sum(len(trame) for trame in trames) - sum(len(trame) for trame in lisibles)
    dones = [unpack_done(trame, listes, plan) for trame in lisibles]
    return Contenu(dones, listes.plan_version, relu.octets_abimes + perdus)
