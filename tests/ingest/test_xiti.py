"""XiTi hits of the 2012 plan become the same events as native lines."""

from datetime import date
from pathlib import Path

import pytest

from ingest.dialects.frame import RAW_SCHEMA
from ingest.dialects.xiti import XitiOptions, decode_line, load_options, looks_xiti
from ingest.errors import ColonneManquante, DialecteInconnu

LOG = (
    b'192.0.2.7 - - [06/Oct/2025:08:12:33 +0200] "GET /hit.xiti?s=340001&s2=2&p=Cahier_Textes&at=V1&ac=1'
    b'&x1=9&x2=1&x3=1&x4=ONE&idclient=V1&hl=8x12x33 HTTP/1.1" 200 43 "http://ent.example/page" "Mozilla/5.0 (X11)"'
)
OPTIONS = XitiOptions({("340001", "2"): "0342332A"}, date(2025, 10, 6))


def decode(*lines: bytes) -> list[dict[str, object]]:
    return [dict(zip(RAW_SCHEMA, decode_line(1, line, OPTIONS), strict=True)) for line in lines]


def test_a_log_line_gives_every_field_and_drops_the_address() -> None:
    [row] = decode(LOG)

    assert (row["instant"], row["uai"], row["profil"]) == ("2025-10-06T08:12:33+02:00", "0342332A", "1")
    assert (row["service"], row["visiteur"], row["plateforme"]) == ("9", "V1", "ONE")
    assert row["agent"] == "Mozilla/5.0 (X11)"
    assert not any("192.0.2.7" in str(value) for value in row.values())


def test_a_bare_query_string_takes_the_day_given_and_the_client_hour() -> None:
    [row] = decode(b"s=340001&s2=2&p=Page_ENT&at=V1&ac=2&x1=&x2=2&hl=8x5x3")

    assert (row["instant"], row["service"]) == ("2025-10-06T08:05:03+02:00", "Page_ENT")


def test_a_bare_query_string_without_hour_has_no_instant() -> None:
    [row] = decode(b"hit.xiti?s=340001&s2=2&at=V1")

    assert row["instant"] is None


def test_a_line_that_is_no_hit_is_unreadable() -> None:
    assert [row["illisible"] for row in decode(b'- - - [x] "GET / HTTP/1.1" 200 1', b"\xff\xfe")] == [True, True]


def test_an_unknown_school_has_no_uai() -> None:
    [row] = decode(LOG.replace(b"s2=2", b"s2=3"))

    assert row["uai"] is None


@pytest.mark.parametrize(("line", "expected"), [(LOG, True), (b"s=1&s2=2", True), (b'{"uai": "x"}', False)])
def test_hits_are_recognised(line: bytes, expected: bool) -> None:
    assert looks_xiti(line) is expected


def test_the_table_of_schools_is_required_and_read(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("s;s2;uai\n340001;2;0342332A\n")
    assert load_options(table, None).ecoles == {("340001", "2"): "0342332A"}

    with pytest.raises(DialecteInconnu, match="--xiti-table"):
        load_options(None, None)
    table.write_text("a;b\n1;2\n")
    with pytest.raises(ColonneManquante, match="s2"):
        load_options(table, None)
