"""Decode XiTi hits (2012 guide; domain.md 3.2): access-log lines, or bare query strings.

It must not keep an IP address, a referer or any parameter that the plan does not use.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import parse_qs

from ingest.blocks import LINE_MAX, Block
from ingest.dialects.frame import TEXT_FIELDS, Decoded, decode_rows, unreadable_row
from ingest.errors import DialecteInconnu
from ingest.referentiels.table import read_table
from marking_plan.semaines import PARIS

_LOG = re.compile(
    rb'^\S+ \S+ [^\[]+ \[(?P<instant>[^\]]+)\] "[A-Z]+ (?P<url>[^\s"]+)(?: [^"]*)?" \d+ \S+'
    rb'(?: "(?:[^"\\]|\\.)*" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
_CLIENT_HOUR = re.compile(r"^(\d{1,2})x(\d{1,2})x(\d{1,2})$")
_LOG_INSTANT = "%d/%b/%Y:%H:%M:%S %z"

Ecoles = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class XitiOptions:
    """What hits don't say: the school behind (s, s2), and the day of bare query strings."""

    ecoles: Ecoles
    jour: date | None


def load_options(table: Path | None, jour: date | None) -> XitiOptions:
    """Read the table `s;s2;uai`. Raises DialecteInconnu when it was not given."""
    if table is None:
        raise DialecteInconnu(
            "Les marqueurs XiTi ne portent pas d'UAI. Donnez la table « s;s2;uai » avec l'option --xiti-table."
        )
    return XitiOptions(load_ecoles(table), jour)


def load_ecoles(table: Path) -> Ecoles:
    """The school behind each (s, s2). Raises FichierIllisible, ColonneManquante."""
    rows = read_table(table, required=("s", "s2", "uai")).select("s", "s2", "uai").iter_rows()
    return {(s, s2): uai for s, s2, uai in rows}


def looks_xiti(line: bytes) -> bool:
    """Whether a line may be a hit: it names hit.xiti, or is a query string with its first two parameters."""
    return b"hit.xiti?" in line or (line.startswith(b"s=") and b"&s2=" in line)


def decode_block(block: Block, options: XitiOptions, motifs: dict[str, int]) -> Decoded:
    """Decode a block of hits, one row a non-empty line."""
    rows = [
        decode_line(number, line, options)
        for number, line in enumerate(block.split(), block.first_line)
        if line and not line.isspace()
    ]
    return Decoded([decode_rows(rows, motifs)] if rows else [], Counter())


def decode_line(number: int, line: bytes, options: XitiOptions) -> tuple[object, ...]:
    """The row (RAW_SCHEMA) of one hit."""
    log = _LOG.match(line) if len(line) <= LINE_MAX else None
    hit = _parse_hit(log["url"] if log else line.strip())
    if hit is None:
        return unreadable_row(number)
    instant = _log_instant(log["instant"]) if log else _client_instant(hit.get("hl"), options.jour)
    agent = log["agent"].decode("utf-8", "replace") if log and log["agent"] else None
    values = {**hit_values(hit, options.ecoles), "agent": None if agent == "-" else agent}
    return (number, instant, *(values.get(name) for name in TEXT_FIELDS), False, False, False, False)


def hit_values(hit: Mapping[str, str], ecoles: Ecoles) -> dict[str, str | None]:
    """What the parameters of a hit say, under our names."""
    return {
        "uai": ecoles.get((hit.get("s", ""), hit.get("s2", ""))),
        "profil": hit.get("x2") or hit.get("ac"),
        "service": hit.get("x1") or hit.get("p"),
        "visiteur": hit.get("at") or hit.get("idclient"),
        "plateforme": hit.get("x4"),
    }


def _parse_hit(url: bytes) -> dict[str, str] | None:
    if not looks_xiti(url) or len(url) > LINE_MAX:
        return None
    return parse_parameters(url.partition(b"?")[2] or url)


def parse_parameters(query: bytes) -> dict[str, str] | None:
    """First value of each parameter of a query string, blank ones left out; None when it is none."""
    try:
        parameters = parse_qs(query.decode("ascii"), keep_blank_values=False, errors="strict")
    except ValueError:
        return None
    return {name: values[0] for name, values in parameters.items()}


def _log_instant(text: bytes) -> str | None:
    try:
        return datetime.strptime(text.decode("ascii"), _LOG_INSTANT).isoformat()
    except ValueError:
        return "?"  # present but unreadable: instant_invalide


def _client_instant(hour: str | None, jour: date | None) -> str | None:
    """The client's clock (`hl=8x12x33`) on the day given: local time, earlier of the two on the autumn clock change."""
    found = _CLIENT_HOUR.match(hour or "")
    if jour is None or found is None:
        return None
    hours, minutes, seconds = (int(part) for part in found.groups())
    try:
        return datetime.combine(jour, time(hours, minutes, seconds), PARIS).isoformat()
    except ValueError:
        return "?"
