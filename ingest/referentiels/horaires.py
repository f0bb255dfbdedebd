"""Read when each school has class: the open fr-en-organisation-du-temps-scolaire, or one line a half-day.

It must not guess: a school with a wrong line, or without any hour, has no known week.
"""

# Sources. Headers, years and hours ("08:35") of the open shape were read in a public extract of data.education.gouv.fr
# (Licence Ouverte 2.0, January 2026), and its field descriptions on a mirror of the catalogue. Relied upon: CODE_UAI,
# ANNEE_SCOLAIRE, and <JOUR>_<DEMI_JOURNEE>_DEBUT and _FIN; it has neither Wednesday nor Saturday afternoon, nor Sunday
# (read here if they come). A school has one line a level (CODE_NATURE) and a year, some of several years; MULTI_RYTHME says
# that its classes differ. Hours of the long shape are this project's own: uai;jour;demi_journee;debut;fin.

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from ingest.errors import ColonneManquante, FichierIllisible
from ingest.referentiels.table import normalize_header, read_table
from marking_plan.codes import is_uai
from marking_plan.semaines import is_annee_scolaire

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DEMI_JOURNEES = ("matin", "apres_midi")
_LONG = ("jour", "demi_journee", "debut", "fin")
_HOUR = re.compile(r"(\d{1,2})[:hH](\d{2})?(?::00)?", re.ASCII)
_DAY_MIN = 24 * 60

Ligne = dict[str, str | None]


class DemiJournee(NamedTuple):
    """A half-day of class: ISO weekday, which half, first and last minute since midnight (last excluded)."""

    jour_semaine: int
    demi_journee: str
    debut_min: int
    fin_min: int


@dataclass(frozen=True, slots=True)
class Horaires:
    """Half-days of the year asked for (columns of HORAIRE but the year), what was refused and what came from other years.

    `refuses`: lines with their reason in French. `sans_heure`: schools whose lines hold no hour. `autres_annees`: schools
    by the year that their week was taken from, when it is another one.
    """

    demi_journees: pl.DataFrame
    refuses: tuple[tuple[int, str], ...]
    sans_heure: int
    autres_annees: dict[str, int]


class _Refus(Exception):
    """A line can't be read; its text says which column and why."""


def read_horaires(path: Path, annee: str) -> Horaires:
    """Weeks of class for a school year. A school takes its lines of that year, else of the nearest earlier, else later.

    Lines of one school and year are put together, each half-day as wide as its widest line. Raises FichierIllisible when
    no line can be read, ColonneManquante when the file has neither shape.
    """
    frame = read_table(path, required=())
    uai, read = _shape(path, frame.columns)
    found: dict[str, dict[str, list[DemiJournee]]] = defaultdict(lambda: defaultdict(list))
    refused: list[tuple[int, str]] = []
    wrong: set[tuple[str, str]] = set()
    for number, row in enumerate(frame.iter_rows(named=True), 2):
        code, year = (row[uai] or "").upper().zfill(8), row.get("annee_scolaire") or annee
        try:
            _check_keys(uai, row[uai], code, year)
            found[code][year] += read(row)
        except _Refus as fault:
            refused.append((number, str(fault)))
            wrong.add((code, year))
    if len(refused) == frame.height:
        raise FichierIllisible(f"{path.name}, ligne {refused[0][0]} : {refused[0][1]}. Aucune ligne n’est lisible.")
    return _choose(found, annee, refused, wrong)


def _shape(path: Path, columns: list[str]) -> tuple[str, Callable[[Ligne], list[DemiJournee]]]:
    """Name of the column of the UAI, and how a line is read."""
    uai = next((name for name in ("code_uai", "uai") if name in columns), None)
    wide = [f"{jour}_{demi}" for jour in JOURS for demi in DEMI_JOURNEES]
    if uai and all(name in columns for name in _LONG):
        return uai, lambda row: [_read_long(row)]
    if uai and any(f"{half}_debut" in columns for half in wide):
        return uai, lambda row: list(_read_wide(row))
    raise ColonneManquante(
        f"{path.name} : les colonnes des horaires sont absentes. Attendu : CODE_UAI et LUNDI_MATIN_DEBUT, "
        "LUNDI_MATIN_FIN… (fichier ouvert fr-en-organisation-du-temps-scolaire), ou uai;jour;demi_journee;debut;fin."
    )


