"""Mask the cells of one period that too few persons stand behind, with what would give them back (design 9; trust.md 2.3).

It must not count: it reads the table `finales` and leaves the table `publiables`.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from metrics.engine import fetch_arrow, run, write_parquet
from metrics.protection.masques import protect
from metrics.protection.politique import Politique
from metrics.protection.reparation import LARGE, PROCHE
from metrics.protection.sommes import Ints, make_sommes
from metrics.reference import create_table

_NO_CELL = pa.schema([("cible", pa.int32()), ("cle", pa.int32())]).empty_table()

_NO_CANDIDATE = pa.schema(
    [("cellule", pa.int64()), ("cible", pa.int32()), ("cle", pa.int64()), ("personnes", pa.int64())]
    + [(name, pa.bool_()) for name in ("masquee", "retenue", "pleine", "fixe")]
).empty_table()


def mask_cells(
    connection: duckdb.DuckDBPyConnection, politique: Politique, shorter: list[Path], whole: bool, kept: Path
) -> int:
    """Table publiables from finales; the masks are kept in the lake at `kept`, for the longer periods.

    Returns how many cells of fewer than k persons the sums of the period still give back, those that no table shows included.
    `shorter`: masks kept of the periods that touch this one; `whole`: none of them lies partly outside.
    Needs lignes_cibles, cibles_noms, cibles_samedi, modalites, inclusions.
    """
    _load_candidates(connection, politique.k, shorter, whole)
    # A wide search in a month finds no more than a near one (DECISIONS).
    masked, devinables = _choose(connection, politique.k, PROCHE if shorter else LARGE)
    create_table(connection, "masquees", pa.table({"cellule": masked}))
    write_parquet(connection, "cellules/masques", {}, kept)
    run(connection, "cellules/publiables")
    return devinables


def _load_candidates(connection: duckdb.DuckDBPyConnection, k: int, shorter: list[Path], whole: bool) -> None:
    """Table candidats: cells that may be masked; none where nothing has to be."""
    if not k:
        create_table(connection, "candidats", _NO_CANDIDATE)
        return
    if shorter:
        run(connection, "cellules/masques_anterieurs", {"masques": [str(path) for path in shorter]})
    else:
        create_table(connection, "masques_anterieurs", _NO_CELL)
    run(connection, "cellules/candidats", {"k": k, "montrees": whole and bool(shorter)})


def _choose(connection: duckdb.DuckDBPyConnection, k: int, voisinage: int) -> tuple[Ints, int]:
    """Numbers of the cells to mask, and how many cells that no mask could hide."""
    candidats = fetch_arrow(connection, "cellules/candidats_lus", {})
    personnes, masquees = _column(candidats, "personnes"), _column(candidats, "masquee").astype(np.bool_)
    if not masquees.any():
        return np.zeros(0, dtype=np.int64), 0
    paires, manques = fetch_arrow(connection, "cellules/paires", {}), fetch_arrow(connection, "cellules/manques", {})
    pairs = np.column_stack([_column(paires, name) for name in ("ligne", "cellule", "signe")])
    lignes, cellules, signes = pairs[~_column(candidats, "fixe").astype(np.bool_)[pairs[:, 1]]].T
    # What a sum holds of members that are not published stands as one masked cell, or two when they are several.
    of_line, rest, several = _column(manques, "ligne"), _column(manques, "personnes"), _column(manques, "manquants") > 1
    extra = np.append(of_line, of_line[several])
    numbers = np.arange(len(personnes), len(personnes) + len(extra))
    sommes = make_sommes(
        np.append(lignes, extra), np.append(cellules, numbers), np.append(signes, np.ones_like(numbers))
    )
    everyone = np.concatenate([personnes, rest, np.zeros_like(rest[several])])
    hidden = np.concatenate([masquees, rest > 0, rest[several] > 0])
    non_publiees = np.arange(len(everyone)) >= len(personnes)
    # Nobody comes less than never, nor more than always: a modality of a cut that overlaps may have all the visits.
    sens = np.where(everyone > 0, 0, 1)
    sens[: len(personnes)] -= (personnes > 0) & _column(candidats, "pleine").astype(np.bool_)
    found = protect(everyone, hidden, sommes, k, sens, non_publiees, voisinage)
    return np.flatnonzero(found.masquees[: len(personnes)]), int(found.devinables.sum())


def _column(rows: pa.Table, name: str) -> Ints:
    values: Ints = rows.column(name).to_numpy(zero_copy_only=False)
    return values
