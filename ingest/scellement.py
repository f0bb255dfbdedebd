"""Seal weeks and close months and school years: only exact counts stay, persons' keys go last (design 7; trust.md 1.3).

It must not count: metrics did, and says which files are kept for good. Every step may be done again after a kill.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from ingest.lake.files import remove_folder, write_atomically
from ingest.lake.identite import destroy_key
from ingest.lake.parquet import parquet_bytes
from ingest.lake.periodes import write_state
from marking_plan.etats import CLOSE, GRACE, SCELLEE, SCELLEMENT, Ensemble, Etat, list_states, read_state
from marking_plan.lake import Manifest, Part, read_all_manifests, read_manifests
from marking_plan.schema import REGISTRE
from marking_plan.semaines import PARIS, bounds, monday

_WEEK = "semaine-"
_NEVER = datetime.min.replace(tzinfo=UTC)


def list_due_weeks(donnees: Path, now: datetime) -> list[date]:
    """Mondays of the weeks that may be sealed at that instant, oldest first; one whose lots were all taken back too."""
    received: dict[date, list[datetime]] = {lundi: [] for lundi in _list_open_weeks(list_states(donnees))}
    for manifest in read_manifests(donnees):
        for lundi in {part.semaine for part in manifest.parts}:
            received[lundi].append(manifest.recu_le)
    ends = {lundi: max(_midnight_after(lundi), min(instants, default=_NEVER)) for lundi, instants in received.items()}
    return sorted(lundi for lundi, end in ends.items() if now >= end + GRACE)


def _list_open_weeks(states: Mapping[str, Etat]) -> list[date]:
    names = [nom for nom, etat in states.items() if nom.startswith(_WEEK) and not etat.ended]
    return [date.fromisoformat(nom.removeprefix(_WEEK)) for nom in names]


def _midnight_after(lundi: date) -> datetime:
    suivant = lundi + timedelta(days=7)
    return datetime(suivant.year, suivant.month, suivant.day, tzinfo=PARIS).astimezone(UTC)


def list_due_periods(donnees: Path, now: datetime) -> list[str]:
    """Names of the months and school years that may be closed: over since the grace, no week that touches them open."""
    states = list_states(donnees)
    still_open = {date.fromisoformat(nom[8:]) for nom, e in states.items() if nom.startswith(_WEEK) and not e.ended}
    due = []
    for nom, etat in states.items():
        if nom.startswith(_WEEK) or etat.ended:
            continue
        first, last = _bounds(nom)
        over = now.astimezone(PARIS).date() > last + GRACE
        if over and not any(monday(first) <= lundi <= last for lundi in still_open):
            due.append(nom)
    return due


def _bounds(nom: str) -> tuple[date, date]:
    """First and last day of `mois-2025-10` or `annee-2025-2026`."""
    kind, _, value = nom.partition("-")
    if kind == "annee":
        return bounds(value)
    first = date.fromisoformat(f"{value}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def seal_week(donnees: Path, cles: Path, lundi: date, fichiers: Mapping[str, str], now: datetime) -> None:
    """Seal a week whose counts are in `fichiers` (paths relative to the lake, with digests). Raises DisquePlein."""
    nom = f"{_WEEK}{lundi}"
    etat = _opened(donnees, nom)
    if not etat.ended:
        write_state(donnees, nom, etat.model_copy(update={"etat": SCELLEMENT}))
        for dossier, parts in _register_parts(read_all_manifests(donnees), lundi).items():
            _merge(donnees, dossier, lundi, parts)
        write_state(donnees, nom, etat.model_copy(update={"etat": SCELLEE, "fichiers": dict(fichiers), "le": now}))
    _clean_week(donnees, cles, lundi)


def close_period(donnees: Path, cles: Path, nom: str, fichiers: Mapping[str, str], now: datetime) -> None:
    """Close a month or a school year whose users are counted in `fichiers`. Raises DisquePlein."""
    etat = _opened(donnees, nom)
    update = {"etat": CLOSE, "fichiers": dict(fichiers), "ensemble": None, "le": now}
    write_state(donnees, nom, etat.model_copy(update=update))
    _clean_period(donnees, cles, nom)


def finish_interrupted(donnees: Path, cles: Path) -> None:
    """Remove what a kill left of periods that ended: files first, keys last."""
    for nom, etat in list_states(donnees).items():
        if not etat.ended:
            continue
        if nom.startswith(_WEEK):
            _clean_week(donnees, cles, date.fromisoformat(nom.removeprefix(_WEEK)))
        else:
            _clean_period(donnees, cles, nom)


def _opened(donnees: Path, nom: str) -> Etat:
    etat = read_state(donnees, nom)
    assert etat is not None, f"{nom} was never opened"
    return etat


def _register_parts(manifests: Iterable[Manifest], lundi: date) -> dict[str, list[Part]]:
    """Parts of the week in each month and school year."""
    found: dict[str, list[Part]] = {}
    for manifest in manifests:
        for part in manifest.registres:
            if part.semaine == lundi:
                found.setdefault(part.dossier, []).append(part)
    return found


def _merge(donnees: Path, dossier: str, lundi: date, parts: Iterable[Part]) -> None:
    """Put the members of a week into the one set of a period; a set takes the same members twice without harm."""
    nom = dossier.replace("=", "-")
    etat = _opened(donnees, nom)
    if lundi in etat.fusionnees:
        return
    chemins = [part.chemin for part in parts] + ([etat.ensemble.chemin] if etat.ensemble else [])
    members = pl.concat([pl.read_parquet(donnees / chemin) for chemin in chemins]).unique()
    members = members.sort("pseudonyme", "uai", "profil")
    content = parquet_bytes(members, REGISTRE)
    sha256 = hashlib.sha256(content).hexdigest()
    ensemble = Ensemble(
        chemin=f"registres/{dossier}/ensemble-{sha256[:16]}.parquet", sha256=sha256, lignes=members.height
    )
    write_atomically(donnees / ensemble.chemin, content)
    fusionnees = (*etat.fusionnees, lundi)
    write_state(donnees, nom, etat.model_copy(update={"ensemble": ensemble, "fusionnees": fusionnees}))


def _clean_week(donnees: Path, cles: Path, lundi: date) -> None:
    _remove(donnees / "evenements" / f"semaine={lundi}")
    states = list_states(donnees)
    for path in sorted((donnees / "registres").glob(f"*/semaine={lundi}-*.parquet")):
        path.unlink()
    for path in sorted((donnees / "registres").glob("*/ensemble-*.parquet")):
        etat = states[path.parent.name.replace("=", "-")]
        if etat.ensemble is None or path != donnees / etat.ensemble.chemin:
            path.unlink()
    destroy_key(cles, f"{_WEEK}{lundi}")


def _clean_period(donnees: Path, cles: Path, nom: str) -> None:
    _remove(donnees / "registres" / nom.replace("-", "=", 1))
    destroy_key(cles, nom)


def _remove(folder: Path) -> None:
    if folder.exists():
        remove_folder(folder)
