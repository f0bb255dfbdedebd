"""What browsers send, a beacon, a query string or a hit of the 2012 tag, as one native line that ends with a newline.

It must not judge an event: what is amiss in it is found where every line is judged. Nothing sent says when it was, or from which
browser: the collector's clock and the request's header do.
"""

from collections.abc import Mapping
from datetime import datetime

import orjson

from ingest.blocks import LINE_MAX
from ingest.dialects import proprietes, xiti
from ingest.dialects.records import says_true
from ingest.errors import CorpsRefuse
from ingest.lines.agents import AGENT_MAX

_PROPRIETES = proprietes.fields(frozenset())


def from_beacon(corps: bytes, agent: str, now: datetime) -> bytes:
    """The line of one JSON object, under the names of the native format or of 2021. Raises CorpsRefuse."""
    _check_size(corps)
    try:
        event = orjson.loads(corps)
    except ValueError as error:
        raise CorpsRefuse(400, "Le corps n'est pas un objet JSON en UTF-8. Envoyez un seul événement.") from error
    if not isinstance(event, dict):
        raise CorpsRefuse(400, "Le corps est du JSON, mais pas un objet. Envoyez un seul événement.")
    return _write_line(_PROPRIETES.translate(event), agent, now)


def from_query(query: str, agent: str, now: datetime) -> bytes:
    """The line of the same properties written as a query string. Raises CorpsRefuse."""
    event = dict(_PROPRIETES.translate(_parse(query)))
    if "opposition" in event:
        event["opposition"] = says_true(str(event["opposition"]))
    return _write_line(event, agent, now)


def from_hit(query: str, agent: str, now: datetime, ecoles: xiti.Ecoles) -> bytes:
    """The line of a hit of the 2012 tag; one whose school the table doesn't have keeps none. Raises CorpsRefuse."""
    values = xiti.hit_values(_parse(query), ecoles)
    return _write_line({name: value for name, value in values.items() if value is not None}, agent, now)


def _parse(query: str) -> dict[str, str]:
    octets = query.encode("utf-8", "surrogatepass")
    _check_size(octets)
    parameters = xiti.parse_parameters(octets)
    if not parameters:
        raise CorpsRefuse(
            400, "La chaîne de requête ne porte aucun paramètre lisible (ASCII, UTF-8 échappé par « % »)."
        )
    return parameters


def _write_line(event: Mapping[str, object], agent: str, now: datetime) -> bytes:
    told = {**event, "instant": int(now.timestamp() * 1000), "agent": agent[:AGENT_MAX]}
    if not agent:
        del told["agent"]
    try:
        line = orjson.dumps(told)
    except TypeError as error:
        raise CorpsRefuse(
            400, "L'objet JSON est imbriqué trop profondément. Un événement est un objet à plat."
        ) from error
    _check_size(line)
    return line + b"\n"


def _check_size(octets: bytes) -> None:
    if len(octets) > LINE_MAX:
        raise CorpsRefuse(413, f"Un événement fait {LINE_MAX >> 10} Kio au plus. Retirez ce qui n'est pas du format.")
