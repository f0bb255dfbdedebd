"""What the server tells of itself, for Prometheus: answers and their times by route, readings, the publication in force.

It must not name a person, a school or a territory: routes and kinds of answers only.
"""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

BORNES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Mesures:
    """Counts requests and their times by route; thread-safe."""

    def __init__(self) -> None:
        self._registre = registre = CollectorRegistry()
        self._requetes = Counter("dnma_requetes", "Réponses", ("route", "reponse"), registry=registre)
        self._durees = Histogram(
            "dnma_duree_secondes", "Durée des réponses", ("route",), buckets=BORNES_S, registry=registre
        )
        self._publication = Gauge("dnma_publication", "Numéro de la publication en vigueur", registry=registre)

    def observe(self, route: str, status: int, duree_s: float) -> None:
        """One answer."""
        self._requetes.labels(route, f"{status // 100}xx").inc()
        self._durees.labels(route).observe(duree_s)

    def render(self, lecteur: Mapping[str, int], ignores: Mapping[str, int], publication: int | None) -> bytes:
        """Text of the counters, those that others keep included."""
        self._publication.set(publication or 0)
        ailleurs = CollectorRegistry()
        ailleurs.register(_Tenus("dnma_lectures", "Lectures, selon leur origine", "origine", lecteur))
        ailleurs.register(_Tenus("dnma_entetes_ignores", "En-têtes ignorés, par raison", "raison", ignores))
        return generate_latest(self._registre) + generate_latest(ailleurs)


class _Tenus(Collector):
    """A counter that something else keeps."""

    def __init__(self, nom: str, aide: str, etiquette: str, valeurs: Mapping[str, int]) -> None:
        self._famille = CounterMetricFamily(nom, aide, labels=(etiquette,))
        for etiquetee, valeur in valeurs.items():
            self._famille.add_metric((etiquetee,), valeur)

    def collect(self) -> Iterator[CounterMetricFamily]:
        """As the registry asks for it."""
        yield self._famille
