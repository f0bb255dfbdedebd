"""What is kept of a group of requests, as the bytes of one frame of the journal: no token, agent or address (trust.md 1.3).

It must not judge a line. Codes are ranks in lists that the segment's first frame holds, so that a later plan reads them right.
"""

from collections import Counter
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from ingest.lake.periodes import Periode
from ingest.lake.quarantine import REFUSED
from ingest.lines.batch import Codes
from ingest.lines.pseudonymes import Kept, Membres
from ingest.passage import Done, Tally
from marking_plan import MarkingPlan
from marking_plan.lake import CleSuivi

LISTES = ("profil", "service", "appareil", "systeme", "navigateur", "type")
_LIGNE = ("instant", "visiteur", "id", "has_id")
_CODE, _MEMBRE = "code_", "membre_"
_TAILLE = 4
_LISTES = b'{"plan_version"'  # how a first frame begins; no length of a batch does


@dataclass(frozen=True, slots=True)
class Listes:
    """Codes that ranks stand for, the plan that they come from, and when: the first frame of a segment, like no other's."""

    plan_version: str
    codes: dict[str, list[str]]
    le: str

    @classmethod
    def of_plan(cls, plan: MarkingPlan) -> "Listes":
        """The lists of today's plan."""
        codes = {name: [record.code for record in plan.records(name)] for name in LISTES if name != "profil"}
        le = datetime.now(UTC).isoformat()
        return cls(plan.version, {"profil": [profil.code for profil in plan.profils], **codes}, le)

    def pack(self) -> bytes:
        """Bytes of the first frame."""
        return orjson.dumps(asdict(self))

    @classmethod
    def unpack(cls, contenu: bytes) -> "Listes | None":
        """The lists that a first frame holds, None when the frame is another."""
        return cls(**orjson.loads(contenu)) if contenu.startswith(_LISTES) else None


def pack_done(done: Done, plan_version: str) -> bytes:
    """Bytes of one batch once the steps of that plan ran: the lines kept, those refused, and what is counted."""
    kept = _compact(done.kept)
    arrays: dict[str, npt.NDArray[Any]] = {name: getattr(kept, name) for name in _LIGNE}
    arrays |= {f"{_CODE}{name}": codes for name, codes in kept.codes.items()}
    arrays |= {f"{_MEMBRE}{name}": getattr(kept.membres, name) for name in Membres.__slots__}
    entete = {
        "plan": plan_version,
        "uais": kept.uais,
        "plateformes": kept.plateformes,
        "periodes": [asdict(periode) for periode in kept.periodes],
        "refuses": done.refused.to_dict(as_series=False),
        "compte": _pack_tally(done.tally),
        "colonnes": [(name, array.dtype.str, len(array)) for name, array in arrays.items()],
    }
    tete = orjson.dumps(entete)
    return b"".join([len(tete).to_bytes(_TAILLE, "little"), tete, *(array.tobytes() for array in arrays.values())])


def plan_of(contenu: bytes) -> str:
    """Version of the plan that a batch was judged under."""
    version: str = _read_head(contenu)[0]["plan"]
    return version


def _read_head(contenu: bytes) -> tuple[dict[str, Any], int]:
    tete = _TAILLE + int.from_bytes(contenu[:_TAILLE], "little")
    return orjson.loads(contenu[_TAILLE:tete]), tete


def unpack_done(contenu: bytes, listes: Listes, plan: MarkingPlan) -> Done:
    """The batch that a frame holds, in the ranks of `plan`. Raises KeyError for a code that this plan no longer has."""
    entete, tete = _read_head(contenu)
    arrays = _read_arrays(contenu, tete, entete["colonnes"])
    codes: dict[str, Codes] = {name[len(_CODE) :]: array for name, array in arrays.items() if name.startswith(_CODE)}
    membres = Membres(**{name: arrays[f"{_MEMBRE}{name}"] for name in Membres.__slots__})
    today = Listes.of_plan(plan).codes
    if today != listes.codes:
        tables = {name: _translate(listes.codes[name], today[name]) for name in LISTES}
        codes |= {name: tables[name][codes[name]] for name in LISTES}
        membres = replace(membres, profil=tables["profil"][membres.profil].astype(np.int64))
    by_row = {name: arrays[name] for name in _LIGNE}
    kept = Kept(
        **by_row,
        codes=codes,
        uais=entete["uais"],
        plateformes=entete["plateformes"],
        periodes=[_read_periode(**periode) for periode in entete["periodes"]],
        membres=membres,
    )
    refused = pl.DataFrame(entete["refuses"], schema=REFUSED)
    return Done(kept, refused, _unpack_tally(entete["compte"]))


def _compact(kept: Kept) -> Kept:
    """Lists of texts with only those that a kept line has: a refused one may hold what somebody typed."""
    uais, ecoles = _used(kept.uais, kept.codes["uai"])
    plateformes, ranks = _used(kept.plateformes, kept.codes["plateforme"])
    codes = {**kept.codes, "uai": ecoles[kept.codes["uai"]], "plateforme": ranks[kept.codes["plateforme"]]}
    membres = replace(kept.membres, uai=ecoles[kept.membres.uai].astype(np.int64))
    return replace(kept, codes=codes, uais=uais, plateformes=plateformes, membres=membres)


def _used(values: list[str | None], codes: Codes) -> tuple[list[str | None], Codes]:
    """The values that some code has, None after them as in a Field, and the new rank of each old one."""
    used = np.unique(codes[codes >= 0])
    table = np.full(len(values) + 1, -1, dtype=np.int32)
    table[used] = np.arange(len(used), dtype=np.int32)
    return [*(values[code] for code in used.tolist()), None], table


def _read_arrays(contenu: bytes, place: int, colonnes: list[tuple[str, str, int]]) -> dict[str, npt.NDArray[Any]]:
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, dtype, longueur in colonnes:
        arrays[name] = np.frombuffer(contenu, dtype=dtype, count=longueur, offset=place)
        place += arrays[name].nbytes
    return arrays


def _translate(avant: list[str], today: list[str]) -> Codes:
    """Rank of today's list for each rank of the list before."""
    ranks = {code: rank for rank, code in enumerate(today)}
    return np.array([ranks[code] for code in avant], dtype=np.int32)


def _read_periode(semaine: str, mois: str, annee: str, plan_du: str) -> Periode:
    return Periode(date.fromisoformat(semaine), mois, annee, date.fromisoformat(plan_du))


def _pack_tally(tally: Tally) -> dict[str, object]:
    packed = {field.name: getattr(tally, field.name) for field in fields(tally)}
    return {**packed, "suivi": [[list(cle), lignes] for cle, lignes in tally.suivi.items()]}


def _unpack_tally(packed: dict[str, Any]) -> Tally:
    counters = {name: Counter(packed[name]) for name in ("refused", "corriges", "inconnus", "ignored")}
    suivi = Counter({_read_cle(*cle): lignes for cle, lignes in packed["suivi"]})
    return Tally(**{**packed, **counters, "suivi": suivi})


def _read_cle(plateforme: str | None, semaine: str | None, rubrique: str, detail: str | None) -> CleSuivi:
    return CleSuivi(plateforme, date.fromisoformat(semaine) if semaine else None, rubrique, detail)
