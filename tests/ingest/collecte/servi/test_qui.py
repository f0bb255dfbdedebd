"""Who may send (trust.md C2, C3): signatures and their time, secrets that change under load, schools that are another's."""

import base64
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from bench.collecte.envois import Editeur, build_batch, describe_site, make_event, make_lines
from ingest.collecte.signatures import HORODATAGE, ID, SIGNATURE, sign
from marking_plan.semaines import today
from tests.ingest.collecte.servi.outils import Essai, Recu, lines, send_request

RELUE_S = 5.0  # the table is read again each second, on a machine that may be busy
TOUS_LES_JOURS = (None, None)
HIER, DEMAIN = (today() + timedelta(days=days) for days in (-1, 1))


@pytest.fixture
def table(essai: Essai) -> Iterator[str]:
    """The table as it was, put back after the test."""
    before = essai.dossiers.table.read_text("utf-8")
    yield before
    essai.dossiers.declare(before)
    wait_for(essai, essai.editeur, 200)


def declare(code: str, cles: Sequence[tuple[bytes, tuple[date | None, date | None]]], ecoles: str) -> str:
    text = f'[[expediteurs]]\ncode = "{code}"\n{ecoles}\n'
    for rang, (secret, (du, au)) in enumerate(cles):
        text += f'[[expediteurs.secrets]]\nkid = "k{rang}"\nsecret = "whsec_{base64.b64encode(secret).decode()}"\n'
        text += f"du = {du}\n" if du else ""
        text += f"au = {au}\n" if au else ""
    return text


def wait_for(essai: Essai, editeur: Editeur, statut: int) -> None:
    """Wait until the table in force answers so to a vendor. Fails when it doesn't."""
    end = time.monotonic() + RELUE_S
    while essai.ask(build_batch(editeur, "attente", b"")).statut != statut:
        assert time.monotonic() < end, "the table is not read again"
        time.sleep(0.05)


def signed(essai: Essai, corps: bytes, ecart_s: int = 0, signature: str | None = None) -> Recu:
    now, secret = int(time.time()) + ecart_s, essai.editeur.secret
    headers = {"dnma-expediteur": essai.editeur.code, ID: "id", HORODATAGE: str(now)}
    return essai.ask(send_request({**headers, SIGNATURE: signature or sign(secret, "id", now, corps)}, corps))


@pytest.mark.parametrize(
    ("ecart_s", "statut"), [(0, 200), (-240, 200), (240, 200), (-310, 401), (310, 401), (-(10**9), 401)]
)
def test_a_signature_lasts_five_minutes(essai: Essai, ecart_s: int, statut: int) -> None:
    assert signed(essai, make_lines(0, 1), ecart_s).statut == statut


@pytest.mark.parametrize("signature", ["v1,", "v1", "v1," + "A" * 44, "v2,abc", "é", " " * 100, "v1,AAAA " * 500])
def test_a_signature_that_is_none_is_refused(essai: Essai, signature: str) -> None:
    assert signed(essai, make_lines(0, 1), signature=signature).statut == 401


def test_one_good_signature_among_others_is_enough(essai: Essai) -> None:
    corps, now = make_lines(0, 1), int(time.time())
    good = sign(essai.editeur.secret, "id", now, corps)
    headers = {"dnma-expediteur": essai.editeur.code, ID: "id", HORODATAGE: str(now)}

    assert essai.ask(send_request({**headers, SIGNATURE: f"v1,AAAA {good}"}, corps)).statut == 200


@pytest.mark.parametrize("header", ["dnma-expediteur", ID, HORODATAGE, SIGNATURE])
def test_each_header_of_a_signature_is_needed(essai: Essai, header: str) -> None:
    requete = build_batch(essai.editeur, "id", make_lines(0, 1))

    assert essai.ask(requete.replace(header.encode(), b"x-" + header.encode())).statut == 401


def test_what_was_signed_can_not_be_changed(essai: Essai) -> None:
    requete = build_batch(essai.editeur, "id", make_lines(0, 1))

    assert essai.ask(requete.replace(b"webhook-id: id", b"webhook-id: ie")).statut == 401
    assert essai.ask(requete.replace(b"ACCUEIL", b"ACCUEIX")).statut == 401


