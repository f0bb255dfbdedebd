"""What browsers send becomes one native line, the same as a file of the same hits would give."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.blocks import LINE_MAX
from ingest.collecte.marquage import from_beacon, from_hit, from_query
from ingest.dialects import natif, xiti
from ingest.dialects.frame import RAW_SCHEMA
from ingest.dialects.json_lines import decode_line
from ingest.dialects.records import Outside
from ingest.errors import CorpsRefuse
from marking_plan import load_plan

NOW = datetime(2025, 10, 6, 6, 12, 33, tzinfo=UTC)
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ECOLES = {("340001", "2"): "0342332A"}
EVENT = {"uai": "0342332A", "profil": "ELEVE", "service": "ACCUEIL", "visiteur": "v1", "plateforme": "ONE"}
FIELDS = natif.fields(load_plan().champs_personnels)
HIT = "s=340001&s2=2&p=Cahier_Textes&at=V1&ac=1&x1=9&x2=1&x3=1&x4=ONE&idclient=V1&hl=8x12x33"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def read(line: bytes) -> dict[str, object]:
    """The row that the judge sees of a line."""
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert len(line) <= LINE_MAX + 1
    return dict(zip(RAW_SCHEMA, decode_line(1, line[:-1], FIELDS, Outside()), strict=True))


def read_hit_in_a_file(query: str, agent: str) -> dict[str, object]:
    """The row of the same hit in an access log."""
    request = f'"GET /hit.xiti?{query} HTTP/1.1" 200 43 "-" "{agent}"'
    line = f"192.0.2.7 - - [06/Oct/2025:08:12:33 +0200] {request}".encode()
    return dict(zip(RAW_SCHEMA, xiti.decode_line(1, line, xiti.XitiOptions(ECOLES, None)), strict=True))


def line_or_refusal(make: Callable[[], bytes]) -> dict[str, object] | int:
    try:
        return read(make())
    except CorpsRefuse as refusal:
        return refusal.statut


def test_a_beacon_gives_its_fields_the_servers_clock_and_the_headers_agent() -> None:
    lies = {"instant": "1999-01-01T00:00:00Z", "agent": "Googlebot", "INSTANT": 1}

    row = read(from_beacon(json.dumps({**EVENT, **lies}).encode(), AGENT, NOW))

    assert {name: row[name] for name in EVENT} == EVENT
    assert (row["instant"], row["agent"], row["personnel"]) == ("1759731153000", AGENT, False)


def test_names_of_2021_are_understood_beside_ours() -> None:
    row = read(from_beacon(b'{"UAI": "0342332A", "ID_PERSO": "v1", "service": "NOTES"}', AGENT, NOW))

    assert (row["uai"], row["visiteur"], row["service"]) == ("0342332A", "v1", "NOTES")


def test_what_is_not_of_the_format_is_left_to_the_judge() -> None:
    outside = Outside()
    line = from_beacon(json.dumps({**EVENT, "Prenom": "X", "page": 3}).encode(), AGENT, NOW)

    decode_line(1, line[:-1], FIELDS, outside)

    assert dict(outside.personal) == {"Prenom": 1}
    assert read(line)["personnel"] is True


@pytest.mark.parametrize("make", [from_beacon, from_query])
@pytest.mark.parametrize("said", [True, False])
def test_an_opposition_is_read(make: Callable[..., bytes], said: bool) -> None:
    body = json.dumps({**EVENT, "opposition": said}).encode()
    query = urlencode({**EVENT, "OPPOSITION": str(said).lower()})

    row = read(make(body if make is from_beacon else query, AGENT, NOW))

    assert row["opposition"] is said


@pytest.mark.parametrize(
    ("corps", "statut"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"uai": "\xff"}', 400),
        (b'{"a": ' + b"[" * 900 + b"]" * 900 + b"}", 400),
        (b'{"a": "' + b"x" * LINE_MAX + b'"}', 413),
        (b'{"a": "' + b"x" * (LINE_MAX - 10) + b'"}', 413),
    ],
)
def test_a_body_that_is_no_event_is_refused_with_its_status(corps: bytes, statut: int) -> None:
    with pytest.raises(CorpsRefuse) as refusal:
        from_beacon(corps, AGENT, NOW)

    assert refusal.value.statut == statut


@pytest.mark.parametrize("query", ["", "&&", "s=%FF", "s=é", "s=1&p=" + "x" * LINE_MAX])
def test_a_query_that_is_none_is_refused(query: str) -> None:
    assert line_or_refusal(lambda: from_query(query, AGENT, NOW)) in (400, 413)
    assert line_or_refusal(lambda: from_hit(query, AGENT, NOW, ECOLES)) in (400, 413)


@given(st.binary(max_size=200) | st.dictionaries(TEXTS, TEXTS | st.integers()).map(lambda d: json.dumps(d).encode()))
@example(b'{"visiteur": "a\\nb"}')
def test_whatever_the_body_there_is_one_line_or_a_refusal(corps: bytes) -> None:
    result = line_or_refusal(lambda: from_beacon(corps, AGENT, NOW))

    assert result in (400, 413) if isinstance(result, int) else result["instant"] == "1759731153000"


@given(st.text(max_size=100))
def test_whatever_the_query_there_is_one_line_or_a_refusal(query: str) -> None:
    for make in (lambda: from_query(query, AGENT, NOW), lambda: from_hit(query, AGENT, NOW, ECOLES)):
        result = line_or_refusal(make)
        assert result in (400, 413) if isinstance(result, int) else result["instant"] == "1759731153000"


@given(st.dictionaries(st.sampled_from([*EVENT, "type", "id", "outil"]), TEXTS.filter(bool), min_size=1))
def test_a_query_gives_what_the_same_beacon_gives(event: dict[str, str]) -> None:
    beacon = from_beacon(json.dumps(event).encode(), AGENT, NOW)

    assert read(from_query(urlencode(event), AGENT, NOW)) == read(beacon)


@given(
    st.dictionaries(
        st.sampled_from(["s", "s2", "p", "at", "ac", "x1", "x2", "x3", "x4", "idclient", "hl", "ref"]),
        st.sampled_from(["340001", "2", "", "1"]) | TEXTS,
        min_size=1,
    ),
    st.sampled_from([AGENT, "-", "x" * 600]),
)
@example({"s": "340001", "s2": "2", "at": "V1"}, AGENT)
def test_a_hit_gives_what_the_same_hit_in_a_file_gives(hit: dict[str, str], agent: str) -> None:
    query = urlencode(hit)
    result = line_or_refusal(lambda: from_hit(query, "" if agent == "-" else agent, NOW, ECOLES))
    in_file = read_hit_in_a_file(query, agent)

    if isinstance(result, int):
        assert not any(in_file[name] for name in ("uai", "profil", "service", "visiteur", "plateforme"))
    else:
        assert (result.pop("instant"), in_file.pop("instant")) == ("1759731153000", "2025-10-06T08:12:33+02:00")
        assert str(in_file.pop("agent"))[:512] == str(result.pop("agent"))
        assert result == in_file


def test_the_hit_of_the_2012_guide_is_read() -> None:
    row = read(from_hit(HIT, AGENT, NOW, ECOLES))

    assert (row["uai"], row["profil"], row["service"], row["visiteur"]) == ("0342332A", "1", "9", "V1")
    assert (row["plateforme"], row["agent"]) == ("ONE", AGENT)
