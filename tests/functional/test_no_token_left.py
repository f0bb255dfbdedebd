"""No person's identifier reaches the disk: tokens, addresses and names planted everywhere are searched in every byte."""

import base64
import io
import json
import random
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.simulation.simulate import simulate
from tests.engine import ingest_files

SECRETS = 1_000


def make_secrets(rng: random.Random) -> list[str]:
    """Tokens, IP addresses, names and mail addresses, a quarter of each."""
    tokens = [rng.randbytes(16).hex() for _ in range(SECRETS // 4)]
    addresses = [f"198.51.{rng.randrange(100, 255)}.{rng.randrange(100, 255)}" for _ in range(SECRETS // 4)]
    names = [f"Prenom{_word(rng)} Nom{_word(rng)}" for _ in range(SECRETS // 4)]
    mails = [f"{_word(rng)}.{_word(rng)}@ecole.example" for _ in range(SECRETS // 4)]
    return tokens + addresses + names + mails


def _word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=9))


def simulated_month(folder: Path) -> list[dict[str, object]]:
    """The readable native events of a simulated region, over the four weeks that October is nearest to."""
    simulate(folder, ecoles=10, semaines=4, debut=date(2025, 9, 29))
    events = []
    for path in sorted((folder / "livraisons").rglob("*.ndjson*")):
        with pa.input_stream(str(path), compression="detect") as stream:
            events += [read_event(line) for line in stream.read().split(b"\n")]
    return [event for event in events if event]


def read_event(line: bytes) -> dict[str, object]:
    """The object of a line; nothing when it holds none, for the simulation has faulty lines too."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def month_of_lines(events: list[dict[str, object]], secrets: list[str], rng: random.Random) -> Iterator[bytes]:
    """The month again, with a secret planted in each line: in a field, in an agent, or in a line that is no event."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    for n, (simulated, secret) in enumerate(zip(events, cycle(secrets), strict=False)):
        event = {**simulated, "id": secret, "agent": agent}
        if n % 2:
            event["visiteur"] = secret
        name = rng.choice(
            ["agent", "service", "profil", "plateforme", "uai", "type", "outil", "nom", "mail", "page", "id"]
        )
        event[name] = f"{agent} {secret}" if name == "agent" else secret
        if n % 7 == 0:
            event[secret] = 1
        if n % 11 == 0:
            event["instant"] = secret
        line = json.dumps(event, ensure_ascii=bool(n % 2)).encode()
        yield line if n % 5 else rng.choice([secret.encode(), line[:-1], b"<" + line + b">", line + b"\x7f"])


def stored_bytes(folder: Path) -> bytes:
    """Every byte under the folder; Parquet files also as they read, without compression or dictionary."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found.append(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
        if path.suffix == ".parquet":
            plain = io.BytesIO()
            pq.write_table(pq.read_table(path, partitioning=None), plain, compression="none", use_dictionary=False)
            found.append(plain.getvalue())
    return b"\n".join(found)


def forms(secret: str) -> list[bytes]:
    """A secret as it could have been written: raw, hex, base64 at the three alignments."""
    raw = secret.encode()
    aligned = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), *aligned]


def test_after_a_month_of_planted_secrets_no_stored_byte_tells_one(tmp_path: Path) -> None:
    rng = random.Random(7)
    secrets = make_secrets(rng)
    events = simulated_month(tmp_path / "simulation")
    (tmp_path / "e.ndjson").write_bytes(b"\n".join(month_of_lines(events, secrets, rng)))

    [result] = ingest_files(tmp_path / "d", tmp_path / "e.ndjson")

    assert len(events) > 10 * SECRETS
    assert result.manifest.kept > SECRETS
    assert result.manifest.refused_total > SECRETS
    stored = stored_bytes(tmp_path / "d")
    assert str(events[0]["uai"]).encode() in stored
    everything = stored + stored_bytes(tmp_path / "d.cles")
    assert [secret for secret in secrets if any(form in everything for form in forms(secret))] == []
