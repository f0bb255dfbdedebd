"""HTML elements of the pages as the browser reads them: Dash's own, made and checked one by one, took a third of a page's time.

It must not draw or lay out. A test gives every page's elements to Dash, which checks them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from dash import html as _html
from dash.development.base_component import Component

_NAMESPACE: str = _html.P._namespace


class Balise(dict[str, object]):
    """An element, `type` and `namespace` of a Dash component with its `props`, which are read and set as a component's are."""

    __slots__ = ()

    def __getattr__(self, nom: str) -> object:
        try:
            return self.props[nom]
        except KeyError:
            raise AttributeError(nom) from None

    def __setattr__(self, nom: str, valeur: object) -> None:
        self.props[nom] = valeur

    @property
    def props(self) -> dict[str, object]:
        """Its properties, `children` among them."""
        return cast("dict[str, object]", self["props"])

    @property
    def _type(self) -> str:
        """Its name, under the name that Dash's components give theirs: « Th »."""
        return str(self["type"])


Component.register(Balise)  # as types say below


if TYPE_CHECKING:
    from dash import html as html  # the same names and arguments, as far as types go
else:

    class _Html:
        """What makes elements, by name."""

        def __getattr__(self, nom: str) -> Callable[..., Balise]:
            if not hasattr(_html, nom):
                raise AttributeError(nom)

            def make(children: object = None, **props: object) -> Balise:
                props["children"] = children
                return Balise(props=props, type=nom, namespace=_NAMESPACE)

            setattr(self, nom, make)
            return make

    html = _Html()


def to_dash(value: object) -> object:
    """An element, or a list of them, as Dash's own components: what Dash keeps for itself. Raises TypeError for a property that HTML
    has not."""
    if isinstance(value, list | tuple):
        return [to_dash(one) for one in value]
    if not isinstance(value, Balise):
        return value
    props = {nom: to_dash(own) for nom, own in value.props.items()}
    return getattr(_html, value._type)(**props)
