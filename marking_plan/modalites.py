"""Every modality that a published cut may have, with its French label and its place: what analysts join to name and sort rows.

It must not number modalities for the engine: metrics does.
"""

from collections.abc import Iterator
from typing import NamedTuple

from marking_plan.plan import MarkingPlan
from marking_plan.records import Assiduite, Famille, Modalite, Service, Tranche

TOUTES = "toutes"  # stands for a cut that is withheld whole
_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WITHHELD = "La coupe entière est secrète pour ce territoire et ce profil\u00a0: aucune de ses modalités n’est donnée."


class LigneModalite(NamedTuple):
    """A modality as analysts read it; `ordre` counts from 1 in its cut."""

    coupe: str
    ordre: int
    code: str
    libelle: str
    definition: str


def list_modalites(plan: MarkingPlan) -> Iterator[LigneModalite]:
    """Modalities of every cut in the plan's order; each cut but the total ends with the one that withholds it whole."""
    for coupe in plan.coupes:
        codes = plan.modalites(coupe.code)
        for ordre, code in enumerate(codes, 1):
            yield LigneModalite(coupe.code, ordre, code, *_describe(plan, coupe.code, code))
        if coupe.code != "total":
            yield LigneModalite(coupe.code, len(codes) + 1, TOUTES, "Coupe secrète en entier", _WITHHELD)


def _describe(plan: MarkingPlan, coupe: str, code: str) -> tuple[str, str]:
    """Label and definition of a modality."""
    match coupe:
        case "total":
            return "Total", "Toutes les visites."
        case "heure":
            return _hour(code), f"Visites commencées {_span(code)}."
        case "creneau":
            jour, _, heure = code.partition("-")
            nom = _JOURS[int(jour) - 1]
            return f"{nom} {_hour(heure)}", f"Visites commencées le {nom} {_span(heure)}."
    records = plan.records("tranche" if coupe == "duree" else coupe)
    record = next(record for record in records if record.code == code)
    if isinstance(record, Tranche):
        return record.libelle, _band(record)
    if isinstance(record, Assiduite):
        return record.libelle, "Personnes qui ont commencé ce nombre de visites dans la semaine et le territoire."
    assert isinstance(record, Service | Famille | Modalite)
    return record.libelle, record.definition


def _band(tranche: Tranche) -> str:
    fin = "" if tranche.max_s is None else f" et de moins de {tranche.max_s} s"
    return f"Visites d’au moins {tranche.min_s} s{fin}."


def _hour(heure: str) -> str:
    return f"{int(heure)}\u00a0h"


def _span(heure: str) -> str:
    return f"de {int(heure)}\u00a0h à {int(heure) + 1}\u00a0h"
