"""What a delivery's sender and the operator are told: received = kept + duplicates + refused, and why.

It must not print a value from a line, only counts, motifs and codes outside the plan.
"""

from ingest.lake.verification import Verification
from ingest.pipeline import LotResult
from marking_plan import MarkingPlan
from marking_plan.lake import Manifest
from marking_plan.phrases import count_fr, number_fr

_SHOWN_UNKNOWN = 10


def render_lot(result: LotResult, plan: MarkingPlan) -> list[str]:
    """Lines of French text about one lot."""
    manifest = result.manifest
    if result.already_known:
        return [f"{manifest.source} : déjà reçu (lot {manifest.lot[:12]}), rien n'a changé."]
    lines = [f"{manifest.source} (lot {manifest.lot[:12]}, {manifest.dialecte}) : {_balance(manifest)}"]
    labels = {motif.code: motif.libelle for motif in plan.motifs}
    if result.octets_abimes:
        lines.append(
            f"  Attention : {number_fr(result.octets_abimes)} octets de ce segment sont illisibles, le disque les a abîmés. "
            "Il est gardé (.abime) : voyez le guide d'exploitation."
        )
    lines += [f"  refusées, {labels[code]} : {number_fr(count)}" for code, count in manifest.refused.items()]
    lines += [
        f"  corrigées, {code.replace('_', ' ')} : {number_fr(count)}" for code, count in manifest.corriges.items()
    ]
    unknown = sorted(manifest.inconnus.items(), key=lambda item: (-item[1], item[0]))
    lines += [f"  hors du plan, {code} : {number_fr(count)}" for code, count in unknown[:_SHOWN_UNKNOWN]]
    if len(unknown) > _SHOWN_UNKNOWN:
        lines.append(f"  et {len(unknown) - _SHOWN_UNKNOWN} autres codes hors du plan (voir qualite_lots)")
    return lines + _render_suivi(manifest)


def _render_suivi(manifest: Manifest) -> list[str]:
    """One line a platform and week: what was kept and refused, and how late it came."""
    weeks: dict[tuple[str, str], dict[str, list[str]]] = {}
    for key, count in manifest.suivi:
        label = (key.plateforme or "sans plateforme", f"semaine du {key.semaine}" if key.semaine else "sans date")
        parts = weeks.setdefault(label, {})
        parts.setdefault(key.rubrique, []).append(f"{key.detail or ''} {number_fr(count)}".strip())
    titles = {
        "gardees": "gardées",
        "refus": "refusées",
        "retard": "délai de livraison",
        "ecoles_silencieuses": "écoles silencieuses",
    }
    return [
        f"  {plateforme}, {semaine} : "
        + " ; ".join(f"{title} {', '.join(parts[name])}" for name, title in titles.items() if name in parts)
        for (plateforme, semaine), parts in weeks.items()
    ]


def render_total(results: list[LotResult], plan: MarkingPlan) -> list[str]:
    """Lines of French text about several lots together; those already known add nothing."""
    new = [result.manifest for result in results if not result.already_known]
    lines = [f"{count_fr(len(new), 'lot nouveau', 'lots nouveaux')} sur {len(results)} : {_balance(*new)}"]
    for motif in plan.motifs:
        refused = sum(manifest.refused.get(motif.code, 0) for manifest in new)
        if refused:
            lines.append(f"  refusées, {motif.libelle} : {number_fr(refused)}")
    return lines


def render_verification(found: Verification) -> list[str]:
    """Lines of French text: what is wrong in the lake, what nothing names, and how much was read."""
    orphans = (
        f"{chemin} : aucun lot visible ne le nomme. Relancez la commande interrompue (ingestion, --rejouer, --retirer ou purge)."
        for chemin in found.orphelins
    )
    read = f"{count_fr(found.lots, 'lot', 'lots')}, {count_fr(found.fichiers, 'fichier', 'fichiers')}"
    defects = count_fr(len(found.defauts), "défaut", "défauts")
    return [*found.defauts, *orphans, f"{read}, {defects}. Contenu : {found.empreinte[:16]}"]


def _balance(*manifests: Manifest) -> str:
    received, kept = sum(m.received for m in manifests), sum(m.kept for m in manifests)
    duplicates, refused = sum(m.duplicates for m in manifests), sum(m.refused_total for m in manifests)
    return (
        f"{count_fr(received, 'ligne reçue', 'lignes reçues')} = {count_fr(kept, 'gardée', 'gardées')} "
        f"+ {count_fr(duplicates, 'doublon', 'doublons')} + {count_fr(refused, 'refusée', 'refusées')}"
    )
