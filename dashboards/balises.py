"""HTML elements of the pages: Dash's own, made without its check of every argument, which took half of a page's time.

It must not draw or lay out. A test gives every page's elements back to Dash, which checks them.
"""

import types
from typing import TYPE_CHECKING, Any

from dash import html as _html
from dash.development.base_component import Component

if TYPE_CHECKING:
    from dash import html as html  # the same names and arguments, as far as types go
else:

    class _Html:
        """Elements by name, each made once."""

        def __getattr__(self, nom: str) -> type[Component]:
            element = _lighten(getattr(_html, nom))
            setattr(self, nom, element)
            return element

    html = _Html()


def _lighten(kind: type[Component]) -> type[Component]:
    """The same element, which keeps what Dash knows of it in its class, and in itself nothing but its properties."""

    def __init__(self: Component, children: object = None, **props: object) -> None:
        own = self.__dict__
        own["children"] = children
        own.update(props)

    known: dict[str, Any] = {**vars(kind()), "_namespace": kind._namespace, "_children_props": kind._children_props}
    known.pop("children", None)
    body = {**known, "__module__": kind.__module__, "__init__": __init__}
    return types.new_class(kind.__name__, (kind,), exec_body=lambda namespace: namespace.update(body))
