"""Texts that a spreadsheet would run as a formula, and how to hand them over as plain text (trust.md A12).

It must not write a file: exports and boards do.
"""

# Also the fullwidth forms, which some spreadsheets read as the plain ones.
DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def neutralize(text: str) -> str:
    """The text as a spreadsheet shows it without running it: behind an apostrophe when it begins like a formula."""
    return f"'{text}" if text.startswith(DEBUTS_DE_FORMULE) else text
