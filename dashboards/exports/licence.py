"""Under which licence figures are handed over.

It must not say who may see them: access does.
"""

import os
from functools import cache

REGLAGE = "DNMA_LICENCE"
USAGE_INTERNE = "Usage interne (diffusion à décider)"


@cache
def licence() -> str:
    """Name of the licence: the operator's, else none: whether figures leave the services is the DPD's and the operator's to decide."""
    return os.environ.get(REGLAGE, "").strip() or USAGE_INTERNE
