"""Read how small counts are protected and what is kept: three queries on the publication, and the dates of the lake.

It must not hold a figure that the policy hides: every share is drawn from published cells.
"""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import cast

from marking_plan import MarkingPlan
from marking_plan.conservation import load_regles
from marking_plan.etats import list_states
from metrics.engine import fetch
from metrics.errors import PolitiqueInconnue
from metrics.lecture.conservation import count_scellees, list_magasins, list_ouvertes
from metrics.lecture.edition import Edition
from metrics.protection.attaque import load_essais
from metrics.protection.politique import Politique, load_politique
from metrics.ratios import share
from metrics.tableau.protection import Perte, PolitiqueEnVigueur, Protection, Regroupement, Reserve

_Cell = tuple[str, str, str, int, int, int]  # periode, niveau, coupe, cases, secretes, visites
# Every school lies in one node of these levels: what they don't show of the région's visits is masked or withheld.
_WHOLE = ("region", "academie", "departement", "circonscription", "commune", "uai")


def read_protection(edition: Edition, plan: MarkingPlan, donnees: Path, annee: str | None, today: date) -> Protection:
    """The whole page for one school year; the latest one when `annee` isn't published."""
    annees = edition.catalogue.annees[::-1]
    chosen = annee if annee in annees else annees[0]
    cells = cast("list[_Cell]", fetch(edition.connection, "lecture/protection_bilan", {"annee": chosen}))
    groups = fetch(edition.connection, "lecture/protection_regroupements", {"annee": chosen})
    states, regles = list_states(donnees), load_regles()
    essais_le, _, essais = load_essais()
    return Protection(
        publication=edition.publication,
        annees=annees,
        annee=chosen,
        politique=_politique(edition.publication.politique),
        pertes=_pertes(cells, plan),
        regroupements=tuple(Regroupement(*cast("tuple[str, str, int]", row)) for row in groups),
        ouvertes=list_ouvertes(donnees, states, today),
        scellees=count_scellees(states),
        magasins=list_magasins(donnees, today),
        regles_version=regles.version,
        regles_depuis=regles.depuis,
        reserves=_reserves(edition, plan, chosen),
        essais=essais,
        essais_le=essais_le,
    )


def _reserves(edition: Edition, plan: MarkingPlan, annee: str) -> tuple[Reserve, ...]:
    """Every published period of the year, in the plan's order."""
    rows = fetch(edition.connection, "lecture/protection_reserves", {"annee": annee})
    found = [Reserve(*cast("tuple[str, date, int]", row)) for row in rows]
    ranks = {periode.code: rang for rang, periode in enumerate(plan.periodes)}
    return tuple(sorted(found, key=lambda reserve: (ranks[reserve.periode], reserve.debut)))


def _politique(nom: str) -> PolitiqueEnVigueur:
    """What this engine knows of the policy that a publication names: its thresholds only if the version is the same."""
    try:
        known = load_politique(nom.partition("-")[0])
    except PolitiqueInconnue:
        return PolitiqueEnVigueur(nom, nom, None, None, None, None)
    return _known(known) if known.nom == nom else PolitiqueEnVigueur(nom, known.libelle, None, None, None, None)


def _known(p: Politique) -> PolitiqueEnVigueur:
    return PolitiqueEnVigueur(p.nom, p.libelle, p.k, p.seuil_detail, p.seuil_croisement, p.seuil_profil)


def _pertes(cells: list[_Cell], plan: MarkingPlan) -> tuple[Perte, ...]:
    """Totals then details, by level and period, in the plan's order."""
    whole = {
        periode: visites for periode, niveau, coupe, _, _, visites in cells if (niveau, coupe) == ("region", "total")
    }
    told = {coupe for _, niveau, coupe, _, _, visites in cells if niveau == "region" and visites}
    partitions = {coupe.code for coupe in plan.coupes if coupe.partition and coupe.code in told}
    found: dict[tuple[str, str, bool], list[_Cell]] = defaultdict(list)
    for cell in cells:
        found[cell[0], cell[1], cell[2] != "total"].append(cell)
    ordered = [(p.code, n.code, d) for d in (False, True) for n in plan.niveaux for p in plan.periodes]
    return tuple(_perte(key, found[key], whole.get(key[0], 0), partitions) for key in ordered if key in found)


def _perte(key: tuple[str, str, bool], cells: list[_Cell], whole: int, partitions: set[str]) -> Perte:
    periode, niveau, detail = key
    used, masked = sum(cell[3] for cell in cells), sum(cell[4] for cell in cells)
    shown = [cell[5] for cell in cells if cell[2] in partitions]
    known = niveau in _WHOLE and bool(shown) and whole > 0
    part = 1 - share(sum(shown), whole * len(shown)) if known else None
    return Perte(periode, niveau, detail, used, masked, share(masked, used), part)
