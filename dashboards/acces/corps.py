"""The body of a callback: only what the pages themselves send gets through (trust.md A6).

It must not run a callback.
"""

from collections.abc import Mapping

import orjson

CORPS_MAX = 65_536
_VALEUR_MAX = 4_096
_CHAMPS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
REFUS = "Cette demande n’a pas la forme de celles que nos pages envoient. Rechargez la page, puis recommencez."


def read_inputs(data: bytes, callbacks: Mapping[str, Mapping[str, object]]) -> list[str | None] | None:
    """Values of a body's inputs, in order, or None: it isn't one that our pages send.

    Every input is a text or nothing: our callbacks take addresses, and no other kind of value.
    """
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(body, dict) or not body.keys() <= _CHAMPS or not isinstance(body.get("output"), str):
        return None
    known = callbacks.get(body["output"])
    if known is None or "callback" not in known or not _same(body.get("outputs"), _outputs(body["output"])):
        return None
    changes = (body.get("changedPropIds", []), body.get("parsedChangedPropsIds", []))
    if not all(isinstance(change, list) and all(isinstance(name, str) for name in change) for change in changes):
        return None
    inputs, states = body.get("inputs"), body.get("state", [])
    if not _same(inputs, known["inputs"]) or not _same(states, known["state"]):
        return None
    values = [sent.get("value") for sent in [*body["inputs"], *states]]
    return values if all(_is_text(value) for value in values) else None


def _outputs(output: str) -> list[dict[str, str]]:
    """Targets named by a callback's output: `a.b`, or `..a.b...c.d..`."""
    names = output[2:-2].split("...") if output.startswith("..") else [output]
    return [dict(zip(("id", "property"), name.rsplit(".", 1), strict=False)) for name in names]


def _same(sent: object, expected: object) -> bool:
    """Whether these are the same properties, in order; one target may come alone, without a list."""
    targets = [sent] if isinstance(sent, dict) else sent
    if not isinstance(targets, list) or not isinstance(expected, list) or len(targets) != len(expected):
        return False
    pairs = zip(targets, expected, strict=True)
    return all(
        isinstance(t, dict) and t.keys() <= {"id", "property", "value"} and _names(t) == _names(e) for t, e in pairs
    )


def _names(target: Mapping[str, object]) -> tuple[object, object]:
    return target.get("id"), target.get("property")


def _is_text(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= _VALEUR_MAX)
