"""One collector, started as an operator starts it, that the tests of this folder share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.collecte.envois import Editeur, describe_site
from bench.collecte.servie import Dossiers, collecting
from tests.ingest.collecte.servi.outils import Essai


@pytest.fixture(scope="package")
def essai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Essai]:
    dossiers = Dossiers(Path(tmp_path_factory.mktemp("collecteur")))
    editeur = Editeur.make("editeur")
    dossiers.declare(editeur.describe() + describe_site())
    with collecting(dossiers, "--reserve-mio", "1") as servie:
        essai = Essai(dossiers, servie, editeur)
        pid = essai.ouvrier
        yield essai
        assert essai.ouvrier == pid, "the process that answers died on the way"
