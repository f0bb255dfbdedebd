"""Nobody becomes somebody else: headers count from the proxy alone, with its secret, once, in their own spelling."""

import os
from pathlib import Path

import pytest

from dashboards.acces.entetes import Mandataire
from tests.dashboards.acces import MANDATAIRE, SECRET, Porteur, configure, proxied, serve
from tests.dashboards.fake_lecteur import FakeLecteur

DROIT = "mdupont;;;pilote;tout;;;"


@pytest.fixture
def mandataire(tmp_path: Path) -> Mandataire:
    return Mandataire(configure(tmp_path))


def test_the_proxy_is_believed(mandataire: Mandataire) -> None:
    identite = mandataire.identify(MANDATAIRE, proxied("mdupont"))

    assert identite is not None
    assert identite.sujet == "mdupont"
    assert not +mandataire.compteurs


@pytest.mark.parametrize("adresse", ["10.0.0.5", "127.0.0.1", "", "::1", "mandataire"])
def test_from_another_address_headers_are_ignored_and_counted(mandataire: Mandataire, adresse: str) -> None:
    assert mandataire.identify(adresse, proxied("mdupont")) is None
    assert mandataire.compteurs["origine"] == 1


@pytest.mark.parametrize("secret", ["", SECRET[:-1], SECRET + " x", SECRET.upper()])
def test_without_its_secret_the_proxy_is_not_believed(mandataire: Mandataire, secret: str) -> None:
    assert mandataire.identify(MANDATAIRE, proxied("mdupont", secret=secret)) is None
    assert mandataire.compteurs["origine"] == 1


@pytest.mark.parametrize(
    "other",
    [
        ("ct-remote-user", "mdupont"),
        ("CT-Remote-User", "directeur"),
        ("ct_remote_user", "directeur"),
        ("ct-remote_user", "directeur"),
        ("CtRemoteUser", "directeur"),
        ("Fr-Edu-Rne", "0342332A$UAJ$PU$DIR$0342332A$T1$ECOLE$151"),
        ("FR_EDU_RNE_RESP", "0342332A$UAJ$PU$N$T1$ECOLE$151"),
        ("x_dnma_secret", SECRET),
        ("X-DNMA-Secret", SECRET),
    ],
)
def test_a_name_given_twice_or_spelled_otherwise_makes_nobody(mandataire: Mandataire, other: tuple[str, str]) -> None:
    for entetes in (proxied("mdupont", other), (other, *proxied("mdupont"))):
        assert mandataire.identify(MANDATAIRE, entetes) is None
    assert mandataire.compteurs["forme"] + mandataire.compteurs["origine"] == 2


def test_a_request_without_any_of_these_headers_is_not_counted(mandataire: Mandataire) -> None:
    assert mandataire.identify("10.9.9.9", (("accept", "text/html"),)) is None
    assert not +mandataire.compteurs


def test_wsgis_own_headers_are_never_read(tmp_path: Path) -> None:
    client = serve(FakeLecteur(), configure(tmp_path, DROIT))

    answer = client.get("/", headers=dict(proxied("mdupont")), environ_overrides={"REMOTE_ADDR": MANDATAIRE})

    assert answer.status_code == 401


def test_a_right_withdrawn_is_withdrawn_at_the_next_request(tmp_path: Path) -> None:
    person = Porteur(serve(FakeLecteur(), configure(tmp_path, DROIT)), proxied("mdupont"))
    before = person.get("/").status_code

    table = tmp_path / "habilitations.csv"
    table.write_text(table.read_text("utf-8").replace(DROIT, ""), "utf-8")

    assert (before, person.get("/").status_code) == (200, 403)


def test_nobody_enters_on_a_table_that_was_broken_meanwhile(tmp_path: Path) -> None:
    person = Porteur(serve(FakeLecteur(), configure(tmp_path, DROIT)), proxied("mdupont"))
    person.get("/")

    (tmp_path / "habilitations.csv").write_text("n’importe quoi", "utf-8")
    os.utime(tmp_path / "habilitations.csv", ns=(1, 1))

    assert person.get("/").status_code == 503


def test_who_waits_for_the_dpds_decision_is_told_so(tmp_path: Path) -> None:
    client = serve(FakeLecteur(), configure(tmp_path, "mdupont;;;directeur;uai;0342332A;;"))

    answer = Porteur(client, proxied("mdupont")).get("/ecole/0342332A")

    assert answer.status_code == 403
    assert "décision datée du délégué à la protection des données" in answer.get_data(as_text=True)
