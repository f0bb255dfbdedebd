"""What the collector tells of itself, for Prometheus: answers, events by fate, the journal's state.

It must not name a school, a person or an address: senders by their codes, routes, motifs.
"""

from bisect import bisect_left
from collections import Counter as Comptes
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from ingest.collecte.groupe import Verdict
from ingest.collecte.poste import Poste

BORNES_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_BORNES = [*(str(borne) for borne in BORNES_S), "+Inf"]


class Mesures(Collector):
    """Counters of one collector, since it started.

    What each answer counts in are plain numbers, told to Prometheus when it asks: its own counters cost ten times more. They are
    not thread-safe: the event loop alone counts and tells.
    """

    def __init__(self) -> None:
        self._registre = registre = CollectorRegistry()
        self._reponses = Comptes[tuple[str, str]]()  # by route and status
        self._evenements = Comptes[tuple[str, str]]()  # by sender and fate
        self._durees = defaultdict[str, list[int]](lambda: [0] * len(_BORNES))
        self._sommes_s = defaultdict[str, float](float)
        registre.register(self)
        self._attente = Gauge("dnma_collecte_attente_octets", "Événements qui attendent le disque", registry=registre)
        self._journal = Gauge("dnma_collecte_segment_octets", "Taille du segment en cours", registry=registre)
        self._disque = Gauge("dnma_collecte_disque_libre_octets", "Place libre", registry=registre)
        self._clos = Gauge("dnma_collecte_segments_en_attente", "Segments clos, à faire entrer", registry=registre)
        self._abimes = Gauge("dnma_collecte_segments_abimes", "Copies de segments abîmés", registry=registre)
        self._passages = Counter("dnma_collecte_passages", "Remises et publications", ("resultat",), registry=registre)

    def observe(self, route: str, statut: int, duree_s: float) -> None:
        """One answer."""
        self._reponses[route, str(statut)] += 1
        self._durees[route][bisect_left(BORNES_S, duree_s)] += 1
        self._sommes_s[route] += duree_s

    def count_verdict(self, code: str, verdict: Verdict) -> None:
        """What became of the events of a sender's request."""
        sorts = (("accepte", verdict.acceptes), ("doublon", verdict.doublons), ("refuse", len(verdict.refuses)))
        for sort, nombre in sorts:
            if nombre:
                self._evenements[code, sort] += nombre

    def collect(self) -> Iterator[Metric]:
        """The families, as they stand."""
        reponses = CounterMetricFamily("dnma_collecte_reponses", "Réponses", labels=("route", "statut"))
        for cle, nombre in self._reponses.items():
            reponses.add_metric(cle, nombre)
        durees = HistogramMetricFamily("dnma_collecte_duree_secondes", "Durée des réponses", labels=("route",))
        for route, nombres in self._durees.items():
            durees.add_metric((route,), list(zip(_BORNES, accumulate(nombres), strict=True)), self._sommes_s[route])
        evenements = CounterMetricFamily(
            "dnma_collecte_evenements", "Événements par sort", labels=("expediteur", "sort")
        )
        for cle, nombre in self._evenements.items():
            evenements.add_metric(cle, nombre)
        yield from (reponses, durees, evenements)

    def count_passage(self, resultat: str) -> None:
        """A hand-over or a publication that ended: `reussi` or `echoue`."""
        self._passages.labels(resultat).inc()

    def put_state(self, poste: Poste, libre: int, clos: int, abimes: int) -> None:
        """How things stand: bytes that wait, of the segment being written, free on the disk; segments closed, and damaged."""
        self._attente.set(poste.octets_en_attente)
        self._journal.set(poste.octets_du_segment)
        self._disque.set(libre)
        self._clos.set(clos)
        self._abimes.set(abimes)

    def render(self) -> bytes:
        """Text of the counters."""
        return generate_latest(self._registre)
