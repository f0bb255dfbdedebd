"""What outlives a collector (trust.md C3, C4, C9, C11): totals whatever is sent again, refused lines in quarantine, nothing that names a person."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import orjson
import polars as pl
import pytest

from bench.collecte.envois import SITE, Editeur, build_beacon, build_request, describe_site, make_event, make_lines
from bench.collecte.servie import Dossiers, collecting
from ingest.collecte.remise import hand_over
from ingest.pipeline import Lake
from marking_plan import load_plan
from marking_plan.lake import Manifest, read_manifests
from tests.ingest.collecte.servi.outils import Essai, lines

RESERVE = ("--reserve-mio", "1")
JETON, AGENT, PAGE = "jeton-de-lea-martin", "Mozilla/5.0 (X11; Linux) AgentSecret/7.0", "page-tres-secrete"
LOTS = [(make_lines(5_000 + 40 * n, 40), "") for n in range(5)]


@dataclass
class Suite:
    """The collectors of a test, one after the other on the same folders."""

    dossiers: Dossiers
    editeur: Editeur

    def lake(self) -> list[Manifest]:
        """What the lake holds once the journal was handed over."""
        list(hand_over(Lake(self.dossiers.donnees, self.dossiers.cles, load_plan())))
        return read_manifests(self.dossiers.donnees)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    suite = Suite(Dossiers(Path(tmp_path_factory.mktemp("reprises"))), Editeur.make("editeur"))
    autre = Editeur("autre", secrets.token_bytes(32)).describe()
    suite.dossiers.declare(suite.editeur.describe() + autre + describe_site())
    return suite


@pytest.fixture(scope="module")
def sent(suite: Suite) -> list[Manifest]:
    """Every batch three times, the third after a restart with half of it in the lake; and lines about persons."""
    with collecting(suite.dossiers, *RESERVE) as servie:
        essai = Essai(suite.dossiers, servie, suite.editeur)
        first = [essai.post(*lot).comptes for lot in LOTS]
        again = [essai.post(*lot, identifiant=f"autre{n}").comptes for n, lot in enumerate(LOTS)]
        _send_secrets(essai)
    suite.lake()
    with collecting(suite.dossiers, *RESERVE) as servie:
        essai = Essai(suite.dossiers, servie, suite.editeur)
        third = [recu.comptes for recu in essai.post_together(LOTS)]
    assert (first, again, third) == ([(40, 0, ())] * 5, [(0, 40, ())] * 5, [(0, 40, ())] * 5)
    return suite.lake()


def _send_secrets(essai: Essai) -> None:
    """Events, whole and refused, that bear what must not be kept, by every address and in every place of a request."""
    event = {**make_event(1, int(time.time() * 1000)), "visiteur": JETON, "agent": AGENT, "id": "secret1"}
    bad = [{"uai": PAGE}, {"profil": PAGE}, {"instant": PAGE}, {"nom": PAGE}, {"page": PAGE}, {"type": PAGE}]
    recu = essai.post(
        lines([event, *({**event, **change, "id": f"s{n}"} for n, change in enumerate(bad))]), identifiant=PAGE
    )
    assert recu.statut == 200
    headers = {
        "origin": SITE,
        "user-agent": AGENT,
        "referer": f"{SITE}/{PAGE}",
        "x-forwarded-for": "192.0.2.77",
        "cookie": PAGE,
    }
    beacon = orjson.dumps({"uai": "0342332A", "visiteur": JETON, "profil": "eleve", "page": PAGE})
    query = f"uai=0342332A&visiteur={JETON}&profil=eleve&page={PAGE}"
    assert essai.ask(build_request("POST", "/v1/marquage", headers, beacon)).statut == 204
    assert essai.get(f"/v1/hit.gif?{query}", **headers).statut == 200
    assert essai.get(f"/hit.xiti?s=1&s2=2&at={JETON}&p={PAGE}", **headers).statut == 200
    essai.get(f"/{PAGE}?{query}", **headers)


def test_totals_are_those_of_one_sending(sent: list[Manifest], suite: Suite) -> None:
    parts = [suite.dossiers.donnees / part.chemin for manifest in sent for part in manifest.parts]
    stored = pl.concat([pl.read_parquet(part) for part in parts])

    assert sum(manifest.received for manifest in sent) == sum(m.kept + m.duplicates + m.refused_total for m in sent)
    assert len(stored) - sum(m.kept for m in sent) == 0
    assert stored["id"].drop_nulls().n_unique() == stored["id"].drop_nulls().len()
    assert sum(manifest.duplicates for manifest in sent) == 2 * 200


def test_refused_lines_are_in_quarantine(sent: list[Manifest], suite: Suite) -> None:
    paths = [suite.dossiers.donnees / manifest.rejets_chemin for manifest in sent if manifest.rejets_sha256]
    rows = pl.concat([pl.read_parquet(path) for path in paths])

    assert rows.height == sum(manifest.refused_total for manifest in sent)
    assert {"uai_invalide", "champ_personnel"} <= set(rows["motif"].to_list())


@pytest.mark.parametrize("mot", [JETON, "AgentSecret", PAGE, "192.0.2.77", "whsec_"])
def test_nothing_that_was_sent_is_in_a_file(sent: list[Manifest], suite: Suite, mot: str) -> None:
    roots = (suite.dossiers.donnees, suite.dossiers.cles)
    paths = [path for root in roots for path in root.rglob("*") if path.is_file()]
    paths.append(suite.dossiers.racine / "traces.jsonl")

    assert len(paths) > 5
    assert [path.name for path in paths if mot.encode() in path.read_bytes()] == []


def test_a_full_disk_is_told_before_anything_is_taken(suite: Suite) -> None:
    with collecting(suite.dossiers, "--reserve-mio", str(1 << 30)) as servie:
        essai = Essai(suite.dossiers, servie, suite.editeur)
        recu, sante = essai.post(make_lines(9_000, 3)), essai.get("/sante")
        marquage = essai.ask(build_beacon(3))

        assert (recu.statut, recu.entetes["retry-after"]) == (503, "60")
        assert (sante.statut, sante.verdict) == (503, {"etat": "arret", "cause": "disque"})
        assert marquage.statut == 503
        assert essai.get("/metrics").statut == 200
        assert list((suite.dossiers.donnees / "journal").glob("*.ouvert")) == []
