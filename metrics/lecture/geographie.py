"""Where territories lie: contours that were published, and the mean of their schools' coordinates. Held in memory.

It must not read a figure.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

import duckdb

from metrics.engine import fetch
from metrics.tableau import Contour, Noeud

Cle = tuple[str, str]


class Situee(Protocol):
    """A school, with the territories it lies in."""

    @property
    def lieux(self) -> dict[str, Noeud]: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Geographie:
    """Contours and points (longitude, latitude) by (niveau, territoire), and where the contours come from."""

    contours: dict[Cle, Contour]
    points: dict[Cle, tuple[float, float]]
    source: str


def read_geographie(connection: duckdb.DuckDBPyConnection, ecoles: Iterable[Situee]) -> Geographie:
    """Contours of the publication, and a point for each territory that has a school with coordinates."""
    rows = fetch(connection, "lecture/contours", {})
    contours = {(str(niveau), str(code)): _outline(str(geometrie)) for niveau, code, geometrie, _ in rows}
    sources = sorted({str(source) for *_, source in rows})
    return Geographie(contours, _points(ecoles), " ; ".join(sources))


def _points(ecoles: Iterable[Situee]) -> dict[Cle, tuple[float, float]]:
    found: dict[Cle, list[tuple[float, float]]] = defaultdict(list)
    for ecole in ecoles:
        if ecole.latitude is not None and ecole.longitude is not None:
            for niveau, noeud in ecole.lieux.items():
                found[niveau, noeud.territoire].append((ecole.longitude, ecole.latitude))
    return {key: (fmean(x for x, _ in seen), fmean(y for _, y in seen)) for key, seen in found.items()}


def _outline(geometrie: str) -> Contour:
    """Outer rings of a MultiPolygon: holes don't show at this scale."""
    polygons = json.loads(geometrie)["coordinates"]
    points = [point for polygon in polygons for point in (*polygon[0], (None, None))]
    return Contour(tuple(x for x, _ in points), tuple(y for _, y in points))
