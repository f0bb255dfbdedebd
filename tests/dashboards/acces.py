"""What the access tests share: a configuration of the back end `entetes`, and requests as its proxy would send them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboards.acces.configuration import Configuration, load_configuration
from dashboards.acces.habilitations import COLONNES
from dashboards.acces.porte import BRUTS
from dashboards.app import create_app
from dashboards.source import Lecteur

SECRET = "0123456789abcdef0123456789abcdef"
MANDATAIRE = "10.0.0.4"
RAPPEL = "/_dash-update-component"
SORTIE = "..contenu.children...bandeau.children...pied.children...titre.data.."


def configure(folder: Path, *lines: str, extra: str = "") -> Configuration:
    """Configuration of the back end `entetes`, with these rights."""
    (folder / "secret").write_text(SECRET, "utf-8")
    (folder / "secret").chmod(0o600)
    (folder / "habilitations.csv").write_text("\n".join((";".join(COLONNES), *lines)), "utf-8")
    text = f'mode = "entetes"\nsecret = "secret"\nhabilitations = "habilitations.csv"\nmandataires = ["{MANDATAIRE}"]\n'
    (folder / "dnma.toml").write_text(f"[acces]\n{text}{extra}", "utf-8")
    return load_configuration(folder / "dnma.toml")


def proxied(sujet: str | None, *others: tuple[str, str], secret: str = SECRET) -> tuple[tuple[str, str], ...]:
    """Headers as the proxy sends them, with others beside."""
    named = () if sujet is None else (("ct-remote-user", sujet),)
    return (("x-dnma-secret", secret), *named, *others)


def body_of(pathname: object, search: object = "") -> dict[str, Any]:
    """Body of the pages' one callback, as the browser sends it."""
    names = ("contenu.children", "bandeau.children", "pied.children", "titre.data")
    return {
        "output": SORTIE,
        "outputs": [dict(zip(("id", "property"), name.split("."), strict=True)) for name in names],
        "inputs": [
            {"id": "adresse", "property": "pathname", "value": pathname},
            {"id": "adresse", "property": "search", "value": search},
        ],
        "changedPropIds": ["adresse.pathname"],
        "parsedChangedPropsIds": ["adresse.pathname"],
    }


@dataclass
class Porteur:
    """A person behind the proxy, asking the boards."""

    client: FlaskClient
    entetes: tuple[tuple[str, str], ...] = ()
    adresse: str = MANDATAIRE

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """GET, as the gateway would hand it over."""
        return self.client.get(path, environ_overrides=self._environ(), **kwargs)

    def post(self, path: str, **kwargs: Any) -> TestResponse:
        """POST, likewise."""
        return self.client.post(path, environ_overrides=self._environ(), **kwargs)

    def page(self, path: str, search: str = "") -> TestResponse:
        """Content of a page, as its callback gives it."""
        return self.post(RAPPEL, json=body_of(path, search))

    def _environ(self) -> dict[str, Any]:
        return {BRUTS: self.entetes, "REMOTE_ADDR": self.adresse}


def serve(lecteur: Lecteur, configuration: Configuration | None, donnees: Path | None = None) -> FlaskClient:
    """Client of an application on that reader."""
    server: Flask = create_app(lecteur, configuration, donnees).server
    return server.test_client()
