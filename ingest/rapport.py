"""What a delivery's sender and the operator are told: received = kept + duplicates + refused, and why.

It must not print a value from a line, only counts, motifs and codes outside the plan.
"""

from ingest.pipeline import LotResult
from marking_plan import MarkingPlan
from marking_plan.lake import Manifest

_SHOWN_UNKNOWN = 10


def render_lot(result: LotResult, plan: MarkingPlan) -> list[str]:
    """Lines of French text about one lot."""
    manifest = result.manifest
    if result.already_known:
        return [f"{manifest.source} : déjà reçu (lot {manifest.lot[:12]}), rien n'a changé."]
    lines = [f"{manifest.source} (lot {manifest.lot[:12]}, {manifest.dialecte}) : {_balance(manifest)}"]
    labels = {motif.code: motif.libelle for motif in plan.motifs}
    lines += [f"  refusées, {labels[code]} : {_number(count)}" for code, count in manifest.refused.items()]
    lines += [f"  corrigées, {code.replace('_', ' ')} : {_number(count)}" for code, count in manifest.corriges.items()]
    unknown = sorted(manifest.inconnus.items(), key=lambda item: (-item[1], item[0]))
    lines += [f"  hors du plan, {code} : {_number(count)}" for code, count in unknown[:_SHOWN_UNKNOWN]]
    if len(unknown) > _SHOWN_UNKNOWN:
        lines.append(f"  et {len(unknown) - _SHOWN_UNKNOWN} autres codes hors du plan (voir qualite_lots)")
    return lines


def render_total(manifests: list[Manifest]) -> str:
    """One line for several lots together."""
    received, kept = sum(m.received for m in manifests), sum(m.kept for m in manifests)
    duplicates, refused = sum(m.duplicates for m in manifests), sum(m.refused_total for m in manifests)
    return (
        f"{_number(len(manifests))} lots : {_number(received)} lignes reçues = {_number(kept)} gardées "
        f"+ {_number(duplicates)} doublons + {_number(refused)} refusées"
    )


def _balance(manifest: Manifest) -> str:
    return (
        f"{_number(manifest.received)} lignes reçues = {_number(manifest.kept)} gardées "
        f"+ {_number(manifest.duplicates)} doublons + {_number(manifest.refused_total)} refusées"
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
