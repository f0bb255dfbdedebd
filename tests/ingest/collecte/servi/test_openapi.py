"""The served OpenAPI document says what the collector does, whatever schemathesis draws from it, signed or not.

All its checks run but two: a wrong event is answered for in a 200, line by line, and a browser is told nothing of its own
(`negative_data_rejection`); any text is valid where the document can only say "text" (`positive_data_acceptance`).
"""

import gzip
import os
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import orjson
import pytest
import requests
import schemathesis
import zstandard
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from bench.collecte.envois import SITE, Editeur
from ingest.collecte.signatures import HORODATAGE, ID, SIGNATURE, sign
from tests.ingest.collecte.servi.outils import Essai

EXEMPLES = 8 * int(os.environ.get("DNMA_HOSTILE", "1"))
DOCUMENT = orjson.loads((files("ingest.collecte") / "assets" / "openapi.json").read_bytes())
OPERATIONS = [(chemin, methode, op) for chemin, ops in DOCUMENT["paths"].items() for methode, op in ops.items()]
ADRESSES = [
    (chemin, methode, mode)
    for chemin, methode, operation in OPERATIONS
    for mode in ("valid", "invalid")
    if mode == "valid" or "parameters" in operation or "requestBody" in operation
]
ENCODAGES: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress}
TEXTES = ("text/plain", "application/x-ndjson")
MODES = {"valid": [GenerationMode.POSITIVE], "invalid": [GenerationMode.NEGATIVE]}


class Signer(AuthBase):
    """Signs whatever goes out, as the vendor does."""

    def __init__(self, editeur: Editeur) -> None:
        self._editeur = editeur

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        corps, now = request.body or b"", int(time.time())
        assert isinstance(corps, str | bytes)
        encodage = str(request.headers.get("content-encoding", ""))
        octets = ENCODAGES.get(encodage, bytes)(corps.encode() if isinstance(corps, str) else corps)
        request.prepare_body(octets, None)
        request.headers.update(
            {
                "dnma-expediteur": self._editeur.code,
                ID: "schemathesis",
                HORODATAGE: str(now),
                SIGNATURE: sign(self._editeur.secret, "schemathesis", now, octets),
            }
        )
        return request


def test_the_document_served_is_the_one_of_the_repository(essai: Essai) -> None:
    assert essai.get("/openapi.json").verdict == DOCUMENT


def draw(chemin: str, methode: str, modes: list[GenerationMode]) -> st.SearchStrategy[Any]:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    return st.one_of([schema[chemin][methode].as_strategy(generation_mode=mode) for mode in modes])


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
@pytest.mark.parametrize(("chemin", "methode", "mode"), ADRESSES, ids=lambda part: part)
def test_answers_are_those_of_the_document(essai: Essai, chemin: str, methode: str, mode: str, signed: bool) -> None:
    base = f"http://127.0.0.1:{essai.servie.port}"

    @settings(max_examples=EXEMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(draw(chemin, methode, MODES[mode]))
    def send(case: Any) -> None:
        if signed:
            case.headers = {**(case.headers or {}), "Origin": SITE, "Referer": f"{SITE}/page"}
        excluded = [negative_data_rejection, *([positive_data_acceptance] if case.media_type in TEXTES else [])]
        case.call_and_validate(base_url=base, auth=Signer(essai.editeur) if signed else None, excluded_checks=excluded)

    run: Callable[[], None] = send
    run()
