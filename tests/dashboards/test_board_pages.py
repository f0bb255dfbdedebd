"""Every page says what it must, and no address ends in a traceback."""

import csv
import io
import re

import pytest
from dash.development.base_component import Component
from flask import Flask
from flask.testing import FlaskClient

from dashboards import tri
from dashboards.app import create_app
from dashboards.render import render_page, render_source
from marking_plan import MarkingPlan
from metrics.errors import PublicationAbsente
from metrics.tableau import Noeud, Publication
from tests.dashboards.fake_lecteur import FORMULE, FakeLecteur, LecteurVide


class LecteurSansPublication(FakeLecteur):
    def publication(self) -> Publication:
        raise PublicationAbsente("Rien n’est encore publié.")

    def racine(self) -> Noeud:
        raise PublicationAbsente("Rien n’est encore publié.")


def text_of(composant: object) -> str:
    """All text under a component."""
    if isinstance(composant, list | tuple):
        return " ".join(text_of(c) for c in composant)
    return text_of(getattr(composant, "children", "")) if isinstance(composant, Component) else str(composant or "")


@pytest.fixture
def client(lecteur: FakeLecteur) -> FlaskClient:
    serveur: Flask = create_app(lecteur).server
    return serveur.test_client()


@pytest.mark.parametrize(
    ("chemin", "search", "titre"),
    [
        ("/", "", "Occitanie – "),
        ("/territoire/departement/034", "?profil=eleve", "Hérault – "),
        ("/ecole/0342332A", "", "École élémentaire Arc en Ciel (0342332A) – "),
        ("/recherche", "?q=paulhan", "Recherche de «\u00a0paulhan\u00a0»"),
        ("/definitions", "", "Définitions – "),
        ("/nulle/part", "", "Page introuvable – "),
        ("/ecole/0000000X", "", "Territoire introuvable – "),
        ("/territoire/planete/1", "", "Territoire introuvable – "),
    ],
)
def test_each_page_has_its_own_title(
    lecteur: FakeLecteur, plan: MarkingPlan, chemin: str, search: str, titre: str
) -> None:
    page = render_page(lecteur, plan, chemin, search)
    assert page.titre.startswith(titre)
    assert page.titre.endswith("Fréquentation des ENT")


def test_a_refused_value_is_said_on_the_page(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = render_page(lecteur, plan, "/territoire/departement/034", "?du=1999-01-04&profil=fantome")
    assert "n’est pas publiée" in text_of(page.contenu)
    assert "n’existe pas" in text_of(page.contenu)


@pytest.mark.parametrize("chemin", ["/", "/ecole/0342332A"])
def test_a_board_without_figures_says_so(plan: MarkingPlan, chemin: str) -> None:
    assert "aucun chiffre n’est publié" in text_of(render_page(LecteurVide(), plan, chemin, "").contenu)


def test_without_publication_the_page_says_why(plan: MarkingPlan) -> None:
    lecteur = LecteurSansPublication()
    assert "Rien n’est encore publié" in text_of(render_page(lecteur, plan, "/", "").contenu)
    assert "Rien n’est encore publié" in text_of(render_source(lecteur)[1])


def test_the_banner_and_the_policy_are_on_every_page(lecteur: FakeLecteur) -> None:
    bandeau, pied = render_source(lecteur)
    assert "Données simulées" in text_of(bandeau)
    assert "politique exacte\u00a0: aucun masque" in text_of(pied)
    assert "Chiffres arrêtés le" in text_of(pied)


def test_real_data_carry_no_banner() -> None:
    assert render_source(FakeLecteur(simulee=False))[0] == []


def test_second_degree_services_never_seen_fold_away(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = text_of(render_page(lecteur, plan, "/", "").contenu)
    assert page.index("Services du second degré") < page.index(plan.libelle("service", "documentation_cdi"))


def test_a_page_has_no_script_that_it_does_not_need(client: FlaskClient) -> None:
    scripts = re.findall(r'<script src="([^"?]+)', client.get("/").get_data(as_text=True))
    assert any("dash_renderer" in script for script in scripts)
    assert [script for script in scripts if "polyfill" in script or "dash_table" in script] == []


def test_an_unknown_page_answers_404_and_a_known_one_200(client: FlaskClient) -> None:
    assert client.get("/nulle/part").status_code == 404
    assert client.get("/definitions").status_code == 200
    assert 'lang="fr"' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    "adresse",
    ["/csv/fantome?niveau=region&territoire=76", "/csv/serie?niveau=region&territoire=99", "/csv/serie"],
)
def test_an_unknown_csv_is_a_404_in_french(client: FlaskClient, adresse: str) -> None:
    reponse = client.get(adresse)
    assert reponse.status_code == 404
    assert "Traceback" not in reponse.get_data(as_text=True)


def test_a_csv_opens_in_a_french_spreadsheet(client: FlaskClient) -> None:
    texte = client.get("/csv/profils?niveau=region&territoire=76").get_data(as_text=True)
    assert texte.startswith("\ufeffProfil;Part des visites (0 à 1);")
    assert texte.splitlines()[1].split(";")[1] == "0,41"


def test_a_name_that_looks_like_a_formula_is_disarmed(client: FlaskClient) -> None:
    texte = client.get("/csv/enfants?niveau=circonscription&territoire=0341123X").get_data(as_text=True)
    noms = [ligne[1] for ligne in csv.reader(io.StringIO(texte), delimiter=";")]
    assert f"'{FORMULE.nom}" in noms
    assert FORMULE.nom not in noms


def test_children_without_figure_come_last_whichever_the_order(lecteur: FakeLecteur) -> None:
    enfants = lecteur.read_tableau(lecteur.default_vue("circonscription", "0341123X")).enfants
    assert all(tri.sort_enfants(enfants, ordre)[-1].etat == "secret" for ordre in ("visites", "-visites"))


def test_a_second_click_turns_the_order_round() -> None:
    assert tri.next_tri("visites", "nom") == "-visites"
    assert tri.next_tri("visites", "-visites") == "visites"
    assert tri.next_tri("nom", "inconnu") == "-nom"
