"""Answers the pages' one callback: the same words as Dash's own route, written to JSON four times faster.

It must not know what a page shows, nor who may read it: the guard has read the body before, and gives what it checked.
"""

from collections.abc import Callable
from typing import cast

import orjson
from dash import Dash
from dash.development.base_component import Component
from flask import Flask, Response

from dashboards.acces.garde import RAPPEL, checked_inputs

_OF_DASH = {"available_properties", "available_wildcard_properties"}  # kept in each component, never sent


def answer_directly(app: Dash, targets: tuple[tuple[str, str], ...], show: Callable[..., tuple[object, ...]]) -> None:
    """Puts `show`, the only callback that runs here, behind Dash's route; `targets` are its outputs, as (id, property)."""

    def answer() -> Response:
        shown = {id_: {name: value} for (id_, name), value in zip(targets, show(*checked_inputs()), strict=True)}
        return Response(write_json({"multi": True, "response": shown}), mimetype="application/json")

    cast("Flask", app.server).view_functions[RAPPEL] = answer


def write_json(value: object) -> bytes:
    """Elements, components that Dash makes, and the plain records of charts, as the browser reads them."""
    return orjson.dumps(value, default=_describe)


def _describe(value: Component) -> dict[str, object]:
    """A component as Dash describes it; its own way goes through each property that it could have."""
    try:
        props = {nom: own for nom, own in vars(value).items() if nom[0] != "_" and nom not in _OF_DASH}
        return {"props": props, "type": value._type, "namespace": value._namespace}
    except AttributeError:
        raise TypeError(f"{type(value).__name__} is no component") from None
