"""The operator's configuration of access and serving: one TOML file, checked whole at start.

It must not read the table of rights nor a header; other sections of the file belong to others.
"""

import tomllib
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboards.acces.errors import ConfigurationInvalide
from dashboards.apparence import Apparence, dress_as_state, has_dsfr
from marking_plan.operateur import explain

LOCAL: Final = "local"
ENTETES: Final = "entetes"
DSFR: Final = "dsfr"
BOUCLE = "127.0.0.1"
_SECRET_MIN = 32


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Serveur(_Section):
    """Where the boards listen, and how they are reached."""

    adresse: str = BOUCLE
    port: int = Field(default=8050, ge=1, le=65535)
    socket: Path | None = None
    https: bool = False
    adresse_publique: str | None = Field(default=None, pattern=r"^https?://[^/\s]+$")
    fils: int = Field(default=4, ge=1, le=64)
    jeton_mesures: Path | None = None


class Acces(_Section):
    """Which back end tells who asks."""

    mode: Literal["local", "entetes"] = LOCAL
    habilitations: Path | None = None
    mandataires: tuple[str, ...] = ()
    secret: Path | None = None
    responsabilites: bool = False
    application: str = "dnma"

    @property
    def reseaux(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses of the trusted proxies."""
        return tuple(ip_network(texte) for texte in self.mandataires)


class Dpd(_Section):
    """Dated decisions without which two roles don't exist."""

    decision_collectivites: date | None = None
    decision_directeurs: date | None = None


class Theme(_Section):
    """How pages look: neutral, or as a State site, for an operator who declares that it is one."""

    theme: Literal["neutre", "dsfr"] = "neutre"
    intitule: tuple[str, ...] = ()
    site_de_l_etat: date | None = None

    def build(self) -> Apparence:
        """What this look adds to the pages."""
        return dress_as_state(self.intitule) if self.theme == DSFR else Apparence()


class Configuration(BaseModel):
    """The file, with paths made absolute from its folder."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    serveur: Serveur = Serveur()
    acces: Acces = Acces()
    dpd: Dpd = Dpd()
    apparence: Theme = Theme()


def load_configuration(path: Path | None, mode: str | None = None, port: int | None = None) -> Configuration:
    """Configuration of a file, or the loopback one without; `mode` and `port` of the command win. Raises ConfigurationInvalide."""
    raw = _read(path) if path else {}
    _override(raw, "acces", "mode", mode, _name(path))
    _override(raw, "serveur", "port", port, _name(path))
    try:
        found = Configuration.model_validate(raw)
        reseaux = found.acces.reseaux
    except ValidationError as error:
        champ, probleme = explain(error)
        raise ConfigurationInvalide(
            f"{_name(path)}, « {champ} » : {probleme}. Voyez le guide d’exploitation."
        ) from error
    except ValueError as error:
        raise ConfigurationInvalide(
            f"{_name(path)}, « acces.mandataires » : adresse ou réseau attendu, par exemple 10.0.0.4 ({error})."
        ) from error
    resolved = _resolve(found, path.parent if path else Path())
    _check(resolved, bool(reseaux), _name(path))
    _check_theme(resolved.apparence, _name(path))
    return resolved


def read_secret(path: Path) -> str:
    """Text of a secret's file. Raises ConfigurationInvalide when others may read it, or when it is short."""
    try:
        mode, secret = path.stat().st_mode, path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise ConfigurationInvalide(
            f"{path} : secret illisible. Indiquez un fichier que le service peut lire."
        ) from error
    if mode & 0o007:
        raise ConfigurationInvalide(
            f"{path} : tous peuvent lire ce secret. Retirez-leur ce droit : chmod o-rwx {path}."
        )
    if len(secret) < _SECRET_MIN or not secret.isascii() or not secret.isprintable():
        raise ConfigurationInvalide(
            f"{path} : secret de {_SECRET_MIN} caractères ASCII au moins attendu, par exemple « openssl rand -hex 32 »."
        )
    return secret


def _override(raw: dict[str, object], section: str, champ: str, valeur: object, nom: str) -> None:
    """Put what the command says in place of the file's, in a section that is one."""
    if valeur is None:
        return
    found = raw.get(section, {})
    if not isinstance(found, dict):
        raise ConfigurationInvalide(
            f"{nom}, « {section} » : section attendue. Écrivez « [{section}] » sur une ligne, puis ses réglages dessous."
        )
    raw[section] = {**found, champ: valeur}


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationInvalide(f"{path} : fichier illisible ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationInvalide(f"{path} : ce n’est pas du TOML valide ({error}).") from error


def _resolve(found: Configuration, folder: Path) -> Configuration:
    def absolute(path: Path | None) -> Path | None:
        return path and (folder / path).resolve()

    acces = {"habilitations": absolute(found.acces.habilitations), "secret": absolute(found.acces.secret)}
    serveur = {"socket": absolute(found.serveur.socket), "jeton_mesures": absolute(found.serveur.jeton_mesures)}
    return found.model_copy(
        update={
            "acces": found.acces.model_copy(update=acces),
            "serveur": found.serveur.model_copy(update=serveur),
        }
    )


def _check(found: Configuration, mandataires: bool, nom: str) -> None:
    serveur, acces = found.serveur, found.acces
    if acces.mode == LOCAL and (serveur.socket or not _is_loopback(serveur.adresse)):
        raise ConfigurationInvalide(
            f"{nom} : l’accès « local » ne demande rien à personne, il n’écoute que sur {BOUCLE}. "
            "Pour servir d’autres machines, choisissez l’accès « entetes »."
        )
    if acces.mode == ENTETES and not (acces.secret and acces.habilitations):
        raise ConfigurationInvalide(
            f"{nom} : l’accès « entetes » demande « acces.secret » et « acces.habilitations » (voir le guide d’exploitation)."
        )
    if acces.mode == ENTETES and not (serveur.socket or mandataires):
        raise ConfigurationInvalide(
            f"{nom} : l’accès « entetes » demande « serveur.socket », ou les adresses du mandataire dans « acces.mandataires »."
        )


def _check_theme(apparence: Theme, nom: str) -> None:
    if apparence.theme != DSFR:
        return
    if not (apparence.site_de_l_etat and apparence.intitule):
        raise ConfigurationInvalide(
            f"{nom} : le système de design de l’État est réservé à ses sites. Écrivez dans « apparence.site_de_l_etat » la date où "
            "l’exploitant a accepté ses conditions, et dans « apparence.intitule » les lignes du bloc-marque ; sinon laissez « neutre »."
        )
    if not has_dsfr():
        raise ConfigurationInvalide(
            f"{nom} : les fichiers du système de design manquent. Installez-les avec « pip install 'dnma[dsfr]' »."
        )


def _is_loopback(adresse: str) -> bool:
    try:
        return ip_address(adresse).is_loopback
    except ValueError:
        return False


def _name(path: Path | None) -> str:
    return str(path) if path else "Configuration"
