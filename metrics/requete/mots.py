"""Small turns of phrase that the refusals of queries share.

It must not decide what is refused.
"""

from collections.abc import Sequence

_SHOWN = 30


def quote(texte: str) -> str:
    """« texte », as French quotes it."""
    return f"«\u00a0{texte}\u00a0»"


def enumerate_quoted(textes: Sequence[str]) -> str:
    """« a », « b » ou « c »."""
    quoted = [quote(texte) for texte in textes]
    return " ou ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def unknown(kind: str, code: str, known: Sequence[str]) -> str:
    """A code that the plan does not know, with those it knows; a long list is cut short."""
    listed = ", ".join(known) if len(known) <= _SHOWN else f"{', '.join(known[:3])}… jusqu’à {known[-1]}"
    return f"{kind} {quote(code)} n’existe pas. Choisissez parmi\u00a0: {listed}."
