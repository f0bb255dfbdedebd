"""What the operator is told of what is kept: by store, the rule, the oldest datum, what is too old; then the proof.

It must not look at a store: conservation.py did.
"""

from collections.abc import Sequence
from datetime import datetime

from ingest.conservation import Inventaire, is_proven
from ingest.lake.magasins import Piece
from marking_plan.conservation import PURGE, SEAL, Regles
from marking_plan.semaines import PARIS

_UNITS = ((1_000_000_000, "Go"), (1_000_000, "Mo"), (1_000, "ko"))
_NAMED = 3  # pieces named in a line; more are counted


def render_inventory(found: Sequence[Inventaire], regles: Regles) -> list[str]:
    """Each store with its rule, what it holds, and what would go."""
    lines = [f"Règles de conservation, version {regles.version}, depuis le {regles.depuis}."]
    for inventaire in found:
        magasin, pieces = inventaire.magasin, inventaire.pieces
        lines.append(f"{magasin.dossier} : {magasin.libelle}")
        lines.append(f"  règle : {magasin.texte}, à compter {magasin.compte}")
        lines.append(f"  source : {magasin.source}")
        if not pieces:
            lines.append("  vide")
            continue
        oldest, then = _day(pieces[0].depuis), inventaire.prochaine
        lines.append(
            f"  {_sum(pieces)} ; plus ancienne donnée : {oldest}" + (f" ; échéance : {_day(then)}" if then else "")
        )
        lines += [f"  {line}" for line in _render_late(inventaire)]
    return lines


def render_proof(found: Sequence[Inventaire], left: Sequence[Inventaire]) -> list[str]:
    """What went, then what the disk, read again, still holds."""
    lines = [
        f"{i.magasin.dossier} : {_sum(i.purgeables)} retirés ({_names(i.purgeables)})" for i in found if i.purgeables
    ] or ["Rien à retirer."]
    for inventaire in left:
        if inventaire.echues:
            lines += [f"{inventaire.magasin.dossier} : {line}" for line in _render_late(inventaire)]
        elif inventaire.magasin.par == SEAL or inventaire.magasin.duree is not None:
            pieces = inventaire.pieces
            oldest = f"plus ancienne donnée : {_day(pieces[0].depuis)}" if pieces else "vide"
            lines.append(
                f"{inventaire.magasin.dossier} : rien au-delà de la règle ({inventaire.magasin.texte}) ; {oldest}"
            )
    if is_proven(left):
        return [*lines, "Relu sur le disque : rien n’est plus ancien que sa règle."]
    return [*lines, "Relu sur le disque : des données sont plus anciennes que leur règle."]


def _render_late(inventaire: Inventaire) -> list[str]:
    late = inventaire.echues
    if not late:
        return []
    cure = "« dnma purge » les retire" if inventaire.magasin.par == PURGE else str(inventaire.magasin.remede)
    return [f"au-delà de la règle : {_sum(late)} ({_names(late)}) ; {cure}"]


def _names(pieces: Sequence[Piece]) -> str:
    names = [piece.nom if len(piece.nom) <= 20 else f"{piece.nom[:12]}…" for piece in pieces[:_NAMED]]
    return ", ".join(names) + (f" et {len(pieces) - _NAMED} autres" if len(pieces) > _NAMED else "")


def _sum(pieces: Sequence[Piece]) -> str:
    """`12 fichiers, 3,4 Mo`; lines of a file where the pieces are lines."""
    files = sum(piece.fichiers for piece in pieces)
    count, word = (files, "fichier") if files else (len(pieces), "ligne")
    return f"{count} {word}{'s' if count > 1 else ''}, {_bytes(sum(piece.octets for piece in pieces))}"


def _bytes(count: int) -> str:
    for size, unit in _UNITS:
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} octets"


def _day(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%Y-%m-%d}"
