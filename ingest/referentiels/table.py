"""Read a CSV file as its sender left it: any separator, BOM, encoding or case of its headers.

It must not interpret values.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from ingest.errors import ColonneManquante, ColonnePersonnelle, FichierIllisible

# Words of a header that name persons wherever they stand; `nom` does so alone or beside a kind of person, so that
# nom_ecole or nom_commune stay allowed.
_PERSONAL = frozenset(
    [
        "prenom",
        "prenoms",
        "mail",
        "email",
        "courriel",
        "mel",
        "ine",
        "login",
        "naissance",
        "telephone",
        "tel",
        "portable",
        "adresse",
        "identifiant",
        "userid",
    ]
)
_PERSONS = frozenset(
    [
        "eleve",
        "enfant",
        "parent",
        "enseignant",
        "directeur",
        "directrice",
        "responsable",
        "personne",
        "utilisateur",
        "famille",
        "usage",
        "complet",
    ]
)
_DATES = ("%Y-%m-%d", "%d/%m/%Y")


def read_table(path: Path, required: Sequence[str], *, refuse_personal: bool = False) -> pl.DataFrame:
    """Rows of a CSV file as text, columns named in ASCII snake_case; blank cells are null.

    Raises FichierIllisible, ColonneManquante, or ColonnePersonnelle (trust.md P12) when asked to look for it.
    """
    text = _read_text(path)
    if len(text.strip().split("\n")) < 2:
        raise FichierIllisible(f"{path.name} : le fichier est vide. Attendu : un en-tête et au moins une ligne.")
    separator = max(";,\t", key=text.partition("\n")[0].count)
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise FichierIllisible(
            f"{path.name} n'est pas un tableau lisible. Vérifiez que chaque guillemet ouvert est refermé."
        ) from error
    names = _unique([normalize_header(name) for name in header])
    missing = [name for name in required if name not in names]
    if missing:
        raise ColonneManquante(
            f"{path.name} : colonne absente : {', '.join(missing)}. Vérifiez l'en-tête (première ligne) du fichier."
        )
    personal = [name for name in names if _names_persons(name)]
    if refuse_personal and personal:
        raise ColonnePersonnelle(
            f"{path.name} : la colonne « {personal[0]} » désigne des personnes. Ne fournissez que des nombres par école."
        )
    width = len(names)
    cells = [[cell.strip() or None for cell in (row + [""] * width)[:width]] for row in rows if any(row)]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def normalize_header(name: str) -> str:
    """`Code postal`, `académie` → `code_postal`, `academie`."""
    plain = unicodedata.normalize("NFKD", name.lstrip("\ufeff")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")


def _names_persons(name: str) -> bool:
    words = set(name.split("_"))
    return bool(words & _PERSONAL) or name in ("nom", "noms") or ("nom" in words and bool(words & _PERSONS))


def parse_date(text: str | None) -> date | None:
    """A date written `2025-09-01` or `01/09/2025`; None when there is none or it can't be read."""
    for form in _DATES:
        try:
            return datetime.strptime(text or "", form).date()
        except ValueError:
            continue
    return None


def column(frame: pl.DataFrame, name: str) -> pl.Expr:
    """The column if the file has it, else nulls: older and newer files differ."""
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype=pl.String).alias(name)


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FichierIllisible(f"{path.name} ne peut pas être lu ({error.strerror}).") from error
    if b"\x00" in content:
        raise FichierIllisible(f"{path.name} n'est pas un fichier texte. Attendu : un fichier CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _unique(names: list[str]) -> list[str]:
    return [name if names.index(name) == n else f"{name}_{n}" for n, name in enumerate(names)]
