"""Say what the data folder keeps and since when, remove what is older than its rule, and prove it (trust.md P11, G2).

It must not destroy what sealing does: keys, events and registers are only reported. Any step may be done again after a kill.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.errors import DossierAbsent
from ingest.lake.audit import join_lines, read_audit
from ingest.lake.files import fsync_folder, guard_disk, lake_lock, remove_folder, write_atomically
from ingest.lake.magasins import Piece, list_pieces
from ingest.lake.periodes import write_state
from ingest.pipeline import write_manifest
from ingest.scellement import list_due_periods, list_due_weeks
from marking_plan.audit import FICHIER, hold_audit
from marking_plan.conservation import PURGE, SEAL, Magasin, load_regles
from marking_plan.etats import Etat, list_states, read_state
from marking_plan.lake import read_all_manifests
from marking_plan.semaines import PARIS


@dataclass(frozen=True, slots=True)
class Inventaire:
    """A store, its pieces from the oldest, those older than the rule, and when the next one will be."""

    magasin: Magasin
    pieces: list[Piece]
    echues: list[Piece]
    prochaine: datetime | None

    @property
    def purgeables(self) -> list[Piece]:
        """What purge removes of them; the rest waits for the command that the rule names."""
        return self.echues if self.magasin.par == PURGE else []


@contextmanager
def hold_lake(donnees: Path) -> Iterator[None]:
    """Hold the lock of a lake that exists. Raises DossierAbsent, VerrouPris."""
    if not donnees.is_dir():
        raise DossierAbsent(f"Le dossier des données {donnees} n’existe pas. Nommez-le par --donnees (ou DNMA_DATA).")
    with lake_lock(donnees):
        yield


def take_inventory(donnees: Path, now: datetime) -> list[Inventaire]:
    """Every store of conservation.toml as it is on disk. The caller holds the lake's lock."""
    return [_inventory(donnees, magasin, now) for magasin in load_regles().magasins]


def purge(donnees: Path, now: datetime) -> list[Inventaire]:
    """Remove what is older than its rule; gives what was found before. Raises DisquePlein. The caller holds the lock."""
    found = take_inventory(donnees, now)
    for inventaire in found:
        if inventaire.purgeables:
            with guard_disk(inventaire.magasin.dossier, "la purge s'achèvera à l'identique"):
                _REMOVERS[inventaire.magasin.code](donnees, inventaire.purgeables, now)
    return found


def trace(found: Sequence[Inventaire], left: Sequence[Inventaire]) -> dict[str, object]:
    """What the audit keeps of a purge: rules, what went, what is left by store, what is late."""
    stores = {
        after.magasin.code: {
            "retires": len(before.purgeables),
            "octets_retires": sum(piece.octets for piece in before.purgeables),
            "restent": len(after.pieces),
            "plus_ancien": after.pieces[0].depuis if after.pieces else None,
            "en_retard": len(after.echues),
        }
        for before, after in zip(found, left, strict=True)
    }
    return {"regles": load_regles().version, "conforme": is_proven(left), "magasins": stores}


def is_proven(left: Sequence[Inventaire]) -> bool:
    """Whether nothing older than its rule remains."""
    return not any(inventaire.echues for inventaire in left)


def _inventory(donnees: Path, magasin: Magasin, now: datetime) -> Inventaire:
    pieces = list_pieces(donnees, magasin.code, magasin.dossier)
    late = _late_folders(donnees, now) if magasin.par == SEAL else set()
    ends = {piece: _end(donnees, magasin, piece) for piece in pieces}
    over = {piece for piece, end in ends.items() if piece.nom in late or (end is not None and now >= end)}
    following = (end for piece, end in ends.items() if piece not in over and end is not None)
    return Inventaire(magasin, pieces, [p for p in pieces if p in over], min(following, default=None))


def _end(donnees: Path, magasin: Magasin, piece: Piece) -> datetime | None:
    """First instant at which a piece must be gone, if its store has a duration."""
    if magasin.duree is None:
        return None
    since = _first_lot(donnees, piece) if magasin.code == "registres" else piece.depuis
    return magasin.duree.echeance(since.astimezone(PARIS))


def _late_folders(donnees: Path, now: datetime) -> set[str]:
    """Folders of the periods that sealing should have ended by now, or whose remains a kill left."""
    names = [f"semaine-{lundi}" for lundi in list_due_weeks(donnees, now)] + list_due_periods(donnees, now)
    names += [nom for nom, etat in list_states(donnees).items() if etat.ended]
    return {nom.replace("-", "=", 1) for nom in names}


def _first_lot(donnees: Path, piece: Piece) -> datetime:
    """Start of a register's period, or the arrival of the first lot that fills it when that is later."""
    manifests = read_all_manifests(donnees)
    received = (m.recu_le for m in manifests if any(part.dossier == piece.nom for part in m.registres))
    return max(piece.depuis, min(received, default=piece.depuis))


def _purge_visits(donnees: Path, pieces: Sequence[Piece], now: datetime) -> None:
    """First the week's state says that its visits are purged, then they go: what it still names is never missing."""
    for piece in pieces:
        nom = piece.nom.replace("=", "-", 1)
        etat = read_state(donnees, nom)
        if etat is not None:
            _tell_state(donnees, nom, etat, f"visites/{piece.nom}/", now)
        _remove(donnees / "visites" / piece.nom)


def _tell_state(donnees: Path, nom: str, etat: Etat, prefix: str, now: datetime) -> None:
    gone = [chemin for chemin in etat.fichiers if chemin.startswith(prefix)]
    if gone:
        kept = {chemin: sha256 for chemin, sha256 in etat.fichiers.items() if chemin not in gone}
        purges = etat.purges | dict.fromkeys(gone, now)
        write_state(donnees, nom, etat.model_copy(update={"fichiers": kept, "purges": purges}))


def _purge_rejects(donnees: Path, pieces: Sequence[Piece], now: datetime) -> None:
    """First the lot's manifest says that its refused lines are purged, then they go."""
    named = {m.rejets_chemin: m for m in read_all_manifests(donnees) if m.rejets_sha256}
    for piece in pieces:
        manifest = named.get(f"rejets/{piece.nom}")
        if manifest is not None:
            write_manifest(donnees, manifest.model_copy(update={"rejets_sha256": None, "rejets_purges_le": now}))
        _remove(donnees / "rejets" / piece.nom)


def _purge_audit(donnees: Path, pieces: Sequence[Piece], _now: datetime) -> None:
    old = {piece.nom for piece in pieces}
    with hold_audit(donnees):
        kept = [line for number, (_, line) in enumerate(read_audit(donnees), 1) if f"ligne {number}" not in old]
        write_atomically(donnees / FICHIER, join_lines(kept))


def _purge_staging(donnees: Path, pieces: Sequence[Piece], _now: datetime) -> None:
    for piece in pieces:
        _remove(donnees / ".en_cours" / piece.nom)


def _remove(path: Path) -> None:
    """A folder or a file, durably; nothing when it is already gone."""
    if path.is_dir():
        remove_folder(path)
    elif path.exists():
        path.unlink()
        fsync_folder(path.parent)


_REMOVERS: dict[str, Callable[[Path, Sequence[Piece], datetime], None]] = {
    "visites": _purge_visits,
    "rejets": _purge_rejects,
    "audit": _purge_audit,
    "en_cours": _purge_staging,
}
