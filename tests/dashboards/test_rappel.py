"""The pages' callback is answered as Dash itself would."""

import json

import pytest
from plotly.io.json import to_json_plotly

from dashboards.app import create_app
from dashboards.rappel import write_json
from dashboards.render import render_page
from marking_plan import MarkingPlan
from tests.dashboards.acces import RAPPEL, body_of
from tests.dashboards.fake_lecteur import FakeLecteur


@pytest.mark.parametrize("adresse", ["/", "/ecole/0342332A", "/definitions", "/qualite", "/nulle/part"])
def test_components_are_written_as_dash_writes_them(lecteur: FakeLecteur, plan: MarkingPlan, adresse: str) -> None:
    contenu = render_page(lecteur, plan, adresse, "").contenu
    assert json.loads(write_json(contenu)) == json.loads(to_json_plotly(contenu))


def test_what_is_no_component_is_refused() -> None:
    with pytest.raises(TypeError):
        write_json(object())


def test_an_answer_fills_every_target_of_the_callback(lecteur: FakeLecteur) -> None:
    answer = create_app(lecteur).server.test_client().post(RAPPEL, json=body_of("/")).json
    assert answer is not None
    assert answer["multi"] is True
    filled = {(cible, nom) for cible, noms in answer["response"].items() for nom in noms}
    assert filled == {("contenu", "children"), ("bandeau", "children"), ("pied", "children"), ("titre", "data")}
