"""Contours become light, stay joined, and a file that isn't a map is refused in French."""

import json
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import FichierIllisible
from ingest.referentiels.carte import load_carte, read_contours
from marking_plan.lake import contour_file

GAUCHE = [[0.0, 0.0], [1.0, 0.0], [1.0004, 0.5003], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
DROITE = [[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0004, 0.5003], [1.0, 0.0]]


def _write(path: Path, objets: dict[str, object]) -> Path:
    features = [
        {"type": "Feature", "properties": {"code": code, "nom": "x"}, "geometry": geometrie}
        for code, geometrie in objets.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def _rings(rows: pl.DataFrame) -> dict[str, list[list[list[float]]]]:
    shapes = dict(zip(rows["territoire"], rows["geometrie"], strict=True))
    return {code: [polygon[0] for polygon in json.loads(text)["coordinates"]] for code, text in shapes.items()}


def test_neighbours_keep_the_same_border(tmp_path: Path) -> None:
    polygons: dict[str, object] = {
        c: {"type": "Polygon", "coordinates": [r]} for c, r in (("34", GAUCHE), ("30", DROITE))
    }
    niveau, rows = read_contours(_write(tmp_path / "c.geojson", polygons), "IGN")
    rings = _rings(rows)

    assert niveau == "departement"
    assert [1.0, 0.5] in rings["034"][0]
    assert [1.0, 0.5] in rings["030"][0]


def test_a_speck_goes_but_a_territory_never_vanishes(tmp_path: Path) -> None:
    speck = [[5.0, 5.0], [5.0001, 5.0], [5.0001, 5.0001], [5.0, 5.0]]
    file = _write(
        tmp_path / "c.geojson",
        {
            "34001": {"type": "MultiPolygon", "coordinates": [[GAUCHE], [speck]]},
            "34002": {"type": "Polygon", "coordinates": [speck]},
        },
    )
    rings = _rings(read_contours(file, "IGN")[1])

    assert len(rings["34001"]) == 1
    assert len(rings["34002"]) == 1


def test_a_level_is_kept_apart_and_replaced(tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [GAUCHE]}
    for source in ("avant", "après"):
        load_carte(tmp_path / "d", _write(tmp_path / "c.geojson", {"34": square}), source)
    load_carte(tmp_path / "d", _write(tmp_path / "c.geojson", {"34001": square}), "communes")

    assert pl.read_parquet(contour_file(tmp_path / "d", "departement"))["source"].to_list() == ["après"]
    assert pl.read_parquet(contour_file(tmp_path / "d", "commune"))["territoire"].to_list() == ["34001"]


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"\xff\x00", "pas une carte lisible"),
        (b"{}", "pas une carte lisible"),
        (b'{"features": []}', "pas une carte lisible"),
        (
            b'{"features": [{"properties": {"code": "34"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
            "polygones",
        ),
        (
            b'{"features": [{"properties": {"code": "34"}, "geometry": {"type": "Polygon", "coordinates": [[[770000, 6280000]]]}}]}',
            "longitude",
        ),
        (
            b'{"features": [{"properties": {"code": "3"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}]}',
            "codes",
        ),
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, contenu: bytes, dit: str) -> None:
    (tmp_path / "c.geojson").write_bytes(contenu)

    with pytest.raises(FichierIllisible, match=dit):
        read_contours(tmp_path / "c.geojson", "IGN")


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [("Polygon", []), ("Polygon", [[]]), ("Polygon", [{}]), ("MultiPolygon", []), ("MultiPolygon", [[]])],
)
def test_a_territory_without_a_contour_is_no_map(tmp_path: Path, kind: str, coordinates: list[object]) -> None:
    file = _write(tmp_path / "c.geojson", {"34": {"type": kind, "coordinates": coordinates}})

    with pytest.raises(FichierIllisible, match="pas une carte lisible"):
        read_contours(file, "IGN")
