"""What becomes of a delivery: every line kept, or refused with its reason; the same bytes never count twice."""

import gzip
import json
import os
import random
from datetime import datetime
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest import dialects
from ingest.blocks import read_blocks
from ingest.errors import ClesAbsentes, DossierClesInvalide, FichierIllisible, VerrouPris
from ingest.lake import quarantine
from ingest.lake.files import lake_lock
from marking_plan import load_plan
from marking_plan.lake import Manifest, read_manifests
from tests.engine import EVENT, ingest_files, write_events

BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
FAULTS = [
    ("champ_personnel", {"Prenom": "X"}),
    ("champ_personnel", {"userId": "12"}),
    ("opposition", {"opposition": True}),
    ("instant_absent", {"instant": None}),
    ("instant_invalide", {"instant": "hier"}),
    ("instant_invalide", {"instant": "2025-10-06T08:12:33"}),
    ("instant_invalide", {"instant": True}),
    ("instant_futur", {"instant": "2031-01-01T00:00:00Z"}),
    ("uai_invalide", {"uai": "0342332B"}),
    ("uai_invalide", {"uai": None}),
    ("visiteur_absent", {"visiteur": ""}),
    ("valeur_invalide", {"visiteur": "x" * 129}),
    ("valeur_invalide", {"visiteur": "a\u0000b"}),
    ("valeur_invalide", {"appareil": "minitel"}),
    ("valeur_invalide", {"service": {"nom": "x"}}),
    ("robot", {"agent": BOT}),
]


def only(donnees: Path, *paths: Path) -> Manifest:
    """Manifest of the one lot ingested."""
    [result] = ingest_files(donnees, *paths)
    return result.manifest


def lake_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("motif", "change"), FAULTS)
def test_a_faulty_line_is_refused_with_its_motif(tmp_path: Path, motif: str, change: dict[str, object]) -> None:
    delivery = write_events(tmp_path / "e.ndjson", [EVENT, {**EVENT, **change}])

    manifest = only(tmp_path / "d", delivery)

    assert (manifest.received, manifest.kept, manifest.refused) == (2, 1, {motif: 1})


def test_the_first_motif_wins(tmp_path: Path) -> None:
    delivery = write_events(tmp_path / "e.ndjson", [{**EVENT, "nom": "X", "instant": None, "uai": "?"}])

    assert only(tmp_path / "d", delivery).refused == {"champ_personnel": 1}


def test_every_motif_of_the_plan_but_closed_periods_and_the_collectors_is_tested_here() -> None:
    tested = {motif for motif, _ in FAULTS} | {"ligne_illisible", "periode_close", "hors_perimetre"}

    assert tested == {motif.code for motif in load_plan().motifs}


def test_missing_profil_service_and_agent_are_kept_and_counted(tmp_path: Path) -> None:
    bare = {name: EVENT[name] for name in ("instant", "uai", "visiteur")}

    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [bare, EVENT]))

    assert manifest.kept == 2
    assert manifest.corriges == {"profil_absent": 1, "service_absent": 1, "terminal_absent": 1}


def test_codes_outside_the_plan_are_kept_and_listed_unless_they_may_name_a_person(tmp_path: Path) -> None:
    lines = [{**EVENT, "service": "XYZ", "visiteur": f"v{n}"} for n in range(3)]
    private = {"service": "Jeanne Martin", "profil": "a.b@c.fr", "plateforme": "192.0.2.7"}
    lines += [{**EVENT, "visiteur": name, name: value} for name, value in private.items()]

    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", lines))

    assert (manifest.kept, manifest.refused) == (6, {})
    assert manifest.inconnus == {"service:XYZ": 3, "service:(non montré)": 1, "profil:(non montré)": 1}
    assert manifest.corriges == {"plateforme_ecartee": 1}


def test_the_same_delivery_ingested_twice_changes_nothing(tmp_path: Path) -> None:
    delivery = write_events(tmp_path / "e.ndjson", [EVENT, {**EVENT, "visiteur": "v2"}])
    ingest_files(tmp_path / "d", delivery)
    before = lake_bytes(tmp_path / "d")

    [again] = ingest_files(tmp_path / "d", delivery)

    assert again.already_known
    assert lake_bytes(tmp_path / "d") == before


def test_plain_gzip_and_zstd_give_the_same_events(tmp_path: Path) -> None:
    content = write_events(tmp_path / "e.ndjson", [EVENT]).read_bytes()
    (tmp_path / "e.gz").write_bytes(gzip.compress(content))
    with pa.CompressedOutputStream(str(tmp_path / "e.zst"), "zstd") as stream:
        stream.write(content)

    results = ingest_files(tmp_path / "d", *(tmp_path / name for name in ("e.ndjson", "e.gz", "e.zst")))

    assert [(r.manifest.kept, r.manifest.duplicates) for r in results] == [(1, 0), (0, 1), (0, 1)]


