"""Read the contours of départements or communes from a GeoJSON file, and make them light enough for a page.

It must not know schools. Points are snapped to a grid: two neighbours keep the very same border, which a simplification of
each contour apart would tear.
"""

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import cast

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from ingest.errors import FichierIllisible
from ingest.lake.files import lake_lock, write_atomically
from ingest.lake.parquet import parquet_bytes
from marking_plan.lake import contour_file
from marking_plan.phrases import count_fr
from marking_plan.schema import CONTOUR

Point = tuple[float, float]
# Grid in degrees, by level: about a pixel of a map that shows the whole region, or one département.
_PAS = {"departement": 0.01, "commune": 0.002}
_LONGUEURS = {"departement": (2, 3), "commune": (5,)}
_SOMMETS_MIN = 4  # of a closed ring


class _Proprietes(BaseModel):
    model_config = ConfigDict(extra="ignore")
    code: str


class _Geometrie(BaseModel):
    model_config = ConfigDict(extra="ignore")
    type: str = Field(pattern="^(Polygon|MultiPolygon)$")
    coordinates: list[object]


class _Objet(BaseModel):
    model_config = ConfigDict(extra="ignore")
    properties: _Proprietes
    geometry: _Geometrie


class _Collection(BaseModel):
    model_config = ConfigDict(extra="ignore")
    features: list[_Objet] = Field(min_length=1)


def load_carte(donnees: Path, fichier: Path, source: str) -> list[str]:
    """Replace the contours of the level that the file holds. Raises FichierIllisible."""
    niveau, rows = read_contours(fichier, source)
    with lake_lock(donnees):
        write_atomically(contour_file(donnees, niveau), parquet_bytes(rows, CONTOUR))
    poids = sum(len(geometrie) for geometrie in rows["geometrie"]) // 1000
    contours = count_fr(rows.height, "contour", "contours")
    return [f"Carte : {contours} du niveau {niveau} ({poids} ko). Source : {source}."]


def read_contours(fichier: Path, source: str) -> tuple[str, pl.DataFrame]:
    """Level of the file and its rows, with the columns of CONTOUR. Raises FichierIllisible."""
    try:
        collection = _Collection.model_validate(json.loads(fichier.read_bytes()))
        contours = [(o.properties.code, _polygons(o.geometry)) for o in collection.features]
    except (ValueError, TypeError, LookupError) as error:  # pydantic's own is a ValueError
        raise FichierIllisible(
            f"{fichier.name} n'est pas une carte lisible. Attendu : un FeatureCollection GeoJSON de polygones, en longitude "
            "et latitude, dont chaque objet a une propriété « code »."
        ) from error
    niveau = _level(fichier.name, [code for code, _ in contours])
    rows = [
        {
            "niveau": niveau,
            "territoire": _code(niveau, code),
            "geometrie": _geojson(polygons, _PAS[niveau]),
            "source": source,
        }
        for code, polygons in contours
    ]
    return niveau, pl.DataFrame(rows).unique("territoire", keep="first").sort("territoire")


def _level(nom: str, codes: list[str]) -> str:
    for niveau, longueurs in _LONGUEURS.items():
        if all(len(code) in longueurs for code in codes):
            return niveau
    raise FichierIllisible(
        f"{nom} : les codes ne sont pas d'un seul niveau. Attendu : des départements (34 ou 034) ou des communes (34194)."
    )


def _code(niveau: str, code: str) -> str:
    """Départements are written on three characters in the annuaire."""
    return code.zfill(3) if niveau == "departement" else code


def _polygons(geometrie: _Geometrie) -> list[list[Point]]:
    """Outer rings, none of them empty. Raises ValueError, TypeError or LookupError when coordinates aren't some."""
    shape = [geometrie.coordinates] if geometrie.type == "Polygon" else geometrie.coordinates
    rings = [cast("list[list[list[float]]]", polygon)[0] for polygon in shape]
    if not rings or not all(rings):
        raise ValueError(rings)
    return [[(_degree(x, 180), _degree(y, 90)) for x, y, *_ in ring] for ring in rings]


def _degree(value: float, limit: int) -> float:
    if not -limit <= value <= limit:
        raise ValueError(value)
    return float(value)


def _geojson(polygons: Iterable[list[Point]], pas: float) -> str:
    """The same shape on a grid; an island smaller than its mesh goes, unless nothing else is left."""
    kept = [ring for ring in (_snap(ring, pas) for ring in polygons) if len(ring) >= _SOMMETS_MIN]
    whole = kept or [max(polygons, key=len)]
    return json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in whole]}, separators=(",", ":"))


def _snap(ring: list[Point], pas: float) -> list[Point]:
    places = [(round(round(x / pas) * pas, 4), round(round(y / pas) * pas, 4)) for x, y in ring]
    return [places[0], *(after for before, after in pairwise(places) if after != before)]
