"""Read which periods of the lake are open and how old each store is: dates and counts only, no figure and no person.

It must not remove, open a file of events or look at a key; `dnma purge --a-blanc` is the proof, this is its summary.
"""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

from marking_plan.conservation import PURGE, Magasin, load_regles
from marking_plan.etats import GRACE, SCELLEMENT, Etat
from marking_plan.semaines import PARIS
from metrics.periodes import Periode, read_periode
from metrics.tableau.protection import MagasinGarde, PeriodeOuverte


def list_ouvertes(donnees: Path, states: dict[str, Etat], today: date) -> tuple[PeriodeOuverte, ...]:
    """Periods whose key lives, by kind then by first day."""
    opened = {read_periode(nom.replace("-", "=", 1)): etat for nom, etat in states.items() if not etat.ended}
    weeks = [periode for periode in opened if periode.periode == "semaine"]
    found = [
        PeriodeOuverte(p.periode, p.debut, p.fin, etat.etat == SCELLEMENT, _is_due(donnees, p, weeks, today))
        for p, etat in opened.items()
    ]
    return tuple(sorted(found, key=lambda periode: (periode.kind, periode.debut)))


def _is_due(donnees: Path, periode: Periode, weeks: list[Periode], today: date) -> bool:
    """Whether sealing should have ended it: a week by its end and first lot, others once no open week touches them."""
    if periode.periode != "semaine":
        return today > periode.fin + GRACE and not any(periode.touches(week) for week in weeks)
    folder = donnees / "evenements" / periode.nom
    received = min((_piece_day(file) for file in folder.glob("*.parquet")), default=periode.fin)
    return today > max(periode.fin, received) + GRACE


def count_scellees(states: dict[str, Etat]) -> int:
    """Weeks whose events and key were destroyed."""
    return sum(nom.startswith("semaine-") and etat.ended for nom, etat in states.items())


def list_magasins(donnees: Path, today: date) -> tuple[MagasinGarde, ...]:
    """Every store of conservation.toml as it lies on disk."""
    return tuple(_magasin(donnees, magasin, today) for magasin in load_regles().magasins)


def _magasin(donnees: Path, magasin: Magasin, today: date) -> MagasinGarde:
    ages = _ages(donnees / magasin.dossier)
    oldest = min(ages, default=None)
    limit = None
    if oldest is not None and magasin.duree is not None and magasin.par == PURGE:
        limit = magasin.duree.echeance(datetime.combine(oldest, time(), PARIS)).date()
    return MagasinGarde(
        libelle=magasin.libelle,
        regle=magasin.texte,
        compte=magasin.compte,
        par=magasin.par,
        source=magasin.source,
        pieces=len(ages),
        plus_ancienne=oldest,
        echeance=limit,
        en_retard=limit is not None and today > limit,
    )


def _ages(path: Path) -> list[date]:
    """Day of each piece: what its folder's name says, else its last write; for a file of lines, what each line says."""
    if path.is_file():
        days = (_line_day(line) for line in path.read_bytes().splitlines())
        return [day for day in days if day is not None]
    if not path.is_dir():
        return []
    return [_piece_day(child) for child in path.iterdir() if child.is_dir() or child.suffix]  # not `courant`


def _piece_day(path: Path) -> date:
    if path.is_dir() and path.name.partition("=")[0] in ("semaine", "mois", "annee"):
        return read_periode(path.name).debut
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(PARIS).date()


def _line_day(line: bytes) -> date | None:
    """None for a line that a kill cut short."""
    try:
        return datetime.fromisoformat(json.loads(line)["instant"]).astimezone(PARIS).date()
    except (ValueError, KeyError, TypeError):
        return None
