"""Fill the table `taux`: published users over effectifs (design 3, taux_utilisation; 8), for the periods that changed.

It must not read a count of the lake: a rate tells no more than its published cell.
"""

import hashlib
from datetime import date

import duckdb

from marking_plan.taux import find_seuil
from metrics.comptage import Lac
from metrics.engine import Parameters, read_sql, run
from metrics.periodes import Periode

_STEPS = ("effectifs_groupes", "ecoles_noeuds", "denominateurs", "taux")
Origins = dict[tuple[str, date], str]


def write_taux(connection: duckdb.DuckDBPyConnection, lac: Lac, known: Origins, cells: Origins) -> Origins:
    """Write again the rates whose cells, schools, effectifs or rules changed since `known`; gives what each is made of.

    `cells`: what the published cells of each period are made of. Needs frequentation_* written, ecoles_periodes, ecoles_mesurees.
    """
    rows = connection.execute(read_sql("pilotage/empreintes_taux")).fetchall()
    schools = {(periode, debut): digest for periode, debut, digest in rows}
    rules = "".join(read_sql(f"pilotage/{name}") for name in _STEPS)
    ecriture, origins = _Ecriture(connection), Origins()
    for periode in lac.periodes:
        key, name = (periode.periode, periode.debut), (f"taux_{periode.periode}", periode.debut)
        part = find_seuil(periode.debut).part_ecoles_pour_cent
        made_of = f"{cells[key]} {schools.get(key)} {part} {rules}"
        origins[name] = hashlib.sha256(made_of.encode()).hexdigest()
        if known.get(name) != origins[name]:
            ecriture.write(periode, part)
    for stale in sorted({name for name in known if name[0].startswith("taux_")} - set(origins)):
        ecriture.delete(stale[0].removeprefix("taux_"), stale[1])
    return origins


class _Ecriture:
    """The table being written; `_known` is the school year and the day that its effectifs are set for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._constats = connection.execute(read_sql("pilotage/constats")).fetchall()
        self._known: tuple[str, date] | None = None

    def write(self, periode: Periode, part: int) -> None:
        """Rows of one period, instead of those that are there; none in a school year without effectifs."""
        place: Parameters = {"periode": periode.periode, "debut": periode.debut}
        self.delete(periode.periode, periode.debut)
        if not any(annee == periode.annee for annee, _ in self._constats):
            return
        self._count_effectifs(periode)
        run(self._connection, "pilotage/ecoles_noeuds", place)
        run(self._connection, "pilotage/denominateurs", {**place, "annee": periode.annee})
        run(self._connection, "pilotage/taux", {**place, "annee": periode.annee, "part": part})

    def delete(self, periode: str, debut: date) -> None:
        """Take the rows of a period away."""
        place: Parameters = {"periode": periode, "debut": debut}
        self._connection.execute("DELETE FROM taux WHERE periode = $periode AND debut = $debut", place)

    def _count_effectifs(self, periode: Periode) -> None:
        """Effectifs as known at the end of a period: the same for all those that end between two days of counting."""
        days = [jour for annee, jour in self._constats if annee == periode.annee and jour <= periode.fin]
        asked = (periode.annee, max(days, default=date.min))
        if asked != self._known:
            run(self._connection, "pilotage/effectifs_groupes", {"annee": asked[0], "arrete_le": asked[1]})
            self._known = asked
