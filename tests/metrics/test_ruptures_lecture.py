"""The register of breaks goes into a publication and comes back from it; an older publication says what to do."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from marking_plan import load_plan
from marking_plan.ruptures import list_ruptures, ruptures_file
from metrics.errors import PublicationAbsente
from metrics.lecture.edition import open_edition
from metrics.lecture.ruptures import read_ruptures
from metrics.reperes import write_ruptures
from tests.metrics.petite_publication import empty_tables

FICHE = """
[[ruptures]]
debut = 2025-10-06
nature = "changement_prestataire"
titre = "Nouvel ENT"
explication = "Les comptes repartent de zéro."
"""


def test_what_is_registered_is_read_back(tmp_path: Path) -> None:
    ruptures_file(tmp_path).parent.mkdir(parents=True)
    ruptures_file(tmp_path).write_text(FICHE, "utf-8")

    with empty_tables() as connection:
        write_ruptures(connection, tmp_path)
        lues = read_ruptures(connection)

    assert lues == list_ruptures(tmp_path)
    assert (lues[-1].debut, lues[-1].fin, lues[-1].niveau) == (date(2025, 10, 6), None, None)


def test_a_publication_of_an_older_version_asks_to_be_made_again(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "dnma-1.duckdb")).close()
    with pytest.raises(PublicationAbsente, match="dnma publish"):
        open_edition(tmp_path / "dnma-1.duckdb", load_plan())
