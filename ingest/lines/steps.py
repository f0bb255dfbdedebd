"""The way of a line, as a list of named steps on a batch: read PIPELINE to learn it.

It must not read or write files. A line leaves the main flow only with a motif; the first one wins.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial

import numpy as np

from ingest.lake.periodes import Periode, Periodes
from ingest.lines.agents import Terminal, classify_agent
from ingest.lines.batch import ABSENT, INVALID, Batch, Codes, Field, Flags, find_distinct, sort_distinct
from ingest.lines.encode import is_unfit
from marking_plan import MarkingPlan
from marking_plan.codes import is_uai, looks_like_code

CLOCK_TOLERANCE = timedelta(minutes=10)  # trust.md C8
INSTANT_MIN_MS = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp() * 1000)  # no ENT project is older
UNKNOWN = "non_renseigne"
HIDDEN = "(non montré)"
_VISITORS_SHOWN = 3
_TERMINAL_ABSENT = Terminal(UNKNOWN, UNKNOWN, UNKNOWN, robot=False)


@dataclass(frozen=True)
class Context:
    """What the steps need besides the batch: the plan, the clock, and which periods take lines."""

    plan: MarkingPlan
    now: datetime
    periodes: Periodes

    @cached_property
    def motifs(self) -> dict[str, int]:
        """Rank of each motif, from 1."""
        return {motif.code: rank for rank, motif in enumerate(self.plan.motifs, 1)}

    @cached_property
    def ranks(self) -> dict[str, dict[str, int]]:
        """Rank of each code in the lists of the plan: the integers that rows carry."""
        plan = self.plan
        lists = {"profil": plan.profils, "service": plan.services, "appareil": plan.appareils}
        lists |= {"systeme": plan.systemes, "navigateur": plan.navigateurs, "type": plan.types}
        return {name: {record.code: n for n, record in enumerate(records)} for name, records in lists.items()}


@dataclass(slots=True)
class Judged:
    """A batch on its way: the lines, the integer columns put so far, and what the report counts."""

    batch: Batch
    columns: dict[str, Codes] = field(default_factory=dict)
    periodes: list[Periode] = field(default_factory=list)
    uais: list[str | None] = field(default_factory=list)
    inconnus: Counter[str] = field(default_factory=Counter)
    corriges: dict[str, Flags] = field(default_factory=dict)
    hors_plan: dict[str, Flags] = field(default_factory=dict)
    dated: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


Step = Callable[[Judged, Context], None]


def refuse(judged: Judged, context: Context, motif: str, condition: Flags) -> None:
    """Give `motif` to the lines that meet `condition` and have none yet."""
    judged.batch.motif[(judged.batch.motif == 0) & condition] = context.motifs[motif]


def validate_instant(judged: Judged, context: Context) -> None:
    """Refuse absent, unreadable, too old and future instants."""
    instant = judged.batch.instant
    refuse(judged, context, "instant_absent", instant == ABSENT)
    refuse(judged, context, "instant_invalide", (instant == INVALID) | (instant < INSTANT_MIN_MS))
    last = int((context.now + CLOCK_TOLERANCE).timestamp() * 1000)
    refuse(judged, context, "instant_futur", instant > last)


def validate_uai(judged: Judged, context: Context) -> None:
    """Refuse a code whose shape or check letter is wrong; lower case and spaces around are mended."""
    uai = judged.batch.textes["uai"]
    judged.uais = [None if value is None else value.strip().upper() for value in uai.values]
    mended = Field(judged.uais, uai.codes)
    refuse(judged, context, "uai_invalide", mended.check(lambda value: value is None or not is_uai(value)))
    judged.columns["uai"] = uai.codes


def validate_visiteur(judged: Judged, context: Context) -> None:
    """Refuse a line without a visitor."""
    refuse(judged, context, "visiteur_absent", judged.batch.visiteur < 0)


def validate_values(judged: Judged, context: Context) -> None:
    """Refuse values of the wrong kind, too long, with control characters, or outside a closed list."""
    textes, wrong = judged.batch.textes, judged.batch.invalide.copy()
    for name in ("profil", "service", "plateforme", "type"):
        wrong |= textes[name].check(is_unfit)
    for name in ("appareil", "type"):
        judged.columns[name] = textes[name].rank(partial(_rank, ranks=context.ranks[name]))
        wrong |= judged.columns[name] < 0
    refuse(judged, context, "valeur_invalide", wrong)
    _put_plateforme(judged)


def _put_plateforme(judged: Judged) -> None:
    """Keep the platform's name only when it looks like one: it is the sole free text that the lake stores."""
    plateforme = judged.batch.textes["plateforme"]
    fit = plateforme.check(lambda text: text is not None and looks_like_code(text))
    judged.columns["plateforme"] = np.where(fit, plateforme.codes, -1).astype(np.int32)
    judged.corriges["plateforme_ecartee"] = (plateforme.codes >= 0) & ~fit


def _rank(text: str | None, ranks: dict[str, int]) -> int:
    """Rank of a declared value; of UNKNOWN when there is none, -1 outside the list."""
    return ranks.get((text or "").strip().lower() or UNKNOWN, -1)