def test_repeats_are_counted_inside_a_lot_and_against_earlier_lots(tmp_path: Path) -> None:
    named, other = {**EVENT, "id": "1"}, {**EVENT, "visiteur": "v2"}
    first = write_events(tmp_path / "1.ndjson", [named, {**named, "service": "NOTES"}, other])
    second = write_events(tmp_path / "2.ndjson", [other, {**EVENT, "visiteur": "v3"}])

    results = ingest_files(tmp_path / "d", first, second)

    assert [(r.manifest.kept, r.manifest.duplicates) for r in results] == [(2, 1), (1, 1)]


def test_a_delivery_of_garbage_is_wholly_quarantined(tmp_path: Path) -> None:
    rng = random.Random(1)
    delivery = tmp_path / "g.ndjson"
    delivery.write_bytes(b"\n".join(rng.randbytes(rng.randrange(1, 300)).replace(b"\n", b" ") for _ in range(500)))

    manifest = only(tmp_path / "d", delivery)

    assert manifest.kept == 0
    assert manifest.received == manifest.refused_total == manifest.refused["ligne_illisible"]
    assert pl.read_parquet(tmp_path / "d" / "rejets" / f"{manifest.lot}.parquet").height == manifest.received


def test_the_quarantine_keeps_line_and_motif_but_no_value(tmp_path: Path) -> None:
    secret = {**EVENT, "uai": "Martine", "profil": "Dupont", "visiteur": "jeton-secret", "service": "06 12 34 56 78"}
    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [EVENT, secret]))

    [row] = pl.read_parquet(tmp_path / "d" / "rejets" / f"{manifest.lot}.parquet").to_dicts()

    assert (row["ligne"], row["motif"]) == (2, "uai_invalide")
    assert row["extrait"] == "uai=AAAAAAA profil=AAAAAA service=99 99 99 99 99"


def test_an_opposed_person_leaves_no_trace_but_a_count(tmp_path: Path) -> None:
    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [{**EVENT, "opposition": True}]))

    assert manifest.refused == {"opposition": 1}
    assert not (tmp_path / "d" / "rejets").exists()


def test_no_token_or_agent_reaches_the_disk(tmp_path: Path) -> None:
    tokens = [f"jeton-{n:04}" for n in range(300)]
    only(
        tmp_path / "d", write_events(tmp_path / "e.ndjson", [{**EVENT, "visiteur": t, "id": f"id-{t}"} for t in tokens])
    )

    stored = b"".join(lake_bytes(tmp_path).pop(name) for name in lake_bytes(tmp_path) if not name.endswith(".ndjson"))

    assert not any(token.encode() in stored for token in tokens)
    assert b"Firefox/140" not in stored


def test_the_same_visitor_has_unrelated_pseudonyms_in_two_weeks(tmp_path: Path) -> None:
    weeks = [EVENT, {**EVENT, "instant": "2025-10-13T08:12:33+02:00"}]
    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", weeks))

    pseudonyms = {pl.read_parquet(tmp_path / "d" / part.chemin)["visiteur"].item() for part in manifest.parts}

    assert len(pseudonyms) == 2


def test_keys_are_private_and_apart_from_the_data(tmp_path: Path) -> None:
    only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [EVENT]))
    keys = sorted((tmp_path / "d.cles").iterdir())

    assert [key.name for key in keys] == ["annee-2025-2026", "mois-2025-10", "semaine-2025-10-06"]
    assert (tmp_path / "d.cles").stat().st_mode & 0o777 == 0o700
    assert {(key.stat().st_mode & 0o777, key.stat().st_size) for key in keys} == {(0o600, 32)}
    assert len({key.read_bytes() for key in keys}) == 3


def test_a_key_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.cles").mkdir(mode=0o755)
    os.chmod(tmp_path / "d.cles", 0o755)

    with pytest.raises(DossierClesInvalide, match="chmod 700"):
        ingest_files(tmp_path / "d", write_events(tmp_path / "e.ndjson", [EVENT]))


@pytest.mark.parametrize("nom", ["semaine-2025-10-06", "mois-2025-10", "annee-2025-2026"])
@pytest.mark.parametrize("change", ["gone", "other"])
def test_events_of_an_open_period_without_its_right_key_stop_the_ingestion(
    tmp_path: Path, nom: str, change: str
) -> None:
    only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [EVENT]))
    key = tmp_path / "d.cles" / nom
    if change == "gone":
        key.unlink()
    else:
        key.write_bytes(os.urandom(32))

    with pytest.raises(ClesAbsentes, match=nom):
        ingest_files(tmp_path / "d", write_events(tmp_path / "f.ndjson", [{**EVENT, "visiteur": "v9"}]))

    assert len(read_manifests(tmp_path / "d")) == 1


