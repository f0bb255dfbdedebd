"""Signatures of Standard Webhooks, over the bytes as received (trust.md C2): who holds the secret sent this, just now.

It must not read a body, nor know which secrets are in force.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ingest.errors import SignatureRefusee

ID, HORODATAGE, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = timedelta(minutes=5)
PREFIXE = "whsec_"
_IDENTIFIANT = re.compile(r"[!-~]{1,256}")
_SECRET_MIN = 24


def sign(secret: bytes, identifiant: str, horodatage: int, corps: bytes) -> str:
    """One signature: `v1,` and the base64 of HMAC-SHA256(id.timestamp.body)."""
    signed = b".".join([identifiant.encode(), str(horodatage).encode(), corps])
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def check_signature(headers: Mapping[str, str], corps: bytes, secrets: Iterable[bytes], now: datetime) -> None:
    """Pass if one of the signatures is that of one of the secrets, within the tolerance. Raises SignatureRefusee."""
    identifiant, sent, signatures = (headers.get(name, "") for name in (ID, HORODATAGE, SIGNATURE))
    if missing := [name for name in (ID, HORODATAGE, SIGNATURE) if name not in headers]:
        raise SignatureRefusee(f"En-tête {missing[0]} attendu (Standard Webhooks).")
    if not _IDENTIFIANT.fullmatch(identifiant):
        raise SignatureRefusee(f"{ID} : de 1 à 256 caractères visibles attendus, sans espace.")
    if not re.fullmatch(r"[0-9]{1,12}", sent):
        raise SignatureRefusee(f"{HORODATAGE} : un nombre de secondes depuis 1970 attendu.")
    ecart = abs(now.timestamp() - int(sent))
    if ecart > TOLERANCE.total_seconds():
        raise SignatureRefusee(
            f"L'envoi est daté à {int(ecart)} s de l'heure du collecteur, 300 au plus. Signez à nouveau, avec le même identifiant."
        )
    given = [signature.encode() for signature in signatures.split()]
    expected = [sign(secret, identifiant, int(sent), corps).encode() for secret in secrets]
    # All pairs are compared, so that the time taken doesn't tell which one fits.
    if not any([hmac.compare_digest(ours, theirs) for ours in expected for theirs in given]):
        raise SignatureRefusee(
            "Aucune signature n'est celle d'un secret en cours. Vérifiez le secret et le corps signé."
        )


def read_secret(text: str) -> bytes:
    """Bytes of a secret as vendors write it: `whsec_` and base64. Raises ValueError when it is none, or too short."""
    try:
        secret = base64.b64decode(text.strip().removeprefix(PREFIXE), validate=True)
    except ValueError as error:  # binascii.Error is one
        raise ValueError("base64") from error
    if len(secret) < _SECRET_MIN:
        raise ValueError(f"{_SECRET_MIN} bytes")
    return secret