def put_terminal(judged: Judged, context: Context) -> None:
    """Reduce the User-Agent to device, system and browser; refuse robots. A declared `appareil` wins over the agent."""
    agent, declared = judged.batch.textes["agent"], judged.columns["appareil"]
    undeclared = declared == context.ranks["appareil"][UNKNOWN]
    for name in ("appareil", "systeme", "navigateur"):
        judged.columns[name] = agent.rank(partial(_rank_of_terminal, name=name, ranks=context.ranks[name]))
    judged.corriges["terminal_absent"] = undeclared & agent.check(lambda text: _terminal(text) is _TERMINAL_ABSENT)
    judged.columns["appareil"] = np.where(undeclared, judged.columns["appareil"], declared)
    refuse(judged, context, "robot", agent.check(lambda text: _terminal(text).robot))


def _rank_of_terminal(agent: str | None, name: str, ranks: dict[str, int]) -> int:
    return ranks[getattr(_terminal(agent), name)]


def _terminal(agent: str | None) -> Terminal:
    return _TERMINAL_ABSENT if agent is None or not agent.strip() else classify_agent(agent)


def put_periode(judged: Judged, context: Context) -> None:
    """Week, month and school year (Europe/Paris) of each line; refuse those of a closed period."""
    instant = judged.batch.instant
    judged.dated = (instant >= INSTANT_MIN_MS) & (instant <= int((context.now + CLOCK_TOLERANCE).timestamp() * 1000))
    hours = np.where(judged.dated, instant, INSTANT_MIN_MS) // 3_600_000
    first = int(hours.min()) if len(hours) else 0
    distinct, ranks = find_distinct(hours - first, int(hours.max()) - first + 1 if len(hours) else 1)
    of_hours = [context.periodes.of_hour(first + int(hour)) for hour in distinct]
    judged.periodes = list(dict.fromkeys(of_hours))
    index = {periode: n for n, periode in enumerate(judged.periodes)}
    judged.columns["periode"] = np.array([index[p] for p in of_hours], dtype=np.int32)[ranks]
    closed = np.array([context.periodes.is_closed(p) for p in judged.periodes], dtype=np.bool_)
    if closed.any():
        refuse(judged, context, "periode_close", closed[judged.columns["periode"]])


def put_codes(judged: Judged, context: Context) -> None:
    """Profil and service as the plan names them on the day of the event; codes outside the plan are counted."""
    _put_code(judged, context, "profil", context.plan.find_profil, missing="autre", unknown="autre")
    _put_code(judged, context, "service", context.plan.find_service, missing="page_ent", unknown="hors_plan")


def _put_code(
    judged: Judged, context: Context, name: str, find: Callable[[str, date], str | None], missing: str, unknown: str
) -> None:
    texte, ranks, periods = judged.batch.textes[name], context.ranks[name], len(judged.periodes)
    codes = np.where(texte.codes < 0, len(texte.values) - 1, texte.codes).astype(np.int64)
    pairs, places = find_distinct(codes * periods + judged.columns["periode"], len(texte.values) * periods)
    kept = np.bincount(places[judged.batch.motif == 0], minlength=len(pairs)).tolist()
    found: list[int] = []
    absent: list[bool] = []
    outside: list[bool] = []
    unknown_lines: Counter[str] = Counter()
    for pair, lines in zip(pairs.tolist(), kept, strict=True):
        value = (texte.values[pair // periods] or "").strip()
        code = find(value, judged.periodes[pair % periods].plan_du) if value else missing
        if code is None and lines:
            unknown_lines[value] += lines
        found.append(ranks[code or unknown])
        absent.append(not value)
        outside.append(code is None)
    judged.columns[name] = np.array(found, dtype=np.int32)[places]
    judged.corriges[f"{name}_absent"] = np.array(absent, dtype=np.bool_)[places]
    judged.hors_plan[name] = np.array(outside, dtype=np.bool_)[places]
    _report_unknown(judged, name, unknown_lines)


def _report_unknown(judged: Judged, name: str, unknown: Counter[str]) -> None:
    """List codes outside the plan as they came, so that their sender finds them, unless they may name a person:
    what one or two visitors alone send, or what does not look like a code, is only counted.
    """
    if not unknown:
        return
    texte, kept = judged.batch.textes[name], judged.batch.motif == 0
    codes, persons = texte.codes[kept].astype(np.int64) + 1, len(judged.batch.token_start) + 1
    pairs = sort_distinct(codes * persons + judged.batch.visiteur[kept])
    visitors = np.bincount(pairs // persons, minlength=len(texte.values) + 1)[1:]
    for code, value in enumerate(texte.values[:-1]):
        stripped = (value or "").strip()
        if stripped in unknown:
            shown = looks_like_code(stripped) and visitors[code] >= _VISITORS_SHOWN
            judged.inconnus[f"{name}:{stripped if shown else HIDDEN}"] += unknown.pop(stripped)


PIPELINE: tuple[Step, ...] = (
    validate_instant,
    validate_uai,
    validate_visiteur,
    validate_values,
    put_terminal,
    put_periode,
    put_codes,
)


def run_steps(batch: Batch, context: Context) -> Judged:
    """Run the whole pipeline on a batch whose `motif` already holds what decoding saw."""
    judged = Judged(batch)
    for step in PIPELINE:
        step(judged, context)
    return judged
