"""The same two events in every dialect: recognised, and the same in the lake."""

import gzip
import shutil
from datetime import datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.dialects import DIALECTES, DialectOptions
from ingest.errors import FichierIllisible
from ingest.pipeline import Lake, ingest_sources
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.lake import Manifest
from tests.engine import NOW

FIXTURES = Path(__file__).parent / "fixtures" / "livraisons"
FILES = {
    "natif": "natif.ndjson",
    "proprietes": "proprietes.ndjson",
    "xiti": "xiti.log",
    "csv": "evenements.csv",
    "parquet": "evenements.parquet",
}
HEADER = b"instant;uai;visiteur\n"
ROW = b"2025-10-06T08:12:33+02:00;0342332A;V1\n"


def write_fixture(folder: Path, dialecte: str) -> Path:
    """The fixture of a dialect; Parquet is made from the CSV one."""
    path = folder / FILES[dialecte]
    if dialecte == "parquet":
        rows = pl.read_csv(FIXTURES / FILES["csv"], separator=";", infer_schema=False)
        pq.write_table(rows.with_columns(pl.col("instant").str.to_datetime("%+", time_zone="UTC")).to_arrow(), path)
    else:
        shutil.copy(FIXTURES / FILES[dialecte], path)
    return path


def ingest(folder: Path, path: Path, dialecte: str | None = None) -> Manifest:
    (folder / "table.csv").write_text("s;s2;uai\n340001;2;0342332A\n")
    plan = load_plan()
    options = DialectOptions(dialecte, folder / "table.csv", None, plan.champs_personnels)
    lake = Lake(folder / "d", folder / "d.cles", plan, NOW)
    [result] = ingest_sources(lake, find_sources([str(path)]), options)
    return result.manifest


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("dialecte", DIALECTES)
def test_a_dialect_is_recognised_or_named_and_gives_the_same_events(tmp_path: Path, dialecte: str, named: bool) -> None:
    manifest = ingest(tmp_path, write_fixture(tmp_path, dialecte), dialecte if named else None)

    rows = pl.read_parquet(tmp_path / "d" / manifest.parts[0].chemin).sort("instant").drop("visiteur", "type", "id")
    assert (manifest.dialecte, manifest.received, manifest.kept) == (dialecte, 2, 2)
    assert rows["instant"].dt.epoch("ms").to_list() == [1759731153000, 1759731180000]
    assert rows.drop("instant").rows() == [
        ("0342332A", "eleve", "cahier_textes", "ordinateur", "linux", "firefox", "ONE"),
        ("0342332A", "parent", "page_ent", "ordinateur", "linux", "firefox", "ONE"),
    ]


@pytest.mark.parametrize("dialecte", ["proprietes", "csv"])
def test_a_compressed_dialect_is_recognised_too(tmp_path: Path, dialecte: str) -> None:
    path = tmp_path / "e.gz"
    path.write_bytes(gzip.compress((FIXTURES / FILES[dialecte]).read_bytes()))

    assert (ingest(tmp_path, path).dialecte, ingest(tmp_path, path).kept) == (dialecte, 2)


@pytest.mark.parametrize(
    ("line", "motif"),
    [
        (b"2025-10-06T08:12:33+02:00;0342332A", "ligne_illisible"),
        (b'2025-10-06T08:12:33+02:00;0342332A;"V', "ligne_illisible"),
        (b"\xff;0342332A;V", "ligne_illisible"),
        (b";0342332A;V", "instant_absent"),
        (b"2025-10-06T08:12:33+02:00;0342332B;V", "uai_invalide"),
        (b"2025-10-06T08:12:33+02:00;0342332A; ", "visiteur_absent"),
    ],
)
def test_a_faulty_csv_line_is_refused_alone(tmp_path: Path, line: bytes, motif: str) -> None:
    (tmp_path / "e.csv").write_bytes(HEADER + line + b"\r\n" + ROW)

    manifest = ingest(tmp_path, tmp_path / "e.csv")

    assert (manifest.received, manifest.kept, manifest.refused) == (2, 1, {motif: 1})


def test_a_personal_column_has_every_line_refused(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_bytes(b"instant,uai,visiteur,Nom\n" + ROW.replace(b";", b",").replace(b"\n", b",X\n"))

    assert ingest(tmp_path, tmp_path / "e.csv").refused == {"champ_personnel": 1}


def test_a_parquet_file_with_numbers_and_a_naive_instant_is_read_row_by_row(tmp_path: Path) -> None:
    rows = {"instant": [1759731153000, None], "uai": ["0342332A"] * 2, "visiteur": [12, 13], "x": [1.5, None]}
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    pq.write_table(pa.table({**rows, "instant": [datetime(2025, 10, 6)] * 2}), tmp_path / "b.parquet")

    first, second = ingest(tmp_path, tmp_path / "a.parquet"), ingest(tmp_path, tmp_path / "b.parquet")

    assert (first.kept, first.refused, first.champs_ignores) == (1, {"instant_absent": 1}, {"x": 2})
    assert second.refused == {"instant_invalide": 2}


def test_a_damaged_parquet_file_is_said_to_be_so(tmp_path: Path) -> None:
    path = write_fixture(tmp_path, "parquet")
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(FichierIllisible, match="abîmé"):
        ingest(tmp_path, path)


@pytest.mark.parametrize("before", [b"\n", b"\r\n  \n"])
def test_a_blank_line_may_come_before_the_header_of_a_csv(tmp_path: Path, before: bytes) -> None:
    (tmp_path / "e.csv").write_bytes(before + HEADER + ROW)

    manifest = ingest(tmp_path, tmp_path / "e.csv")

    assert (manifest.dialecte, manifest.received, manifest.kept) == ("csv", 1, 1)


def test_a_line_that_begins_as_parquet_does_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "e.ndjson").write_bytes(b"PAR1\n")

    manifest = ingest(tmp_path, tmp_path / "e.ndjson")

    assert (manifest.dialecte, manifest.refused) == ("natif", {"ligne_illisible": 1})


def test_a_stray_line_does_not_name_the_dialect_of_a_delivery(tmp_path: Path) -> None:
    lines = (FIXTURES / FILES["natif"]).read_bytes() + b'hit.xiti?s=1&s2=2\n{"UAI": "0342332A"}\n'
    (tmp_path / "e.ndjson").write_bytes(lines)

    manifest = ingest(tmp_path, tmp_path / "e.ndjson")

    assert (manifest.dialecte, manifest.kept) == ("natif", 2)
