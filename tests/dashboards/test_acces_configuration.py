"""The operator's file: what is wrong stops the start, in one French sentence."""

from pathlib import Path

import pytest

from dashboards.acces.configuration import load_configuration, read_secret
from dashboards.acces.errors import ConfigurationInvalide

ENTETES = '[acces]\nmode = "entetes"\nsecret = "secret"\nhabilitations = "h.csv"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "dnma.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_only_this_machine_is_served() -> None:
    configuration = load_configuration(None)

    assert (configuration.acces.mode, configuration.serveur.adresse) == ("local", "127.0.0.1")


@pytest.mark.parametrize("adresse", ["0.0.0.0", "::", "10.0.0.4", "localhost"])
def test_local_access_refuses_any_other_address(tmp_path: Path, adresse: str) -> None:
    with pytest.raises(ConfigurationInvalide, match="local"):
        load_configuration(write(tmp_path, f'[serveur]\nadresse = "{adresse}"'))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[acces", "TOML"),
        ("[acces]\nmodee = 1", "inconnu"),
        ('[acces]\nmode = "oidc"', "entetes"),
        ('[acces]\nmode = "entetes"', "acces.secret"),
        (ENTETES, "acces.mandataires"),
        (ENTETES + 'mandataires = ["partout"]', "acces.mandataires"),
        ("[serveur]\nport = 0", "serveur.port"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalide, match=said):
        load_configuration(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("acces = 3", {"mode": "local"}, r"« acces » : section attendue\. Écrivez « \[acces\] »"),
        ("serveur = 'ici'", {"port": 8051}, "« serveur » : section attendue"),
        ("acces = 3", {}, "« acces »"),
    ],
)
def test_a_setting_where_a_section_should_be_is_named(
    tmp_path: Path, text: str, options: dict[str, str | int], said: str
) -> None:
    with pytest.raises(ConfigurationInvalide, match=said):
        load_configuration(write(tmp_path, text), **options)  # type: ignore[arg-type]


def test_paths_are_taken_from_the_files_folder_and_other_sections_are_left_alone(tmp_path: Path) -> None:
    found = load_configuration(write(tmp_path, ENTETES + 'mandataires = ["10.0.0.4"]\n[organisme]\nnom = "x"'))

    assert found.acces.secret == (tmp_path / "secret").resolve()


@pytest.mark.parametrize(
    ("text", "mode", "said"), [("s" * 40, 0o644, "chmod"), ("s" * 31, 0o600, "32"), ("é" * 40, 0o600, "ASCII")]
)
def test_a_secret_that_others_read_or_guess_is_refused(tmp_path: Path, text: str, mode: int, said: str) -> None:
    path = tmp_path / "secret"
    path.write_text(text, "utf-8")
    path.chmod(mode)

    with pytest.raises(ConfigurationInvalide, match=said):
        read_secret(path)
