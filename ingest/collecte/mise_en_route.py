"""Load what the first events would wait for: compiled loops, patterns of agents, the reader of arrays.

It must not touch the collector's own lake: a made-up event goes the whole way in a lake that goes at once.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from ingest.collecte.connus import Connus
from ingest.collecte.corps import read_body
from ingest.collecte.groupe import Envoi, Juge
from ingest.collecte.paquet import pack_done
from ingest.collecte.perimetre import DEPARTEMENT, Perimetre
from ingest.lake.identite import Cles
from ingest.pipeline import Lake
from marking_plan import MarkingPlan

_UAI = "0342332A"
_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def warm(plan: MarkingPlan) -> None:
    """Judge a few events as any others. On a machine where nothing is compiled yet, it takes tens of seconds."""
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "donnees", Path(folder) / "cles", plan)
        juge = Juge(lake, Cles(lake.donnees, lake.cles), Connus(plan))
        event = {"instant": int(time.time() * 1000), "uai": _UAI, "visiteur": "x", "id": "x", "agent": _AGENT}
        for other in ({"uai": ""}, {"id": "y"}):  # loops are compiled apart for a group of which some lines are refused
            _judge(juge, orjson.dumps([event, {**event, **other}]), plan.version)


def _judge(juge: Juge, corps: bytes, plan_version: str) -> None:
    perimetre = Perimetre(departements=frozenset({_UAI[:DEPARTEMENT]}))
    for morceau in read_body(corps, "").morceaux:
        dones, _ = juge.judge([Envoi(morceau.lignes, morceau.nombre, perimetre)])
        for done in dones:
            pack_done(done, plan_version)
