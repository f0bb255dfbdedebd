"""Small tables drawn in text, the way the tests write events and expected rows.

It must not know what a column means: cells are text, and an empty cell is a missing field.
"""


def read_table(texte: str) -> list[dict[str, str]]:
    """Rows of a table with `|` between cells and names on its first line; blank lines are skipped."""
    lignes = [[cell.strip() for cell in ligne.split("|")] for ligne in texte.splitlines() if ligne.strip()]
    noms, *corps = lignes
    return [{nom: cell for nom, cell in zip(noms, ligne, strict=True) if cell} for ligne in corps]
