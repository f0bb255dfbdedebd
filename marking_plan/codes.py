"""Check letters and keys of the codes that identify schools and bodies.

It must not look codes up: a valid code may be unknown.
"""

import re
from functools import lru_cache

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # 23 letters: neither I, O nor Q
UAI_PATTERN = r"^\d{7}[A-Z]$"
_UAI = re.compile(UAI_PATTERN, re.ASCII)
_CODE = re.compile(r"^[^\W\d_][\w'’-]{0,39}$")
_CODE_DIGITS = 4
_SIREN_DIGITS = 9
_SIRET_DIGITS = 14


def uai_check_letter(seven_digits: str) -> str:
    """Letter that ends the UAI whose first seven digits these are (domain.md 5.1)."""
    return UAI_LETTERS[int(seven_digits) % len(UAI_LETTERS)]


@lru_cache(maxsize=100_000)  # a region has five thousand schools, each met in every block
def is_uai(code: str) -> bool:
    """Whether a code is seven digits followed by their check letter."""
    return bool(_UAI.match(code)) and code[7:] == uai_check_letter(code[:7])


def looks_like_code(text: str) -> bool:
    """Whether a free text may be shown: one short word, not a person's name, an identifier, an address or a long number."""
    return bool(_CODE.match(text)) and sum(character.isdigit() for character in text) <= _CODE_DIGITS


def is_siren(code: str) -> bool:
    """Whether a code is nine digits that meet Luhn's rule."""
    return _is_luhn(code, _SIREN_DIGITS)


def is_siret(code: str) -> bool:
    """Whether a code is fourteen digits that meet Luhn's rule, as their first nine do."""
    return _is_luhn(code, _SIRET_DIGITS) and is_siren(code[:_SIREN_DIGITS])


def _is_luhn(code: str, length: int) -> bool:
    if len(code) != length or not (code.isascii() and code.isdigit()):
        return False
    doubled = (int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(code)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
