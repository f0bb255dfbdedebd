"""Read the whole lake again and say what is wrong in it: digests, counts, keys, files that nothing names (trust.md D6).

It must not mend or remove anything.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.audit import read_audit
from ingest.lake.files import digest_file, lake_lock
from ingest.lake.identite import fingerprint
from marking_plan.audit import FICHIER, find_breaks
from marking_plan.etats import Etat, list_states
from marking_plan.lake import VISIBLE, Manifest, read_all_manifests, read_manifests

_FOLDERS = ("evenements", "registres", "rejets", "visites")


@dataclass(frozen=True, slots=True)
class Verification:
    """What was read, what is wrong (French sentences), and a digest of the content that doesn't depend on dates."""

    lots: int
    fichiers: int
    defauts: list[str]
    orphelins: list[str]
    empreinte: str


def verify_lake(donnees: Path, cles: Path) -> Verification:
    """Check every file that the manifests name. Raises VerrouPris while another command writes."""
    with lake_lock(donnees):
        manifests, states = read_manifests(donnees), list_states(donnees)
        whole = [manifest for manifest in read_all_manifests(donnees) if manifest.etat == VISIBLE]
        defauts = [defaut for manifest in whole for defaut in _check_counts(manifest)]
        defauts += [defaut for manifest in manifests for defaut in _check_files(donnees, manifest)]
        defauts += [defaut for etat in states.values() for defaut in _check_sealed(donnees, etat)]
        defauts += _check_keys(donnees, cles, states)
        defauts += [_say_break(number) for number in find_breaks([line for _, line in read_audit(donnees)])]
        named = {chemin for manifest in manifests for chemin, _ in manifest.fichiers}
        named |= {chemin for etat in states.values() for chemin in _sealed_files(etat)}
        found = {str(p.relative_to(donnees)) for name in _FOLDERS for p in (donnees / name).rglob("*") if p.is_file()}
        return Verification(len(manifests), len(named), defauts, sorted(found - named), _digest_content(whole))


def _check_counts(manifest: Manifest) -> Iterator[str]:
    if manifest.received != manifest.kept + manifest.duplicates + manifest.refused_total:
        yield f"Lot {manifest.lot[:12]} : les lignes reçues ne sont pas la somme des lignes gardées, doublons et refusées."
    if sum(part.lignes for part in manifest.parts) != manifest.kept + manifest.duplicates - manifest.connus:
        yield f"Lot {manifest.lot[:12]} : les fichiers d'événements n'ont pas le nombre de lignes du manifeste."


def _check_files(donnees: Path, manifest: Manifest) -> Iterator[str]:
    for chemin, sha256 in manifest.fichiers:
        path = donnees / chemin
        if not path.exists():
            yield f"{chemin} manque : remettez-le depuis une sauvegarde, ou retirez le lot et livrez-le à nouveau."
        elif digest_file(path) != sha256:
            yield f"{chemin} est abîmé : son empreinte n'est pas celle du manifeste. Livrez à nouveau le lot."
    yield from _check_rows(donnees, manifest)


def _check_rows(donnees: Path, manifest: Manifest) -> Iterator[str]:
    """Row counts written in the files themselves; a file that can't be read was already told by its digest."""
    for part in (*manifest.parts, *manifest.registres):
        try:
            rows = pq.read_metadata(donnees / part.chemin).num_rows
        except (OSError, ValueError, pa.ArrowException):  # a damaged footer may hold text that is none
            continue
        if rows != part.lignes:
            yield f"{part.chemin} contient {rows} lignes au lieu de {part.lignes}."


def _sealed_files(etat: Etat) -> dict[str, str]:
    """Files that a period ended with, or that its sealed weeks were merged into, with their digests."""
    return etat.fichiers | ({etat.ensemble.chemin: etat.ensemble.sha256} if etat.ensemble else {})


def _check_sealed(donnees: Path, etat: Etat) -> Iterator[str]:
    for chemin, sha256 in _sealed_files(etat).items():
        path = donnees / chemin
        if not path.exists() or digest_file(path) != sha256:
            yield f"{chemin} manque ou est abîmé : remettez-le depuis une sauvegarde, rien d'autre ne garde ces comptes."


def _check_keys(donnees: Path, cles: Path, states: dict[str, Etat]) -> Iterator[str]:
    for nom, state in states.items():
        key = cles / nom
        if state.ended:
            if key.exists():
                yield f"La clé de la période {nom}, terminée, existe encore dans {cles.name} : relancez « dnma seal »."
        elif not key.exists():
            yield f"La clé de la période {nom}, ouverte, manque dans {cles.name}."
        elif fingerprint(key.read_bytes()) != state.empreinte:
            yield f"La clé de la période {nom} n'est pas celle qui a servi à ses premières visites."


def _say_break(number: int) -> str:
    return (
        f"{FICHIER}, ligne {number} : elle ne suit pas la précédente. Une ligne a été changée, retirée ou déplacée : "
        "comparez avec une sauvegarde et prévenez le DPD."
    )


def _digest_content(manifests: list[Manifest]) -> str:
    content = [m.model_dump_json(exclude={"recu_le", "source"}) for m in manifests]
    return hashlib.sha256("\n".join(content).encode()).hexdigest()
