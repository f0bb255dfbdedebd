"""What the collector tells of itself, for Prometheus: answers, events by fate, the journal's state.

It must not name a school, a person or an address: senders by their codes, routes, motifs.
"""

from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from ingest.collecte.groupe import Verdict
from ingest.collecte.poste import Poste

BORNES_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Mesures:
    """Counters of one collector, since it started."""

    def __init__(self) -> None:
        self._registre = registre = CollectorRegistry()
        # Looking a series up costs more than counting in it: a few routes and senders are kept at hand.
        self._of_route = lru_cache(maxsize=256)(self._find_route)
        self._of_sort = lru_cache(maxsize=1024)(self._find_sort)
        self._reponses = Counter("dnma_collecte_reponses", "Réponses", ("route", "statut"), registry=registre)
        self._durees = Histogram(
            "dnma_collecte_duree_secondes", "Durée des réponses", ("route",), buckets=BORNES_S, registry=registre
        )
        self._evenements = Counter(
            "dnma_collecte_evenements", "Événements par sort", ("expediteur", "sort"), registry=registre
        )
        self._attente = Gauge("dnma_collecte_attente_octets", "Événements qui attendent le disque", registry=registre)
        self._journal = Gauge("dnma_collecte_segment_octets", "Taille du segment en cours", registry=registre)
        self._disque = Gauge("dnma_collecte_disque_libre_octets", "Place libre", registry=registre)
        self._clos = Gauge("dnma_collecte_segments_en_attente", "Segments clos, à faire entrer", registry=registre)
        self._abimes = Gauge("dnma_collecte_segments_abimes", "Copies de segments abîmés", registry=registre)
        self._passages = Counter("dnma_collecte_passages", "Remises et publications", ("resultat",), registry=registre)

    def observe(self, route: str, statut: int, duree_s: float) -> None:
        """One answer."""
        reponses, durees = self._of_route(route, statut)
        reponses.inc()
        durees.observe(duree_s)

    def count_verdict(self, code: str, verdict: Verdict) -> None:
        """What became of the events of a sender's request."""
        sorts = (("accepte", verdict.acceptes), ("doublon", verdict.doublons), ("refuse", len(verdict.refuses)))
        for sort, nombre in sorts:
            if nombre:
                self._of_sort(code, sort).inc(nombre)

    def _find_route(self, route: str, statut: int) -> tuple[Counter, Histogram]:
        return self._reponses.labels(route, str(statut)), self._durees.labels(route)

    def _find_sort(self, code: str, sort: str) -> Counter:
        return self._evenements.labels(code, sort)

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
