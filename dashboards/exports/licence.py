"""Under which licence figures are handed over.

It must not say who may see them: access does.
"""

import os
from functools import cache

REGLAGE = "DNMA_LICENCE"
LICENCE_OUVERTE = "Licence Ouverte 2.0 (Etalab)"


@cache
def licence() -> str:
    """Name of the licence: the operator's, else the one of public open data."""
    return os.environ.get(REGLAGE, "").strip() or LICENCE_OUVERTE
