"""Write the cells of one week with its days, of one month or of one school year into the publication being made.

It must not count events: it reads the counts kept in the lake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from metrics.comptage import Lac
from metrics.engine import Parameters, fetch_arrow, run, write_parquet
from metrics.origine import Comptes
from metrics.periodes import Periode
from metrics.protection.cellules import mask_cells
from metrics.protection.politique import Politique
from metrics.reference import create_table
from metrics.tables import replace_bilan, replace_reserve, replace_rows

_KEYS = [("debut", pa.date32()), ("cible", pa.int32()), ("cle", pa.int32())]
_NO_CELL = pa.schema([*_KEYS, *((n, pa.int64()) for n in ("visites", "utilisateurs", "duree_s"))]).empty_table()
_NO_MEDIAN = pa.schema([*_KEYS, ("duree_mediane_s", pa.int64())]).empty_table()


@dataclass
class Ecriture:
    """The publication being made; `_aimed` is the school year and grain that its targets are set for."""

    connection: duckdb.DuckDBPyConnection
    lac: Lac
    politique: Politique
    _aimed: tuple[str, str] = ("", "")

    def is_kept(self, periode: Periode) -> bool:
        """Whether what longer periods need of this one is still in the lake."""
        files = [self._masks(periode, periode.periode)]
        return all(file.exists() for file in files + ([self._kept(periode)] if periode.periode == "mois" else []))

    def write(self, periode: Periode) -> None:
        """Rows of the period, instead of those that are there. Needs those that make it up to be written."""
        self._aim(periode.annee, "mois" if periode.periode == "mois" else "semaine")
        self.lac.folder(periode).mkdir(parents=True, exist_ok=True)
        write = {"semaine": self._write_week, "mois": self._write_month, "annee": self._write_year}[periode.periode]
        replace_reserve(self.connection, periode.periode, periode.debut, write(periode))

    def _write_week(self, semaine: Periode) -> int:
        devinables = 0
        for name in ("semaine", "jour"):
            weeks = self.lac.weeks_of(semaine)
            self._read(weeks, [name], semaine)
            if weeks:
                medianes = [str(week.medianes) for week in weeks]
                run(self.connection, "cellules/medianes", {"medianes": medianes, "periode": name})
            else:
                create_table(self.connection, "medianes", _NO_MEDIAN)
            run(self.connection, "cellules/finales_semaines")
            devinables += self._publish(Periode(name, semaine.debut, semaine.fin), self._masks(semaine, name))
        return devinables

    def _write_month(self, mois: Periode) -> int:
        self._read(self.lac.registers_of(mois), ["mois"], mois)
        run(self.connection, "cellules/personnes_vues")
        self._read(self.lac.weeks_of(mois), ["semaine", "segment"], mois)
        run(self.connection, "cellules/finales_mois", {"debut": mois.debut})
        write_parquet(self.connection, "cellules/mois_gardes", {}, self._kept(mois))
        return self._publish(mois, self._masks(mois, "mois"))

    def _write_year(self, annee: Periode) -> int:
        self._read(self.lac.registers_of(annee), ["annee"], annee)
        run(self.connection, "cellules/personnes_vues")
        files = [str(self._kept(mois)) for mois in self.lac.parts_of(annee)]
        run(self.connection, "cellules/finales_annee", {"mois": files, "debut": annee.debut})
        return self._publish(annee, self._masks(annee, "annee"))

    def _aim(self, annee: str, grain: str) -> None:
        """Set the tables of published nodes, and of the sums that they show, for a school year and grain."""
        if self._aimed == (annee, grain):
            return
        for name in ("cibles_noms", "ecoles_annee", "cibles", "cibles_samedi"):
            run(self.connection, f"cellules/{name}", {"annee": annee})
        create_table(self.connection, "liens", fetch_arrow(self.connection, "protection/liens", {"annee": annee}))
        fines = pa.table({"coupe": pa.array(self.politique.coupes_fines, pa.string())})
        create_table(self.connection, "fines", fines)
        run(self.connection, "cellules/lignes_cibles", {"grain": grain})
        run(self.connection, "cellules/ascendants")
        self._aimed = (annee, grain)

    def _read(self, comptes: Sequence[Comptes], names: list[str], periode: Periode) -> None:
        """Table cellules: exact cells of the published nodes, from counts kept in the lake."""
        if not comptes:
            create_table(self.connection, "cellules", _NO_CELL)
            return
        parameters: Parameters = {
            "ecoles": [str(kept.ecoles) for kept in comptes],
            "partages": [str(kept.partages) for kept in comptes],
            "periodes": names,
            "du": periode.debut,
            "au": periode.fin,
            "grain": self._aimed[1],
        }
        run(self.connection, "cellules/cellules", parameters)

    def _publish(self, periode: Periode, masks: Path) -> int:
        """Mask what must be, and put the rows of the period in its table; how many cells no mask could hide."""
        parts = self.lac.parts_of(periode)
        shorter = [self._masks(part, part.periode) for part in parts]
        whole = all(periode.debut <= part.debut and part.fin <= periode.fin for part in parts)
        devinables = mask_cells(self.connection, self.politique, shorter, whole, masks)
        parameters: Parameters = {
            "periode": periode.periode,
            "du": periode.debut,
            "au": periode.fin,
            "annee": self._aimed[0],
            "provisoire_apres": self.lac.provisoire_apres,
        }
        replace_rows(self.connection, periode.periode, parameters)
        replace_bilan(self.connection, periode, self.politique.profils_de_tous)
        return devinables

    def _kept(self, mois: Periode) -> Path:
        """Cells of a month, kept for its school year."""
        return self.lac.folder(mois) / f"cellules-{self.politique.nom}.parquet"

    def _masks(self, periode: Periode, name: str) -> Path:
        """Masked cells of a period, kept for the longer ones."""
        return self.lac.folder(periode) / f"masques-{name}-{self.politique.nom}.parquet"