@pytest.mark.parametrize("nom", ["semaine-2025-10-06", "mois-2025-10", "annee-2025-2026"])
def test_a_line_of_a_closed_week_month_or_year_is_refused(tmp_path: Path, nom: str) -> None:
    (tmp_path / "d" / "periodes").mkdir(parents=True)
    (tmp_path / "d" / "periodes" / f"{nom}.json").write_text('{"etat": "close", "empreinte": "x"}')
    open_line = {**EVENT, "instant": "2024-10-07T08:12:33+02:00"}

    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [EVENT, open_line]))

    assert (manifest.kept, manifest.refused) == (1, {"periode_close": 1})


def test_registers_hold_each_person_once_by_school_and_profil_under_unrelated_pseudonyms(tmp_path: Path) -> None:
    lines = [EVENT, {**EVENT, "service": "NOTES"}, {**EVENT, "profil": "PARENT"}, {**EVENT, "visiteur": "v2"}]
    next_month = {**EVENT, "instant": "2025-11-03T08:12:33+01:00"}
    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [*lines, next_month]))

    sets = {part.chemin.split("/semaine")[0]: pl.DataFrame() for part in manifest.registres}
    for part in manifest.registres:
        name = part.chemin.split("/semaine")[0]
        sets[name] = pl.concat([sets[name], pl.read_parquet(tmp_path / "d" / part.chemin)], how="diagonal")

    heights = {name: rows.unique().height for name, rows in sets.items()}
    assert heights == {"registres/mois=2025-10": 3, "registres/mois=2025-11": 1, "registres/annee=2025-2026": 3}
    assert not set(sets["registres/mois=2025-10"]["pseudonyme"]) & set(sets["registres/annee=2025-2026"]["pseudonyme"])
    assert not set(sets["registres/mois=2025-10"]["pseudonyme"]) & set(sets["registres/mois=2025-11"]["pseudonyme"])


def test_a_damaged_archive_leaves_nothing_visible(tmp_path: Path) -> None:
    content = gzip.compress(write_events(tmp_path / "e.ndjson", [EVENT] * 50_000).read_bytes(), 1)
    (tmp_path / "e.gz").write_bytes(content[: len(content) // 2])

    with pytest.raises(FichierIllisible, match="abîmée"):
        ingest_files(tmp_path / "d", tmp_path / "e.gz")

    assert read_manifests(tmp_path / "d") == []


def test_a_second_writer_is_told_so_at_once(tmp_path: Path) -> None:
    delivery = write_events(tmp_path / "e.ndjson", [EVENT])

    with lake_lock(tmp_path / "d"), pytest.raises(VerrouPris, match="Attendez"):
        ingest_files(tmp_path / "d", delivery)


def test_epoch_milliseconds_and_iso_instants_are_the_same(tmp_path: Path) -> None:
    iso = datetime.fromisoformat(str(EVENT["instant"]))
    same = [EVENT["instant"], round(iso.timestamp() * 1000), "2025-10-06T06:12:33.12Z"]
    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", [{**EVENT, "instant": i} for i in same]))

    assert (manifest.kept, manifest.duplicates, manifest.instant_min) == (1, 2, iso)


def test_blank_lines_do_not_count_but_keep_line_numbers(tmp_path: Path) -> None:
    delivery = tmp_path / "e.ndjson"
    delivery.write_text(f"\n{json.dumps(EVENT)}\n\nillisible\n")

    manifest = only(tmp_path / "d", delivery)

    assert manifest.received == 2
    assert pl.read_parquet(tmp_path / "d" / "rejets" / f"{manifest.lot}.parquet")["ligne"].to_list() == [4]


def test_a_quarantine_larger_than_memory_holds_keeps_every_line_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "_ROWS", 50)
    monkeypatch.setattr(dialects, "read_blocks", partial(read_blocks, size=4096))
    lines = [{**EVENT, "uai": "?"} if n % 3 else {**EVENT, "nom": "X"} for n in range(200)]

    manifest = only(tmp_path / "d", write_events(tmp_path / "e.ndjson", lines))

    rows = pl.read_parquet(tmp_path / "d" / manifest.rejets_chemin)
    assert rows["ligne"].to_list() == list(range(1, 201))
    assert rows["lot"].unique().to_list() == [manifest.lot]
    assert pq.read_metadata(tmp_path / "d" / manifest.rejets_chemin).num_row_groups > 1