def test_the_same_request_again_is_acknowledged_and_counts_nothing(essai: Essai) -> None:
    requete = build_batch(essai.editeur, "encore", make_lines(1_000, 50))

    assert essai.ask(requete).comptes == (50, 0, ())
    assert [essai.ask(requete).comptes for _ in range(3)] == [(0, 50, ())] * 3


def test_secrets_change_under_load_without_a_refusal(essai: Essai, table: str) -> None:
    ancien, nouveau = (Editeur("tournant", secrets.token_bytes(32)) for _ in range(2))
    both = [(ancien.secret, TOUS_LES_JOURS), (nouveau.secret, TOUS_LES_JOURS)]
    ecoles = 'departements = ["034"]\nevenements_s = 1000000'
    en_cours, answers, stop = [ancien], list[int](), threading.Event()

    def send() -> None:
        numero = 0
        while not stop.is_set():
            answers.append(essai.ask(build_batch(en_cours[0], f"t{numero}", make_lines(2_000, 1))).statut)
            numero += 1

    essai.dossiers.declare(table + declare("tournant", both[:1], ecoles))
    wait_for(essai, ancien, 200)
    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    essai.dossiers.declare(table + declare("tournant", both, ecoles))
    wait_for(essai, nouveau, 200)
    en_cours[0] = nouveau
    time.sleep(0.5)  # what was signed with the former one arrives
    essai.dossiers.declare(table + declare("tournant", both[1:], ecoles))
    wait_for(essai, ancien, 401)
    stop.set()
    for thread in threads:
        thread.join()

    assert len(answers) > 30
    assert set(answers) == {200}


def test_a_secret_runs_from_a_day_to_a_day(essai: Essai, table: str) -> None:
    dates = {"hier": (None, HIER), "demain": (DEMAIN, None), "court": (HIER, DEMAIN)}
    editeurs = {code: Editeur(code, secrets.token_bytes(32)) for code in dates}
    text = "".join(declare(code, [(e.secret, dates[code])], 'uais = ["0342332A"]') for code, e in editeurs.items())

    essai.dossiers.declare(table + text)
    wait_for(essai, editeurs["court"], 200)

    assert {code: essai.ask(build_batch(e, "d", b"")).statut for code, e in editeurs.items()} == {
        "hier": 401,
        "demain": 401,
        "court": 200,
    }


def test_a_vendor_is_revoked_without_a_restart_and_a_damaged_table_changes_nothing(essai: Essai, table: str) -> None:
    revoque = Editeur.make("revoque")
    essai.dossiers.declare(table + revoque.describe())
    wait_for(essai, revoque, 200)

    essai.dossiers.declare(table + "[[expediteurs]]\ncode = 3\n")
    time.sleep(1.5)
    assert essai.ask(build_batch(revoque, "r", b"")).statut == 200
    essai.dossiers.declare(table)
    wait_for(essai, revoque, 401)


def test_schools_of_others_are_refused(essai: Essai, table: str) -> None:
    voisin = Editeur("voisin", secrets.token_bytes(32))
    essai.dossiers.declare(table + declare("voisin", [(voisin.secret, TOUS_LES_JOURS)], 'uais = ["0340002T"]'))
    wait_for(essai, voisin, 200)
    now = int(time.time() * 1000)
    events = [
        {**make_event(n, now), "uai": uai, "id": f"voisin{n}"}
        for n, uai in enumerate(("0340002T", "0342332A", "0750001U"))
    ]

    assert essai.ask(build_batch(voisin, "v", lines(events))).comptes == (
        1,
        0,
        ((1, "hors_perimetre"), (2, "hors_perimetre")),
    )


def test_the_table_of_sites_is_read_again_too(essai: Essai, table: str) -> None:
    essai.dossiers.declare(essai.editeur.describe())
    wait_for(essai, essai.editeur, 200)
    end = time.monotonic() + RELUE_S
    while essai.get("/v1/hit.gif?uai=0342332A", referer="https://ent.exemple.fr/").statut != 403:
        assert time.monotonic() < end
    essai.dossiers.declare(table)
    assert describe_site() in table
