"""The browser tag: its bytes as they are served, and the digest by which a page makes sure of them.

It must not change the bytes. Once released they never do: pages hold their digest, so that a later tag is another file.
"""

import base64
import hashlib
from functools import cache
from importlib import resources

NOM = "dnma.js"


@cache
def balise() -> bytes:
    """The bytes to serve."""
    return resources.files("ingest.collecte").joinpath(f"assets/{NOM}").read_bytes()


@cache
def integrite() -> str:
    """What goes in the attribute `integrity` of a page's `<script>`."""
    return "sha384-" + base64.b64encode(hashlib.sha384(balise()).digest()).decode()
