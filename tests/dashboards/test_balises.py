"""Elements made without Dash's checks are those that Dash would have made."""

import json
import re
from pathlib import Path

import orjson
import pytest
from dash import html as of_dash
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboards import balises
from dashboards.balises import html, to_dash
from dashboards.rappel import write_json
from dashboards.render import render_page
from marking_plan import MarkingPlan
from tests.dashboards.fake_lecteur import FakeLecteur

PAGES = ["/", "/territoire/departement/034", "/territoire/circonscription/0341123X", "/territoire/commune/34194", "/ecole/0342332A", "/definitions", "/qualite", "/protection", "/aide", "/accessibilite", "/recherche",
         "/donnees-personnelles", "/mentions-legales", "/ecoconception", "/nulle/part"]  # fmt: skip


def test_an_element_is_written_and_read_like_dash_s_own() -> None:
    ours, theirs = html.P(["Bonjour", html.A("là", href="/")], className="note"), of_dash.P(["Bonjour", of_dash.A("là", href="/")], className="note")  # fmt: skip
    assert isinstance(ours, Component)
    assert repr(to_dash(ours)) == repr(theirs)
    assert orjson.loads(write_json(ours)) == json.loads(to_json_plotly(theirs))


def test_a_property_that_html_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="largeur"):
        to_dash(html.P("Bonjour", largeur=3))


def test_elements_are_made_in_one_way() -> None:
    modules = Path(balises.__file__).parent.rglob("*.py")
    assert [m.name for m in modules if re.search(r"^from dash import .*\bhtml\b", m.read_text("utf-8"), re.M)] == [
        "balises.py"
    ]


@pytest.mark.parametrize("adresse", PAGES)
def test_dash_accepts_every_property_of_every_page_s_elements(
    lecteur: FakeLecteur, plan: MarkingPlan, adresse: str
) -> None:
    elements = render_page(lecteur, plan, adresse, "").contenu
    made = to_dash(elements)  # raises TypeError
    assert orjson.loads(write_json(made)) == orjson.loads(write_json(elements))
