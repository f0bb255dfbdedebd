"""Come back on a lot while its weeks are open: read its refused lines again, or take the whole lot back (design 6 and 7).

It must not touch a lot one of whose periods is closed: its events no longer exist apart.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ingest.dialects import DialectOptions, reader
from ingest.errors import LotFige, LotInconnu
from ingest.passage import pass_pieces
from ingest.pipeline import Lake, LotResult, OpenLake, find_known, open_lake, place_passage, write_manifest
from ingest.sources import Source
from marking_plan.lake import RETIRE, CleSuivi, Manifest, read_all_manifests

_SHORTEST_NAME = 8


def replay_lot(lake: Lake, source: Source, options: DialectOptions) -> LotResult:
    """Read again, under today's plan, the lines of a known lot that were refused; its other lines don't move.

    Raises LotInconnu when the bytes are not those of a visible lot, LotFige when one of its periods is closed or its
    refused lines are purged.
    """
    with open_lake(lake) as opened:
        known = find_known(source, opened.visible)
        if known is None:
            raise LotInconnu(
                f"{source.name} n'est pas l'original d'un lot reçu. Donnez le fichier tel qu'il avait été livré, octet pour octet."
            )
        _check_open(opened, _whole(opened, known), "relu")
        if known.rejets_purges_le is not None:
            raise LotFige(
                f"Le lot {known.lot[:12]} ne peut plus être relu : ses lignes refusées ont été purgées le "
                f"{known.rejets_purges_le:%Y-%m-%d}. Livrez les lignes corrigées dans un fichier neuf."
            )
        if known.rejets_sha256 is None:
            return LotResult(known, already_known=True)
        return LotResult(_replay(opened, source, known, options), already_known=False)


def _whole(opened: OpenLake, known: Manifest) -> Manifest:
    """The manifest with the parts of its sealed weeks too."""
    return next(manifest for manifest in read_all_manifests(opened.lake.donnees) if manifest.lot == known.lot)


def _replay(opened: OpenLake, source: Source, known: Manifest, options: DialectOptions) -> Manifest:
    donnees = opened.lake.donnees
    refused = pl.read_parquet(donnees / known.rejets_chemin)
    lines = np.sort(refused["ligne"].to_numpy().astype(np.int64))
    before = Counter(refused["motif"].to_list())
    replayed = known.model_copy(update={"rejeux": known.rejeux + 1, "plan_version": opened.lake.plan.version})
    with source.open() as delivery:
        pieces = reader(known.dialecte, delivery.head, options, opened.context.motifs)(delivery)
        with pass_pieces(donnees, pieces, opened.context, opened.cles, lambda _: None, lines) as passage:
            placed = place_passage(opened, passage, known.lot, replayed.nom)
    manifest = replayed.model_copy(update=_merge(known, before, placed))
    write_manifest(donnees, manifest)
    _remove_others(donnees, manifest, ("rejets",))
    return manifest


def _remove_others(donnees: Path, manifest: Manifest, folders: tuple[str, ...]) -> None:
    """Remove the files of a lot that its manifest doesn't name any more: those that a kill had left too."""
    named = {chemin for chemin, _ in manifest.fichiers}
    for folder in folders:
        for path in (donnees / folder).rglob(f"*{manifest.lot}*.parquet"):
            if str(path.relative_to(donnees)) not in named:
                path.unlink()


def _merge(known: Manifest, replayed: Mapping[str, int], placed: Mapping[str, Any]) -> dict[str, object]:
    """Fields of the manifest once the lines read again are added to those that had been kept."""
    refused = Counter(known.refused)
    refused.subtract(replayed)
    refused.update(placed["refused"])
    bounds = {
        name: choose((b for b in (getattr(known, name), placed[name]) if b is not None), default=None)
        for name, choose in (("instant_min", min), ("instant_max", max))
    }
    return {
        "kept": known.kept + placed["kept"],
        "duplicates": known.duplicates + placed["duplicates"],
        "refused": {motif: count for motif, count in sorted(refused.items()) if count},
        "corriges": _sum(known.corriges, placed["corriges"]),
        "inconnus": _sum(known.inconnus, placed["inconnus"]),
        "suivi": _merge_suivi(known, placed),
        "parts": (*known.parts, *placed["parts"]),
        "registres": (*known.registres, *placed["registres"]),
        "rejets_sha256": placed["rejets_sha256"],
        **bounds,
    }


def _merge_suivi(known: Manifest, placed: Mapping[str, Any]) -> tuple[tuple[CleSuivi, int], ...]:
    """Counts by platform and week: what was refused gives way to what was read again; lateness stays that of the first time."""
    kept = Counter({key: lines for key, lines in known.suivi if key.rubrique != "refus" or key.detail == "opposition"})
    kept.update({key: lines for key, lines in placed["suivi"] if key.rubrique in ("gardees", "refus")})
    return tuple(sorted(kept.items(), key=lambda item: tuple(str(value or "") for value in item[0])))


def _sum(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted((Counter(first) + Counter(second)).items()))


def retract_lot(lake: Lake, nom: str) -> Manifest:
    """Take a lot back, named by the first characters of its digest: its manifest stays, retired; its files go.

    A lot already retired is gone through again, for files that a kill may have left.
    The same bytes may come again. Raises LotInconnu, LotFige.
    """
    with open_lake(lake) as opened:
        found = [m for m in read_all_manifests(lake.donnees) if m.lot.startswith(nom) and len(nom) >= _SHORTEST_NAME]
        if len(found) != 1:
            raise LotInconnu(
                f"Aucun lot ne porte seul le nom « {nom} ». Donnez au moins {_SHORTEST_NAME} caractères du lot, "
                "tels que le rapport d'ingestion les écrit."
            )
        [known] = found
        _check_open(opened, known, "retiré")
        manifest = known.model_copy(update={"etat": RETIRE, "parts": (), "registres": (), "rejets_sha256": None})
        write_manifest(lake.donnees, manifest)
        _remove_others(lake.donnees, manifest, ("evenements", "registres", "rejets"))
        return manifest


def _check_open(opened: OpenLake, known: Manifest, verb: str) -> None:
    names = {part.dossier.replace("=", "-") for part in (*known.parts, *known.registres)}
    closed = sorted(name for name in names if opened.context.periodes.is_name_closed(name))
    if closed:
        raise LotFige(
            f"Le lot {known.lot[:12]} ne peut plus être {verb} : la période {closed[0]} est close, ses événements "
            "n'existent plus séparément."
        )
