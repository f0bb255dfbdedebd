"""Who asks, as the guichet's headers tell it: their grammar (trust.md 3.2), value by value.

It must not decide a right: a malformed value is left out and counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from marking_plan.codes import is_uai

SUJET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
_PREFIXE = "FrEduRneResp="
_AUCUNE = "X"


@dataclass(frozen=True, slots=True)
class Delegation:
    """A school or circonscription that somebody else put in this person's care, between two days."""

    uai: str
    du: date
    au: date


@dataclass(frozen=True, slots=True)
class Identite:
    """A person as the guichet names them. `malformes` counts values left out."""

    sujet: str
    fonctions: frozenset[tuple[str, str]] = frozenset()
    responsabilites: frozenset[str] = frozenset()
    delegations: tuple[Delegation, ...] = ()
    malformes: int = 0


def parse_identite(entetes: dict[str, str], application: str) -> Identite | None:
    """Person of the headers, by lower-case name; None when the subject is missing or malformed."""
    sujet = entetes.get("ct-remote-user", "").strip()
    if not SUJET.fullmatch(sujet):
        return None
    exerce = [_parse_rne(value) for value in _values(entetes.get("fredurne"))]
    dirige = [_parse_responsabilite(value) for value in _values(entetes.get("fredurneresp"))]
    delegue = [_parse_delegation(value, application) for value in _values(entetes.get("freduresdel"))]
    responsabilites = frozenset(uai for uai in dirige if uai)
    fonctions = {pair for pair in exerce if pair}
    administrative = entetes.get("fredufonctadm", "").strip()
    if _CODE.fullmatch(administrative) and administrative != _AUCUNE:
        fonctions |= {(administrative, uai) for uai in responsabilites | {uai for _, uai in fonctions}}
    return Identite(
        sujet,
        frozenset(fonctions),
        responsabilites,
        tuple(delegation for found in delegue if found for delegation in found),
        sum(found is None for found in (*exerce, *dirige, *delegue)),
    )


def _values(header: str | None) -> Iterator[str]:
    """Values of a header, which commas part; `X` stands for none."""
    for value in (header or "").split(","):
        if value.strip() not in ("", _AUCUNE):
            yield value.strip()


def _parse_rne(value: str) -> tuple[str, str] | None:
    """(fonction, uai) of `uai$type$catégorie$fonction$uaj$tna$tty$code`; None when malformed."""
    parts = value.split("$")
    if len(parts) != 8 or not is_uai(parts[0]) or not _CODE.fullmatch(parts[3]):
        return None
    return parts[3], parts[0]


def _parse_responsabilite(value: str) -> str | None:
    """UAI of `uai$UAJ$PU$N$T3$LYC$340`; None when malformed."""
    parts = value.split("$")
    return parts[0] if len(parts) == 7 and is_uai(parts[0]) else None


def _parse_delegation(value: str, application: str) -> list[Delegation] | None:
    """Those of `appli|url|début|fin|délégant|FrEduRneResp=…;…|serveur|module` for this application; None when malformed."""
    parts = value.split("|")
    if len(parts) not in (8, 9) or not parts[5].startswith(_PREFIXE):
        return None
    if parts[0].casefold() != application.casefold():
        return []
    try:
        du, au = (datetime.strptime(texte, "%d/%m/%Y").date() for texte in parts[2:4])
    except ValueError:
        return None
    named = [part for part in parts[5].removeprefix(_PREFIXE).split(";") if part not in ("", _AUCUNE)]
    uais = [_parse_responsabilite(part) for part in named]
    return None if None in uais else [Delegation(uai, du, au) for uai in uais if uai]
