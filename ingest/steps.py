"""The way of a line, as a list of named steps on columnar batches: read PIPELINE to learn it.

It must not read or write files. A row leaves the main flow only with a motif; the first one wins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from ingest.agents import classify_agents
from ingest.identite import Cles, pseudonyms
from marking_plan import MarkingPlan
from marking_plan.codes import is_uai

CLOCK_TOLERANCE = timedelta(minutes=10)  # trust.md C8
INSTANT_MIN = datetime(2010, 1, 1)  # no ENT project is older: an earlier instant is a broken clock
_TEXT_MAX = 128
SHOWN_IN_QUARANTINE = ("instant", "uai", "profil", "service")  # never visiteur, agent or a field outside the plan
_CONTROLS = r"[\p{Cc}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"  # trust.md C7


@dataclass(frozen=True, slots=True)
class Context:
    """What the steps need besides the batch: the plan, the clock, the keys, and the weeks already closed."""

    plan: MarkingPlan
    now: datetime
    cles: Cles
    closed_weeks: frozenset[date]


Step = Callable[[pl.DataFrame, Context], pl.DataFrame]


def refuse(frame: pl.DataFrame, motif: str, condition: pl.Expr) -> pl.DataFrame:
    """Give `motif` to the rows that meet `condition` and have none yet."""
    hit = pl.col("motif").is_null() & condition.fill_null(False)
    return frame.with_columns(motif=pl.when(hit).then(pl.lit(motif)).otherwise("motif"))


def refuse_flagged(frame: pl.DataFrame, _: Context) -> pl.DataFrame:
    """Refuse what decoding saw: unreadable lines, personal fields, opposed persons."""
    frame = refuse(frame, "ligne_illisible", pl.col("illisible"))
    frame = refuse(frame, "champ_personnel", pl.col("personnel"))
    return refuse(frame, "opposition", pl.col("opposition"))


def put_instant(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Read the instant (ISO 8601 with offset, or epoch milliseconds) as UTC; refuse absent, invalid and future ones."""
    text = pl.col("instant").str.strip_chars()
    epoch = pl.from_epoch(text.str.extract(r"^(\d{11,14})$").cast(pl.Int64), time_unit="ms").dt.replace_time_zone("UTC")
    iso = text.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False)
    frame = refuse(frame, "instant_absent", text.is_null() | (text == ""))
    frame = frame.with_columns(instant=pl.coalesce(iso, epoch))
    too_old = pl.col("instant") < pl.lit(INSTANT_MIN).dt.replace_time_zone("UTC")
    frame = refuse(frame, "instant_invalide", pl.col("instant").is_null() | too_old)
    return refuse(frame, "instant_futur", pl.col("instant") > context.now + CLOCK_TOLERANCE)


def validate_uai(frame: pl.DataFrame, _: Context) -> pl.DataFrame:
    """Refuse a code whose shape or check letter is wrong; lower case and spaces around are mended."""
    frame = frame.with_columns(uai=pl.col("uai").str.strip_chars().str.to_uppercase())
    valid = [uai for uai in frame["uai"].unique().to_list() if uai is not None and is_uai(uai)]
    return refuse(frame, "uai_invalide", ~pl.col("uai").is_in(valid).fill_null(False))


def validate_visiteur(frame: pl.DataFrame, _: Context) -> pl.DataFrame:
    """Refuse a line without a visitor."""
    return refuse(frame, "visiteur_absent", pl.col("visiteur").is_null() | (pl.col("visiteur").str.strip_chars() == ""))