def _check_keys(column: str, raw: str | None, uai: str, annee: str) -> None:
    if not is_uai(uai):
        raise _Refus(f"l’UAI « {raw or ''} » de la colonne {column} est invalide")
    if not is_annee_scolaire(annee):
        raise _Refus(f"l’année « {annee} » de la colonne annee_scolaire est invalide ; écrivez 2025-2026")


def _read_wide(row: Ligne) -> Iterator[DemiJournee]:
    for number, jour in enumerate(JOURS, 1):
        for demi in DEMI_JOURNEES:
            columns = f"{jour}_{demi}_debut", f"{jour}_{demi}_fin"
            debut, fin = (row.get(column) for column in columns)
            if debut or fin:
                yield DemiJournee(number, demi, *_span(columns, debut, fin))


def _read_long(row: Ligne) -> DemiJournee:
    jour, demi = (normalize_header(row[name] or "") for name in ("jour", "demi_journee"))
    names = (*JOURS, *map(str, range(1, len(JOURS) + 1)))
    if jour not in names:
        raise _Refus(f"« {row['jour'] or ''} » n’est pas un jour dans la colonne jour ; écrivez lundi, ou 1")
    if demi not in DEMI_JOURNEES:
        raise _Refus(
            f"« {row['demi_journee'] or ''} » n’est pas admis dans la colonne demi_journee : matin ou apres_midi"
        )
    return DemiJournee(names.index(jour) % len(JOURS) + 1, demi, *_span(("debut", "fin"), row["debut"], row["fin"]))


def _span(columns: tuple[str, str], debut: str | None, fin: str | None) -> tuple[int, int]:
    start, end = (_minutes(column, text) for column, text in zip(columns, (debut, fin), strict=True))
    if end <= start:
        raise _Refus(f"l’heure « {fin} » de la colonne {columns[1]} ne suit pas celle de la colonne {columns[0]}")
    return start, end


def _minutes(column: str, text: str | None) -> int:
    """Minutes since midnight of `08:35`, `8:35:00`, `8h35` or `8h`."""
    if text is None:
        raise _Refus(f"l’heure de la colonne {column} manque ; videz l’autre borne, ou écrivez 08:35")
    match = _HOUR.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (_DAY_MIN, 0)
    if minute >= 60 or 60 * hour + minute > _DAY_MIN:
        raise _Refus(f"l’heure « {text} » de la colonne {column} est illisible ; écrivez 08:35")
    return 60 * hour + minute


def _choose(
    found: dict[str, dict[str, list[DemiJournee]]],
    annee: str,
    refused: list[tuple[int, str]],
    wrong: set[tuple[str, str]],
) -> Horaires:
    """The year asked for, school by school; one with a refused line in its year keeps no week rather than a part of it."""
    rows: list[tuple[str, int, str, int, int]] = []
    others: dict[str, int] = defaultdict(int)
    empty = 0
    for uai, years in found.items():
        year = max((y for y in years if y <= annee), default=min(years))
        if (uai, year) in wrong:
            continue
        if not years[year]:
            empty += 1
            continue
        rows += [(uai, *half) for half in _widest(years[year])]
        if year != annee:
            others[year] += 1
    columns = {"uai": pl.String, "jour_semaine": pl.Int32, "demi_journee": pl.String}
    schema = {**columns, "debut_min": pl.Int32, "fin_min": pl.Int32}
    return Horaires(pl.DataFrame(rows, schema, orient="row"), tuple(refused), empty, dict(others))


def _widest(halves: list[DemiJournee]) -> Iterator[DemiJournee]:
    """One half-day a weekday and half: from its earliest start to its latest end."""
    spans: dict[tuple[int, str], list[DemiJournee]] = defaultdict(list)
    for half in halves:
        spans[half.jour_semaine, half.demi_journee].append(half)
    for (jour, demi), same in spans.items():
        yield DemiJournee(jour, demi, min(h.debut_min for h in same), max(h.fin_min for h in same))
