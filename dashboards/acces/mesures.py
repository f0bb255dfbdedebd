"""What the server tells of itself: health, and counters in Prometheus's text form.

It must not name a person, a school or a territory: routes and kinds of answers only.
"""

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping

BORNES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Mesures:
    """Counts requests and their times by route; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requetes: Counter[tuple[str, str]] = Counter()
        self._durees: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BORNES_S) + 1))
        self._sommes: defaultdict[str, float] = defaultdict(float)

    def observe(self, route: str, status: int, duree_s: float) -> None:
        """One answer."""
        with self._lock:
            self._requetes[route, f"{status // 100}xx"] += 1
            self._durees[route][bisect_left(BORNES_S, duree_s)] += 1
            self._sommes[route] += duree_s

    def render(self, lecteur: Mapping[str, int], ignores: Mapping[str, int], publication: int | None) -> str:
        """Text of the counters."""
        lines = ["# TYPE dnma_requetes_total counter"]
        with self._lock:
            lines += [f'dnma_requetes_total{{route="{r}",reponse="{c}"}} {n}' for (r, c), n in self._requetes.items()]
            lines.append("# TYPE dnma_duree_secondes histogram")
            for route, counts in self._durees.items():
                lines += _histogram(route, counts, self._sommes[route])
        lines.append("# TYPE dnma_lectures_total counter")
        lines += [f'dnma_lectures_total{{origine="{origine}"}} {n}' for origine, n in lecteur.items()]
        lines.append("# TYPE dnma_entetes_ignores_total counter")
        lines += [f'dnma_entetes_ignores_total{{raison="{raison}"}} {n}' for raison, n in ignores.items()]
        lines += ["# TYPE dnma_publication gauge", f"dnma_publication {publication or 0}"]
        return "\n".join(lines) + "\n"


def _histogram(route: str, counts: list[int], total_s: float) -> list[str]:
    lines, below = [], 0
    for borne, count in zip((*BORNES_S, "+Inf"), counts, strict=True):
        below += count
        lines.append(f'dnma_duree_secondes_bucket{{route="{route}",le="{borne}"}} {below}')
    return [
        *lines,
        f'dnma_duree_secondes_sum{{route="{route}"}} {total_s:.6f}',
        f'dnma_duree_secondes_count{{route="{route}"}} {below}',
    ]