def validate_values(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Refuse values of the wrong kind, too long, with control characters, or outside a closed list."""
    texts = ("profil", "service", "visiteur", "type", "plateforme", "id")
    wrong = pl.col("invalide")
    for name in texts:
        wrong = wrong | (pl.col(name).str.len_chars() > _TEXT_MAX).fill_null(False)
        wrong = wrong | pl.col(name).str.contains(_CONTROLS).fill_null(False)
    frame = frame.with_columns(
        appareil=pl.col("appareil").str.strip_chars().str.to_lowercase(),
        type=pl.col("type").str.strip_chars().str.to_lowercase(),
    )
    for name, modalites in (("appareil", context.plan.appareils), ("type", context.plan.types)):
        wrong = wrong | ~pl.col(name).is_in(["", *(m.code for m in modalites)]).fill_null(True)
    return refuse(frame, "valeur_invalide", wrong)


def put_terminal(frame: pl.DataFrame, _: Context) -> pl.DataFrame:
    """Reduce the User-Agent to device, system and browser; refuse robots. A declared `appareil` wins over the agent."""
    agent = pl.when(pl.col("agent").str.strip_chars() != "").then("agent")
    frame = frame.with_columns(agent=agent)
    frame = frame.with_columns(sans_terminal=pl.col("agent").is_null() & (pl.col("appareil").fill_null("") == ""))
    classes = classify_agents(frame["agent"].drop_nulls().unique().to_list()).rename({"appareil": "appareil_agent"})
    frame = frame.join(classes, on="agent", how="left", maintain_order="left")
    declared = pl.when(pl.col("appareil") != "").then("appareil")
    frame = frame.with_columns(
        appareil=pl.coalesce(declared, "appareil_agent", pl.lit("non_renseigne")),
        systeme=pl.col("systeme").fill_null("non_renseigne"),
        navigateur=pl.col("navigateur").fill_null("non_renseigne"),
        type=pl.when(pl.col("type") != "").then("type").otherwise(pl.lit("non_renseigne")),
    )
    return refuse(frame, "robot", pl.col("robot")).drop("appareil_agent", "robot")


def put_semaine(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Local day and Monday of the week (Europe/Paris); refuse weeks whose key is gone."""
    local = pl.col("instant").dt.convert_time_zone("Europe/Paris")
    frame = frame.with_columns(jour=local.dt.date(), semaine=local.dt.truncate("1w").dt.date())
    return refuse(frame, "periode_close", pl.col("semaine").is_in(list(context.closed_weeks)))


def put_codes(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Profil and service as the plan names them on the day of the event; raw codes stay in `*_brut` for the report."""
    frame = _put_code(frame, "profil", context.plan.find_profil, missing="autre", unknown="autre")
    return _put_code(frame, "service", context.plan.find_service, missing="page_ent", unknown="hors_plan")


def _put_code(
    frame: pl.DataFrame, name: str, find: Callable[[str, date], str | None], missing: str, unknown: str
) -> pl.DataFrame:
    brut = f"{name}_brut"
    raw = pl.when(pl.col("motif").is_null() & (pl.col(name).str.strip_chars() != "")).then(name)
    frame = frame.with_columns(raw.alias(brut))
    pairs = frame.select(brut, "jour").drop_nulls().unique()
    codes = [find(alias, jour) for alias, jour in pairs.iter_rows()]
    pairs = pairs.with_columns(pl.Series("code", codes, dtype=pl.String))
    frame = frame.join(pairs, on=[brut, "jour"], how="left", maintain_order="left")
    known = pl.coalesce("code", pl.when(pl.col(brut).is_null()).then(pl.lit(missing)).otherwise(pl.lit(unknown)))
    is_unknown = pl.col(brut).is_not_null() & pl.col("code").is_null()
    return frame.with_columns(
        known.alias(name),
        pl.when(is_unknown).then(brut).alias(brut),
        pl.col(brut).is_null().alias(f"sans_{name}"),
    ).drop("code")


def put_pseudonymes(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Replace visitor and event id by their pseudonyms of the week: from here on no token exists."""
    kept = frame.filter(pl.col("motif").is_null())
    weeks = kept.partition_by("semaine", as_dict=True)
    for name, purpose in (("visiteur", b"visiteur"), ("id", b"evenement")):
        keys = [(w, pseudonyms(rows[name], context.cles.semaine(w), purpose)) for (w,), rows in weeks.items()]
        frame = _replace_tokens(frame, name, keys)
    return frame


def _replace_tokens(frame: pl.DataFrame, name: str, keys: list[tuple[date, pl.DataFrame]]) -> pl.DataFrame:
    if not keys:
        return frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(name))
    table = pl.concat([pairs.with_columns(semaine=pl.lit(week)) for week, pairs in keys])
    joined = frame.join(
        table, left_on=[name, "semaine"], right_on=["token", "semaine"], how="left", maintain_order="left"
    )
    return joined.with_columns(pl.col("pseudonyme").alias(name)).drop("pseudonyme")


PIPELINE: tuple[Step, ...] = (
    refuse_flagged,
    put_instant,
    validate_uai,
    validate_visiteur,
    validate_values,
    put_terminal,
    put_semaine,
    put_codes,
    put_pseudonymes,
)


def run_steps(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Run the whole pipeline on a decoded batch; adds `motif` (null for the rows kept) and `*_recu`, as received."""
    received = [pl.col(name).alias(f"{name}_recu") for name in SHOWN_IN_QUARANTINE]
    frame = frame.with_columns(*received, motif=pl.lit(None, dtype=pl.String))
    for step in PIPELINE:
        frame = step(frame, context)
    return frame


def count_unknown(frame: pl.DataFrame) -> Mapping[str, int]:
    """Raw codes outside the plan among the rows kept, as `service:CODE` → lines."""
    counts: dict[str, int] = {}
    for name in ("profil", "service"):
        raw = frame.filter(pl.col("motif").is_null()).get_column(f"{name}_brut").drop_nulls().value_counts()
        counts.update({f"{name}:{code}": lines for code, lines in raw.iter_rows()})
    return counts
