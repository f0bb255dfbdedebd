"""What a vendor is told of a delivery before it is sent, as French text or as JSON for machines.

It must not print a value from a line: counts, line numbers, codes, names of fields and redacted excerpts only.
"""

from collections import Counter
from datetime import UTC, datetime

from ingest.conformite import Constat, Verdict
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr, number_fr
from marking_plan.semaines import PARIS

_SHOWN = 10
_PERSONNEL = "champ_personnel"
VERDICTS = {
    Verdict.CONFORME: "conforme",
    Verdict.RESERVES: "conforme avec réserves",
    Verdict.NON_CONFORME: "non conforme",
}
_CONSEILS = {
    "profil_absent": "Renseignez « profil » : ces lignes comptent sous « autre ».",
    "service_absent": "Renseignez « service » : ces lignes comptent comme pages de l'ENT, sans service.",
    "terminal_absent": "Renseignez « agent » ou « appareil » : ces lignes n'ont pas d'appareil.",
    "plateforme_ecartee": "Donnez à « plateforme » un nom court : lettres, quatre chiffres au plus.",
    "profil_hors_plan": "Employez un profil du plan : ces lignes comptent sous « autre ».",
    "service_hors_plan": "Employez un service du plan, ou faites-y ajouter le vôtre : ces lignes comptent hors du plan.",
}


def render_constat(constat: Constat, plan: MarkingPlan) -> list[str]:
    """Lines of French text about one delivery, its verdict first."""
    tally = constat.tally
    refused = sum(tally.refused.values())
    lines = [
        f"{constat.source} ({constat.dialecte}) : {VERDICTS[constat.verdict]}",
        f"  {count_fr(tally.received, 'ligne lue', 'lignes lues')} = {count_fr(tally.stored, 'gardée', 'gardées')} "
        f"+ {count_fr(refused, 'refusée', 'refusées')}",
    ]
    if not tally.received:
        lines.append("  aucun événement : le fichier est vide, ou n'a que des lignes blanches. Vérifiez l'extraction.")
    if tally.bounds:
        first, last = (f"{_instant(bound).astimezone(PARIS):%d/%m/%Y %H:%M:%S}" for bound in _span(constat))
        lines.append(f"  instants : du {first} au {last}, heure de Paris")
        lines.append(f"  {count_fr(len(constat.ecoles), 'école', 'écoles')} : {_shorten(sorted(constat.ecoles))}")
    return lines + _render_refused(constat, plan) + _render_remarks(constat)


def _render_refused(constat: Constat, plan: MarkingPlan) -> list[str]:
    lines = []
    for motif in plan.motifs:
        if count := constat.tally.refused[motif.code]:
            lines.append(f"  refusées, {motif.libelle} : {number_fr(count)}. {motif.correction}")
            if motif.code == _PERSONNEL:
                lines.append(f"    champs : {_shorten(_counted(constat.personnels))}")
            examples = constat.exemples.get(motif.code, [])
            lines += [f"    ligne {ligne}{f' : {extrait}' if extrait else ''}" for ligne, extrait in examples]
    return lines


def _render_remarks(constat: Constat) -> list[str]:
    lines = [
        f"  {code.replace('_', ' ')} : {number_fr(count)}, d'abord ligne {constat.premieres[code]}. {_CONSEILS[code]}"
        for code, count in sorted((constat.tally.corriges + constat.hors_plan).items())
    ]
    if constat.tally.inconnus:
        codes = Counter({code.replace(":", " "): count for code, count in constat.tally.inconnus.items()})
        lines.append(f"  codes hors du plan : {_shorten(_counted(codes))}")
    if constat.tally.ignored:
        lines.append(
            f"  champs hors du format, ignorés : {_shorten(_counted(constat.tally.ignored))}. Ne les envoyez pas."
        )
    return lines


def _counted(counts: Counter[str]) -> list[str]:
    return [
        f"{name} ({number_fr(count)})" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _shorten(words: list[str]) -> str:
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" et {number_fr(more)} de plus" if more > 0 else "")


def _span(constat: Constat) -> tuple[int, int]:
    return min(constat.tally.bounds), max(constat.tally.bounds)


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def constat_as_json(constat: Constat) -> dict[str, object]:
    """The same, whole, for machines."""
    tally = constat.tally
    first, last = _span(constat) if tally.bounds else (None, None)
    return {
        "source": constat.source,
        "dialecte": constat.dialecte,
        "verdict": VERDICTS[constat.verdict],
        "lues": tally.received,
        "gardees": tally.stored,
        "refusees": dict(tally.refused),
        "exemples": {
            motif: [{"ligne": ligne, "extrait": extrait} for ligne, extrait in found]
            for motif, found in constat.exemples.items()
        },
        "champs_personnels": dict(constat.personnels),
        "remarques": {
            code: {"lignes": count, "premiere": constat.premieres[code]}
            for code, count in (tally.corriges + constat.hors_plan).items()
        },
        "codes_hors_plan": dict(tally.inconnus),
        "champs_ignores": dict(tally.ignored),
        "instant_min": None if first is None else _instant(first).isoformat(),
        "instant_max": None if last is None else _instant(last).isoformat(),
        "ecoles": sorted(constat.ecoles),
    }
