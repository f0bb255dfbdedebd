"""The back end `entetes`: a trusted proxy says in headers who asks.

It must not trust a header that could come from elsewhere: address (or Unix socket) and shared secret first, and each
name once, spelled with its own dashes.
"""

import hmac
from collections import Counter
from collections.abc import Sequence
from ipaddress import ip_address

from dashboards.acces.configuration import Configuration, read_secret
from dashboards.acces.errors import ConfigurationInvalide
from dashboards.acces.identite import Identite, parse_identite

SECRET = "x-dnma-secret"
NOMS = ("ct-remote-user", "fredurne", "fredurneresp", "fredufonctadm", "freduresdel")
_FOLDED = {nom.replace("-", "") for nom in (*NOMS, SECRET)}
Entetes = Sequence[tuple[str, str]]


class Mandataire:
    """Reads the person of a request; `compteurs` tells why others were ignored."""

    def __init__(self, configuration: Configuration) -> None:
        acces = configuration.acces
        if acces.secret is None:
            raise ConfigurationInvalide("acces.secret : fichier du secret partagé attendu.")
        self._secret = read_secret(acces.secret).encode()
        self._socket = configuration.serveur.socket is not None
        self._reseaux = acces.reseaux
        self._application = acces.application
        self.compteurs: Counter[str] = Counter()

    def identify(self, adresse: str, entetes: Entetes) -> Identite | None:
        """Person of a request; None when nobody can be trusted to have said who it is."""
        named = [(nom.lower(), value) for nom, value in entetes if _fold(nom) in _FOLDED]
        if not named:
            return None
        known = dict(named)
        if not self._trusts(adresse) or not hmac.compare_digest(known.get(SECRET, "").encode(), self._secret):
            return self._refuse("origine")
        if len(known) != len(named) or not known.keys() <= {*NOMS, SECRET}:
            return self._refuse("forme")  # twice the same name, or one that only looks like it
        identite = parse_identite(known, self._application)
        if identite is None:
            return self._refuse("sujet")
        self.compteurs["valeur"] += identite.malformes
        return identite

    def _trusts(self, adresse: str) -> bool:
        if self._socket:
            return adresse == ""
        try:
            return any(ip_address(adresse) in reseau for reseau in self._reseaux)
        except ValueError:
            return False

    def _refuse(self, why: str) -> Identite | None:
        self.compteurs[why] += 1
        return None


def _fold(nom: str) -> str:
    """What a server that mixes `-`, `_` and case up would take the name for."""
    return nom.lower().replace("-", "").replace("_", "")
