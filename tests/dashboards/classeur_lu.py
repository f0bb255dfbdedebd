"""Read a spreadsheet back as a spreadsheet program would, from the bytes of its XML: values by sheet, how they are dressed, and
what is a formula.

It must not know what is written in it.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_INTEGREES = {"3": "#,##0", "46": "[h]:mm:ss"}  # formats that the file names by a number
Cellule = str | float


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell reads: its number format, and whether it is in italics, as what isn't a figure is."""

    forme: str
    italique: bool


@dataclass(frozen=True, slots=True)
class Feuille:
    """Cells by (row, column) from 0 and their styles, how many rows stay in view, and how many cells are formulas."""

    cellules: dict[tuple[int, int], Cellule]
    styles: dict[tuple[int, int], Style]
    figees: int
    formules: int


def read_classeur(contenu: bytes) -> dict[str, Feuille]:
    """Sheets by name, in order."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        textes = ["".join(t.text or "" for t in si.iter(f"{_NS}t")) for si in _parse(archive, "sharedStrings.xml")]
        noms = [feuille.get("name", "") for feuille in _parse(archive, "workbook.xml").iter(f"{_NS}sheet")]
        styles = _read_styles(_parse(archive, "styles.xml"))
        return {
            nom: _read_sheet(_parse(archive, f"worksheets/sheet{rang}.xml"), textes, styles)
            for rang, nom in enumerate(noms, 1)
        }


def _read_styles(racine: Element) -> list[Style]:
    formes = {forme.get("numFmtId", ""): forme.get("formatCode", "") for forme in racine.iter(f"{_NS}numFmt")}
    fontes = [fonte.find(f"{_NS}i") is not None for fonte in racine.findall(f"{_NS}fonts/{_NS}font")]
    cellules = racine.findall(f"{_NS}cellXfs/{_NS}xf")
    return [
        Style(
            formes.get(x.get("numFmtId", ""), _INTEGREES.get(x.get("numFmtId", ""), "")),
            fontes[int(x.get("fontId", 0))],
        )
        for x in cellules
    ]


def _parse(archive: zipfile.ZipFile, nom: str) -> Element:
    return fromstring(archive.read(f"xl/{nom}"))


def _read_sheet(racine: Element, textes: list[str], styles: list[Style]) -> Feuille:
    cellules: dict[tuple[int, int], Cellule] = {}
    habits: dict[tuple[int, int], Style] = {}
    for cellule in racine.iter(f"{_NS}c"):
        valeur = cellule.findtext(f"{_NS}v")
        if valeur is not None:
            place = _place(cellule.get("r", ""))
            cellules[place] = textes[int(valeur)] if cellule.get("t") == "s" else float(valeur)
            habits[place] = styles[int(cellule.get("s", 0))]
    vue = racine.find(f".//{_NS}pane")
    figees = int(float(vue.get("ySplit", "0"))) if vue is not None else 0
    return Feuille(cellules, habits, figees, sum(1 for _ in racine.iter(f"{_NS}f")))


def _place(reference: str) -> tuple[int, int]:
    lettres, rang = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
    colonne = 0
    for lettre in lettres:
        colonne = 26 * colonne + ord(lettre) - 64
    return int(rang) - 1, colonne - 1
