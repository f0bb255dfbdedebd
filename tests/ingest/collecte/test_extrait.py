"""What a vendor is given to paste names the address that it asked, TLS of a proxy included."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from starlette.requests import Request
from starlette.responses import Response

from ingest.collecte.balise import integrite
from ingest.collecte.navigateurs import extrait
from ingest.collecte.reception import Reception


async def ask(request: Request) -> Response:
    return await extrait(cast(Reception, None))(request)  # what receives has no part in it


@pytest.mark.parametrize(
    ("said", "address"), [("https", "https://collecte.exemple.fr/dnma.js"), ("", "http://collecte.exemple.fr/dnma.js")]
)
def test_the_element_names_where_the_request_came_to(said: str, address: str) -> None:
    headers = [(b"host", b"collecte.exemple.fr"), (b"x-forwarded-proto", said.encode())]
    scope = {"type": "http", "scheme": "http", "method": "GET", "path": "/v1/balise", "query_string": b""}
    request = Request({**scope, "headers": headers, "server": ("127.0.0.1", 8060)})

    with ThreadPoolExecutor(1) as beside:  # where no browser of another test runs its own loop
        response = beside.submit(asyncio.run, ask(request)).result()

    element = bytes(response.body).decode()
    assert re.findall(r'src="([^"]*)"', element) == [address]
    assert f'integrity="{integrite()}"' in element
