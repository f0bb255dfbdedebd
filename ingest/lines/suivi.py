"""What a sender is told beside its counts: by platform and week, what was kept or refused, how late, and clocks ahead.

It must not hold a person's value, nor judge: it counts.
"""

from collections import Counter

import numpy as np
import numpy.typing as npt

from ingest.lines.batch import ABSENT, INVALID, Ints, find_distinct
from ingest.lines.steps import Context, Judged
from marking_plan.lake import CleSuivi

_DAY_MS = 86_400_000
# Lateness of a judged: from its instant to the reception of the file. Upper bounds in days, and their names.
RETARDS = ((0, "horloge en avance"), (1, "moins d’un jour"), (3, "1 à 3 jours"), (10, "3 à 10 jours"))
RETARD_MAX = "plus de 10 jours"


def count_suivi(judged: Judged, context: Context) -> Counter[CleSuivi]:
    """Lines by platform, week, and either what became of them or how late they came."""
    counts: Counter[CleSuivi] = Counter()
    names = ["", *(motif.code for motif in context.plan.motifs)]
    _count(judged, judged.batch.motif.astype(np.int64), counts, ["gardees", *("refus" for _ in names[1:])], names)
    names = [*(name for _, name in RETARDS), RETARD_MAX]
    _count(judged, _lateness(judged, context), counts, ["retard" for _ in names], names)
    return counts


def _lateness(judged: Judged, context: Context) -> Ints:
    """Rank of each line's band of lateness, -1 when its instant is not known."""
    instant = judged.batch.instant
    late = int(context.now.timestamp() * 1000) - np.where(instant <= INVALID, 0, instant)
    ranks = np.searchsorted([days * _DAY_MS for days, _ in RETARDS], late, side="right").astype(np.int64)
    return np.where((instant == ABSENT) | (instant == INVALID), -1, ranks)


def _count(judged: Judged, values: Ints, counts: Counter[CleSuivi], rubriques: list[str], details: list[str]) -> None:
    plateformes = judged.batch.textes["plateforme"].values
    weeks, width = len(judged.periodes) + 1, len(details)
    dated: npt.NDArray[np.int64] = np.where(judged.dated, judged.columns["periode"].astype(np.int64) + 1, 0)
    keys = ((judged.columns["plateforme"].astype(np.int64) + 1) * weeks + dated) * width + values
    keys = keys[values >= 0]
    distinct, places = find_distinct(keys, (len(plateformes) + 1) * weeks * width)
    for key, lines in zip(distinct.tolist(), np.bincount(places, minlength=len(distinct)).tolist(), strict=True):
        place, value = divmod(key, width)
        plateforme, week = divmod(place, weeks)
        counts[
            CleSuivi(
                plateforme=plateformes[plateforme - 1] if plateforme else None,
                semaine=judged.periodes[week - 1].semaine if week else None,
                rubrique=rubriques[value],
                detail=details[value] or None,
            )
        ] += lines
