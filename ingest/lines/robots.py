"""Tell robots by the patterns of crawlerdetect, in a time that no forged agent stretches: its own search takes up to half a second.

It must not know devices or browsers, and finds what crawlerdetect finds.
"""

import re
from functools import lru_cache

from crawlerdetect.providers.crawlers import data as _CRAWLERS
from crawlerdetect.providers.exclusions import data as _EXCLUSIONS

# A class repeated any number of times before what is looked for changes no answer, but makes the search quadratic.
_USELESS = re.compile(r"^\[[^\]]*\]\*")
_LITERAL = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^A-Za-z0-9])+")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """What says nothing of robots, the expressions, and the texts without those that hold another or what an expression finds."""
    expressions = [_USELESS.sub("", pattern) for pattern in _CRAWLERS if not _LITERAL.fullmatch(pattern)]
    found = re.compile("|".join(f"(?:{expression})" for expression in expressions), re.IGNORECASE)
    texts = {re.sub(r"\\(.)", r"\1", pattern).lower() for pattern in _CRAWLERS if _LITERAL.fullmatch(pattern)}
    kept: list[str] = []
    for text in sorted(texts, key=len):
        if not found.search(f" {text} ") and not any(shorter in text for shorter in kept):
            kept.append(text)
    return re.compile("|".join(_EXCLUSIONS), re.IGNORECASE), found, tuple(kept)


def is_robot(agent: str) -> bool:
    """Whether an agent is a robot's, as far as crawlerdetect knows."""
    exclusions, found, texts = _patterns()
    rest = exclusions.sub("", agent.strip())
    lowered = rest.lower()
    return any(text in lowered for text in texts) or found.search(rest) is not None
