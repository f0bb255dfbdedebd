"""A view as a spreadsheet: a sheet « À lire », then one sheet a block with the rows of its table on the page.

It must not compute a figure, nor write a formula: numbers are typed, texts are texts (trust.md A12).
"""

import io
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboards.exports.notice import Notice
from dashboards.tables import ORDINAIRES, Colonne, Ligne, Manque, Table, Valeur
from marking_plan import MarkingPlan
from marking_plan.tableur import neutralize
from metrics.tableau import Publication

A_LIRE: Final = "À lire"
_NOM_MAX: Final = 31  # of a sheet, in the format itself
_MOTS_COURTS: Final = re.compile(r"( (par|de|du|des|la|le|les|et|à))+$")  # that no name ends with
_INTERDITS: Final = str.maketrans("", "", "[]:*?/\\'")
_FORMATS: Final = {
    "nombre": "#,##0",
    "part": "0.0%",
    "taux": "0.0%",
    "variation": "+0.0%;-0.0%;0.0%",
    "decimal": "[=0]0;[<10]#,##0.00;#,##0.0",
    "duree": "[h]:mm:ss",
    "jour": "dd/mm/yyyy",
}
_LARGEURS: Final = {"texte": 34, "etat": 16}
_LARGEUR: Final = 15
_SANS_FORMULE: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class _Styles:
    """Formats of the workbook: by kind of value, and those of headings, masks and long texts."""

    genres: dict[str, Format]
    entete: Format
    masque: Format
    titre: Format
    rubrique: Format
    long: Format


def write_classeur(notice: Notice, publication: Publication, plan: MarkingPlan) -> bytes:
    """Bytes of the workbook; the same publication and view give the same sheets."""
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, _SANS_FORMULE)
    classeur.set_properties({"title": notice.titre, "created": publication.instant.replace(tzinfo=None)})
    styles = _make_styles(classeur)
    noms = [A_LIRE]
    for table in notice.tableaux:
        noms.append(_sheet_name(table, noms))
    _write_notice(classeur.add_worksheet(A_LIRE), notice, noms[1:], styles)
    for nom, table in zip(noms[1:], notice.tableaux, strict=True):
        _write_table(classeur.add_worksheet(nom), table, plan, styles)
    classeur.close()
    return sortie.getvalue()


def _make_styles(classeur: xlsxwriter.Workbook) -> _Styles:
    add = classeur.add_format
    return _Styles(
        genres={genre: add({"num_format": forme}) for genre, forme in _FORMATS.items()},
        entete=add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        masque=add({"italic": True, "font_color": "#52606e", "bg_color": "#eceff2", "align": "right"}),
        titre=add({"bold": True, "font_size": 15}),
        rubrique=add({"bold": True, "top": 1}),
        long=add({"text_wrap": True, "valign": "top"}),
    )


def _sheet_name(table: Table, pris: list[str]) -> str:
    """The table's title, cut at a word where the format asks for it, else its code."""
    nom = table.titre.translate(_INTERDITS)
    court = nom if len(nom) <= _NOM_MAX else _MOTS_COURTS.sub("", nom[: _NOM_MAX + 1].rpartition(" ")[0])
    return court if court and court not in pris else table.code


def _write_notice(feuille: Worksheet, notice: Notice, noms: list[str], styles: _Styles) -> None:
    feuille.set_column(0, 0, 34)
    feuille.set_column(1, 1, 96)
    feuille.write_string(0, 0, notice.titre, styles.titre)
    rang = 2
    for titre, lignes in notice.rubriques("Feuilles", noms):
        feuille.write_string(rang, 0, titre, styles.rubrique)
        feuille.write_blank(rang, 1, None, styles.rubrique)
        for rang, (nom, texte) in enumerate(lignes, rang + 1):  # noqa: B020 - the next heading follows the last row
            feuille.write_string(rang, 0, neutralize(nom), styles.long)
            feuille.write_string(rang, 1, neutralize(texte), styles.long)
        rang += 2


def _write_table(feuille: Worksheet, table: Table, plan: MarkingPlan, styles: _Styles) -> None:
    for rang, colonne in enumerate(table.colonnes):
        feuille.set_column(rang, rang, _LARGEURS.get(colonne.genre, _LARGEUR))
        feuille.write_string(0, rang, colonne.titre, styles.entete)
    for numero, ligne in enumerate(table.lignes, 1):
        for rang, (colonne, valeur) in enumerate(zip(table.colonnes, ligne.cellules, strict=True)):
            if isinstance(valeur, Manque):
                feuille.write_string(numero, rang, valeur, styles.masque)
            elif is_masked(colonne, ligne, valeur):
                feuille.write_string(numero, rang, plan.libelle("etat", ligne.etat), styles.masque)
            else:
                _write_value(feuille, numero, rang, valeur, colonne, styles)
    feuille.freeze_panes(1, 0)
    feuille.autofilter(0, 0, len(table.lignes), len(table.colonnes) - 1)


def is_masked(colonne: Colonne, ligne: Ligne, valeur: Valeur) -> bool:
    """Whether an indicator has no figure because of the row's state: the others are only unknown, or say their own."""
    return valeur is None and bool(colonne.aide) and ligne.etat not in ORDINAIRES


def _write_value(feuille: Worksheet, numero: int, rang: int, valeur: Valeur, colonne: Colonne, styles: _Styles) -> None:
    count = colonne.genre == "decimal" and isinstance(valeur, int)
    style = styles.genres.get("nombre" if count else colonne.genre)
    if valeur is None or valeur == "":
        return
    if isinstance(valeur, str):
        feuille.write_string(numero, rang, neutralize(valeur))
    elif isinstance(valeur, date):
        feuille.write_datetime(numero, rang, valeur, styles.genres["jour"])
    elif colonne.genre == "duree":
        feuille.write_datetime(numero, rang, timedelta(seconds=valeur), style)
    else:
        feuille.write_number(numero, rang, valeur, style)
