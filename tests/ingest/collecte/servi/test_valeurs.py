"""What a line may hold (trust.md C6 to C9): the same verdict as in a delivered file, no repair, and every line accounted for."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.collecte.groupe import PERIODE_CLOSE
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.sources import Source
from marking_plan import load_plan
from tests.ingest.collecte.servi.outils import Essai, lines

NOW_MS = int(time.time() * 1000)
GOOD = {"instant": NOW_MS, "uai": "0342332A", "profil": "eleve", "service": "ACCUEIL", "visiteur": "v1", "agent": "x"}
LIGNE = orjson.dumps(GOOD)
DEBUT = LIGNE[:-1]


def with_field(nom: str, json: bytes) -> bytes:
    """The good line, one field of which is written as given."""
    return orjson.dumps({name: value for name, value in GOOD.items() if name != nom})[:-1] + b',"%s":%s}' % (
        nom.encode(),
        json,
    )


TABLE = {
    "good": LIGNE,
    "int-over-64-bits": with_field("instant", b"18446744073709551616"),
    "int-over-53-bits": with_field("id", b"9007199254740993"),
    "int-of-300-digits": with_field("id", b"1" * 300),
    "float-instant": with_field("instant", b"1.5e12"),
    "infinite": with_field("instant", b"1e400"),
    "nan": with_field("instant", b"NaN"),
    "duplicate-key": DEBUT + b',"uai":"0340002T"}',
    "duplicate-key-hostile": DEBUT + b',"uai":5}',
    "nul": with_field("visiteur", b'"a\\u0000b"'),
    "nul-byte": with_field("visiteur", b'"a\x00b"'),
    "escape": with_field("visiteur", b'"\\u001b[31m"'),
    "c1": with_field("visiteur", b'"\\u0085"'),
    "bidi": with_field("visiteur", '"\u202eabc"'.encode()),
    "not-nfc": with_field("visiteur", '"e\u0301"'.encode()),
    "surrogate": with_field("visiteur", b'"\\ud800"'),
    "bad-utf8": with_field("visiteur", b'"\xff\xfe"'),
    "true": with_field("visiteur", b"true"),
    "null": with_field("visiteur", b"null"),
    "array-value": with_field("visiteur", b'["a"]'),
    "object-value": with_field("visiteur", b'{"a":1}'),
    "deep": with_field("x", b"[" * 500 + b"]" * 500),
    "very-deep": with_field("x", b"[" * 5_000 + b"]" * 5_000),
    "bom": b"\xef\xbb\xbf" + LIGNE,
    "trailing": LIGNE + b" {}",
    "comment": LIGNE + b" // ok",
    "single-quotes": LIGNE.replace(b'"', b"'"),
    "long-text": with_field("visiteur", b'"' + b"x" * 300 + b'"'),
    "line-of-16-kib": with_field("x", b'"' + b"x" * 17_000 + b'"'),
    "unknown-type": with_field("type", b'"AUTRE"'),
    "personal": with_field("prenom", b'"Lea"'),
    "array-in-a-line": b"[1]",
    "number-in-a-line": b"12",
    "half": LIGNE[:-5],
    "return": LIGNE + b"\r",
    "blanks": b"   ",
    "future": with_field("instant", str(NOW_MS + 3_600_000).encode()),
    "text-instant": with_field("instant", b'"2025-13-45T00:00:00Z"'),
}


def judge_in_a_file(content: bytes) -> dict[int, str]:
    """The motif of each refused line, from 1, of a delivery."""
    with tempfile.TemporaryDirectory() as folder:
        racine = Path(folder)
        (racine / "e.ndjson").write_bytes(content)
        lake = Lake(racine / "d", racine / "k", load_plan())
        [result] = ingest_sources(
            lake,
            [Source("e.ndjson", racine / "e.ndjson")],
            DialectOptions(champs_personnels=lake.plan.champs_personnels),
        )
        if not result.manifest.rejets_sha256:
            return {}
        rows = pl.read_parquet(racine / "d" / result.manifest.rejets_chemin)
        return dict(rows.select("ligne", "motif").iter_rows())


def judge_served(essai: Essai, content: bytes) -> dict[int, str]:
    """The same, of a batch."""
    refuses = essai.post(content).comptes[2]
    assert isinstance(refuses, tuple)
    return {index + 1: motif for index, motif in refuses}


def test_each_line_has_the_verdict_that_it_has_in_a_file(essai: Essai) -> None:
    content = b"\n".join([LIGNE, *TABLE.values()]) + b"\n"

    in_file, served = judge_in_a_file(content), judge_served(essai, content)

    names = dict(enumerate(TABLE, 2))
    assert {names[n]: motif for n, motif in served.items()} == {names[n]: motif for n, motif in in_file.items()}
    accepted = {name for n, name in names.items() if n not in served}
    # An integer stands for its digits, all of them; a field outside the format is ignored, however deep.
    assert accepted == {"good", "int-over-53-bits", "duplicate-key", "return", "blanks", "deep"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(max_size=8), min_size=1, max_size=8),
    st.sampled_from(["visiteur", "uai", "service", "plateforme", "id"]),
)
def test_any_text_has_the_verdict_that_it_has_in_a_file(essai: Essai, texts: list[str], nom: str) -> None:
    safe = [text.encode("utf-8", "replace").decode() for text in texts]
    content = LIGNE + b"\n" + lines([{**GOOD, nom: text} for text in safe])

    assert judge_served(essai, content) == judge_in_a_file(content)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([*TABLE.values(), b"", b"\t"]) | st.binary(max_size=40), max_size=15),
    st.sampled_from([b"\n", b"\r\n"]),
)
def test_every_line_is_accepted_a_repeat_or_refused(essai: Essai, lignes: list[bytes], fin: bytes) -> None:
    content = fin.join(lignes)
    recu = essai.post(content)

    if recu.statut != 200:  # a body that begins as an array is one, or is refused
        assert recu.statut == 400
        assert content.lstrip()[:1] == b"["
        return
    acceptes, doublons, refuses = recu.comptes
    assert isinstance(refuses, tuple)
    if content.lstrip()[:1] != b"[":
        sent = sum(1 for ligne in content.split(b"\n") if ligne and not ligne.isspace())
        assert acceptes + doublons + len(refuses) == sent == recu.verdict["recus"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("ecart", "motif"),
    [
        (timedelta(minutes=9), None),
        (timedelta(minutes=11), "instant_futur"),
        (timedelta(days=400), "instant_futur"),
        (-timedelta(hours=1), None),
        (-timedelta(days=60), PERIODE_CLOSE),
        (-timedelta(days=400), PERIODE_CLOSE),
    ],
    ids=str,
)
def test_the_clock_bounds_what_is_taken(essai: Essai, ecart: timedelta, motif: str | None) -> None:
    [event] = [{**GOOD, "instant": (datetime.now(UTC) + ecart).isoformat(), "id": f"h{ecart}"}]

    assert essai.post(lines([event])).comptes == ((1, 0, ()) if motif is None else (0, 0, ((0, motif),)))
