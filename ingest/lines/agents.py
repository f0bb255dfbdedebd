"""Reduce a User-Agent to device, system and browser (national lists, domain.md 1.3), and spot robots.

It must not keep or log an agent: the string is dropped by the caller once it is classified.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from ua_parser import Parser
from ua_parser.loaders import load_builtins
from ua_parser.regex import Resolver  # the Rust back end by name: without it the import fails, rather than crawl

from ingest.lines.robots import is_robot

CACHE_SIZE = 10_000  # a regional week holds a few thousand distinct agents; forged ones cost a kilobyte each
AGENT_MAX = 512  # bounds the cost of a forged agent; real ones stay under 300 characters


class Terminal(NamedTuple):
    """What an agent tells: codes of the marking plan, and whether it is a robot."""

    appareil: str
    systeme: str
    navigateur: str
    robot: bool


# The first pattern found gives the device class. Dalvik and CFNetwork are what applications send: they say nothing
# of the size of the screen, hence `autre`. An iPad that asks for desktop pages presents itself as a Mac.
_APPAREILS = tuple(
    (re.compile(pattern, re.IGNORECASE), appareil)
    for pattern, appareil in (
        (r"smart-?tv|smarttv|\btv\b|web0s|webos|hbbtv|bravia|googletv|crkey|roku|\baft[a-z0-9]{1,6}\b", "autre"),
        (r"playstation|xbox|nintendo|oculus|quest \d|\bwatch\b|kaios|^dalvik|cfnetwork", "autre"),
        (r"ipad|\bsilk/|kindle|playbook|\btablet\b(?! pc)", "tablette"),
        (r"iphone|ipod|windows phone|opera mini|android.*mobile", "smartphone"),
        (r"android", "tablette"),
        (r"windows|macintosh|\bcros\b|x11|linux", "ordinateur"),
    )
)
_SYSTEMES = {
    "Android": "android",
    "Windows": "windows",
    "iOS": "ios",
    "Mac OS X": "macos",
    "Chrome OS": "chromeos",
    **dict.fromkeys(
        ("Linux", "Ubuntu", "Debian", "Fedora", "Red Hat", "CentOS", "SUSE", "Mint", "Arch Linux", "Gentoo"), "linux"
    ),
}
# Prefixes of ua-parser's families, the first that fits.
_NAVIGATEURS = (
    ("Chrome Mobile", "chromemobile"),
    ("Chrom", "chrome"),
    ("HeadlessChrome", "chrome"),
    ("Safari", "safari"),
    ("Mobile Safari", "safari"),
    ("Firefox", "firefox"),
    ("Edge", "edge"),
    ("Samsung Internet", "samsungbrowser"),
    ("Opera", "opera"),
    ("Huawei Browser", "huaweibrowser"),
    ("MiuiBrowser", "miuibrowser"),
)
# crawlerdetect takes okhttp for a robot; Android applications send it, as the ENTs' own do.
_APPLICATION = re.compile(r"^okhttp/")


def classify_agent(agent: str) -> Terminal:
    """What an agent tells; one that nothing recognises gives autre, autreos and autrenavigateur."""
    return _classify(agent[:AGENT_MAX])


@lru_cache(maxsize=CACHE_SIZE)
def _classify(agent: str) -> Terminal:
    parsed = _parser().parse(agent)
    systeme = _SYSTEMES.get(parsed.os.family, "autreos") if parsed.os else "autreos"
    return Terminal(
        appareil=_find_appareil(agent),
        systeme=systeme,
        navigateur=_find_navigateur(parsed.user_agent.family if parsed.user_agent else "", systeme),
        robot=_is_robot(agent, parsed.device.family if parsed.device else ""),
    )


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Resolver(load_builtins()))


def _find_appareil(agent: str) -> str:
    return next((appareil for pattern, appareil in _APPAREILS if pattern.search(agent)), "autre")


def _find_navigateur(family: str, systeme: str) -> str:
    navigateur = next((code for start, code in _NAVIGATEURS if family.startswith(start)), "autrenavigateur")
    # On an Android tablet Chrome drops the word Mobile, but it is the same browser as on a phone.
    return "chromemobile" if (navigateur, systeme) == ("chrome", "android") else navigateur


def _is_robot(agent: str, device_family: str) -> bool:
    if _APPLICATION.match(agent):
        return False
    return device_family == "Spider" or is_robot(agent)
