"""Replace visitors and event ids by pseudonyms, under the keys of their periods (design 7; trust.md 1.3).

It must not let a token out: what it gives holds pseudonyms, and the batch with its bytes is dropped by the caller.
"""

from dataclasses import dataclass

import numpy as np

from ingest.kernels.blake2b import hash_tokens
from ingest.kernels.sets import KeySet
from ingest.lake.identite import Cles
from ingest.lake.periodes import Periode
from ingest.lines.batch import Batch, Codes, Flags, Ints, find_distinct
from ingest.lines.steps import Judged

VISITEUR, EVENEMENT = b"visiteur", b"evenement"  # separate the uses of one key
PROFILS_MAX = 64  # more than the plan has: packs a profil beside a school


@dataclass(frozen=True, slots=True)
class Membres:
    """Who was seen where: distinct (period, school, profil, person), the person under the month's and the year's keys."""

    periode: Ints
    uai: Ints
    profil: Ints
    mois: Ints
    annee: Ints


@dataclass(frozen=True, slots=True)
class Kept:
    """The lines kept of a batch: integer columns, and the lists that `uai`, `plateforme` and `periode` point into."""

    instant: Ints
    visiteur: Ints
    id: Ints
    has_id: Flags
    codes: dict[str, Codes]
    uais: list[str | None]
    plateformes: list[str | None]
    periodes: list[Periode]
    membres: Membres


def pseudonymise(judged: Judged, cles: Cles) -> Kept:
    """The lines kept, without a token left."""
    batch, rows = judged.batch, np.flatnonzero(judged.batch.motif == 0)
    codes = {name: _take(column, rows) for name, column in judged.columns.items()}
    periode, width = codes["periode"].astype(np.int64), max(len(judged.periodes), 1)
    persons = _take(batch.visiteur, rows).astype(np.int64) * width + periode
    pairs, places = find_distinct(persons, (len(batch.token_start) + 1) * width)
    hashes = _hash_pairs(batch, judged.periodes, pairs, width, cles)
    has_id, ids = _hash_ids(batch, judged.periodes, rows, periode, cles)
    return Kept(
        instant=batch.instant[rows],
        visiteur=hashes[0][places],
        id=ids,
        has_id=has_id,
        codes=codes,
        uais=judged.uais,
        plateformes=batch.textes["plateforme"].values,
        periodes=judged.periodes,
        membres=_find_members(codes, places, pairs % width, hashes),
    )


def _take(codes: Codes, rows: Ints) -> Codes:
    return codes if len(rows) == len(codes) else codes[rows]


def _hash_pairs(batch: Batch, periodes: list[Periode], pairs: Ints, width: int, cles: Cles) -> tuple[Ints, Ints, Ints]:
    """Pseudonyms of each distinct (visitor, period) for the week, the month and the year."""
    tokens, of_period = pairs // width, pairs % width
    week, month, year = (np.zeros(len(pairs), dtype=np.int64) for _ in range(3))
    for n, periode in enumerate(periodes):
        chosen = np.flatnonzero(of_period == n)
        if not len(chosen):
            continue
        starts, lengths = batch.token_start[tokens[chosen]], batch.token_length[tokens[chosen]]
        for out, nom in zip((week, month, year), periode.noms, strict=True):
            out[chosen] = hash_tokens(batch.buffer, starts, lengths, cles.key(nom), VISITEUR)
    return week, month, year


def _hash_ids(batch: Batch, periodes: list[Periode], rows: Ints, periode: Ints, cles: Cles) -> tuple[Flags, Ints]:
    """Whether each line has an event id, and the id's pseudonym of the week (0 without one)."""
    has_id = batch.id_length[rows] > 0
    ids = np.zeros(len(rows), dtype=np.int64)
    of_week: dict[str, list[int]] = {}
    for n, known in enumerate(periodes):
        of_week.setdefault(known.noms[0], []).append(n)
    for nom, numbers in of_week.items():
        chosen = np.flatnonzero(has_id if len(of_week) == 1 else has_id & np.isin(periode, numbers))
        if len(chosen):
            at = rows[chosen]
            ids[chosen] = hash_tokens(batch.buffer, batch.id_start[at], batch.id_length[at], cles.key(nom), EVENEMENT)
    return has_id, ids


def _find_members(codes: dict[str, Codes], places: Ints, of_period: Ints, hashes: tuple[Ints, Ints, Ints]) -> Membres:
    schools = int(codes["uai"].max()) + 1 if len(places) else 1
    keys = (places * schools + codes["uai"]) * PROFILS_MAX + codes["profil"]
    distinct = keys[KeySet(len(keys)).add(keys.view(np.uint64))]
    pair, school = distinct // PROFILS_MAX // schools, distinct // PROFILS_MAX % schools
    return Membres(of_period[pair], school, distinct % PROFILS_MAX, hashes[1][pair], hashes[2][pair])
