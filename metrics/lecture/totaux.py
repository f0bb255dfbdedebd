"""Published totals of every node, schools behind them and peaks, held in memory, and how their columns are read.

It must not build a board, nor hold another cut than the total: those are ten times as many, and are read when asked for.
"""

from dataclasses import dataclass

import duckdb

from metrics.engine import Parameters, fetch
from metrics.lecture.cumuls import ETATS
from metrics.lecture.suites import Cle, Suites, load_suites
from metrics.tableau import ANNEE, MOIS, SEMAINE

DEMI_JOURNEES = tuple(f"{jour}-{moment}" for jour in range(1, 8) for moment in ("matin", "apres_midi"))
PERIMETRE = ("inscrites", "ouvertes", "mesurees", "actives", "jours_attendus", "jours_recus")
_PERIODES = (SEMAINE, MOIS, ANNEE)  # by their rank in totaux.sql
CELLULE = ("etat", "visites", "utilisateurs", "duree_s", "duree_mediane_s", "provisoire")


@dataclass(frozen=True, slots=True)
class Totaux:
    """Cells by (periode, niveau, territoire, profil), schools by (periode, niveau, territoire), peaks by (niveau, territoire)."""

    cellules: Suites
    perimetres: Suites
    pics: Suites


def load_totaux(connection: duckdb.DuckDBPyConnection) -> Totaux:
    """Everything, in five queries. A total of a node without a school is left out: no board shows it."""
    noeuds = [(str(niveau), str(code)) for niveau, code in fetch(connection, "lecture/noeuds", {})]
    profils = [str(profil) for (profil,) in fetch(connection, "lecture/profils", {})]
    lieux: dict[str, list[Cle]] = {"periode": [(periode,) for periode in _PERIODES], "noeud": [*noeuds]}
    totaux: Parameters = {"profils": profils, "etats": list(ETATS)}
    pics: Parameters = {"etats": list(ETATS), "demi_journees": list(DEMI_JOURNEES)}
    return Totaux(
        cellules=load_suites(
            connection, "lecture/totaux", {**lieux, "profil": [(profil,) for profil in profils]}, totaux
        ),
        perimetres=load_suites(connection, "lecture/perimetres", lieux, {"periodes": list(_PERIODES)}),
        pics=load_suites(connection, "lecture/pics", {"noeud": [*noeuds]}, pics),
    )
