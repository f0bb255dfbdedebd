"""Elements made without Dash's checks are those that Dash would have made."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import dcc
from dash import html as of_dash
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboards import balises
from dashboards.balises import html
from dashboards.render import render_page
from marking_plan import MarkingPlan
from tests.dashboards.fake_lecteur import FakeLecteur

PAGES = ["/", "/ecole/0342332A", "/definitions", "/qualite", "/protection", "/aide", "/accessibilite", "/recherche",
         "/donnees-personnelles", "/mentions-legales", "/ecoconception", "/nulle/part"]  # fmt: skip


def _walk(value: object) -> Iterator[Component]:
    if isinstance(value, Component):
        yield value
        yield from _walk(getattr(value, "children", None))
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _walk(child)


def test_an_element_is_written_and_read_like_dash_s_own() -> None:
    ours, theirs = html.P(["Bonjour", html.A("là", href="/")], className="note"), of_dash.P(["Bonjour", of_dash.A("là", href="/")], className="note")  # fmt: skip
    assert isinstance(ours, of_dash.P)
    assert repr(ours) == repr(theirs)
    assert to_json_plotly(ours) == to_json_plotly(theirs)


def test_elements_are_made_in_one_way() -> None:
    modules = Path(balises.__file__).parent.rglob("*.py")
    assert [m.name for m in modules if re.search(r"^from dash import .*\bhtml\b", m.read_text("utf-8"), re.M)] == [
        "balises.py"
    ]


@pytest.mark.parametrize("adresse", PAGES)
def test_dash_accepts_every_property_of_every_page_s_elements(
    lecteur: FakeLecteur, plan: MarkingPlan, adresse: str
) -> None:
    elements = list(_walk(render_page(lecteur, plan, adresse, "").contenu))
    assert elements
    for element in elements:
        kinds = of_dash if element._namespace == of_dash.P._namespace else dcc
        properties = {
            name: value for name, value in vars(element).items() if name in element._prop_names or "-" in name
        }
        getattr(kinds, element._type)(**properties)  # raises TypeError
        known = {*properties, "_prop_names", "_valid_wildcard_attributes", "available_properties", "available_wildcard_properties"}  # fmt: skip
        assert vars(element).keys() <= known, element._type
