"""Only who holds a secret in force passes, within five minutes (Standard Webhooks)."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.collecte.signatures import check_signature, read_secret, sign
from ingest.errors import SignatureRefusee

# The vector of the specification's own documentation.
SECRET = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
ID, HORODATAGE, CORPS = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
VECTEUR = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(HORODATAGE, UTC)
AUTRE = b"x" * 32


def headers(**changed: str) -> dict[str, str]:
    known = {"webhook-id": ID, "webhook-timestamp": str(HORODATAGE), "webhook-signature": VECTEUR}
    return known | {name.replace("_", "-"): value for name, value in changed.items()}


def test_our_signature_is_that_of_the_specification() -> None:
    assert sign(SECRET, ID, HORODATAGE, CORPS) == VECTEUR


def test_one_signature_of_one_secret_in_force_is_enough() -> None:
    both = f"v1,AAAA {VECTEUR}"

    check_signature(headers(webhook_signature=both), CORPS, [AUTRE, SECRET], NOW)


@pytest.mark.parametrize("minutes", [-5, 5])
def test_five_minutes_are_within_the_tolerance(minutes: int) -> None:
    check_signature(headers(), CORPS, [SECRET], NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("changed", "secrets", "late"),
    [
        ({}, [AUTRE], 0),
        ({}, [], 0),
        ({"webhook_id": "other"}, [SECRET], 0),
        ({"webhook_id": ""}, [SECRET], 0),
        ({"webhook_id": "é"}, [SECRET], 0),
        ({"webhook_timestamp": str(HORODATAGE + 1)}, [SECRET], 0),
        ({"webhook_timestamp": "²"}, [SECRET], 0),
        ({"webhook_signature": ""}, [SECRET], 0),
        ({"webhook_signature": VECTEUR.replace("v1", "v2")}, [SECRET], 0),
        ({}, [SECRET], 301),
        ({}, [SECRET], -301),
    ],
)
def test_anything_else_is_refused(changed: dict[str, str], secrets: list[bytes], late: int) -> None:
    with pytest.raises(SignatureRefusee):
        check_signature(headers(**changed), CORPS, secrets, NOW + timedelta(seconds=late))


def test_another_body_is_refused() -> None:
    with pytest.raises(SignatureRefusee):
        check_signature(headers(), CORPS + b" ", [SECRET], NOW)


@pytest.mark.parametrize("text", ["whsec_", "whsec_???", "whsec_" + "QUFB", "é"])
def test_a_short_or_broken_secret_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64|bytes"):
        read_secret(text)
