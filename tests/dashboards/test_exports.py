"""What is taken away says what it is, opens without running anything, and is refused in French."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from dash.development.base_component import Component
from flask import Flask
from flask.testing import FlaskClient

from dashboards import palette
from dashboards.app import create_app
from dashboards.board import read_board
from dashboards.exports import routes
from dashboards.exports.classeur import write_classeur
from dashboards.exports.licence import REGLAGE, USAGE_INTERNE, licence
from dashboards.exports.notice import file_stem, make_notice
from dashboards.exports.texte_csv import write_csv
from dashboards.render import render_page
from dashboards.state import Route, href_vue
from dashboards.tables import TABLES
from marking_plan import MarkingPlan
from metrics.tableau import Constant, Coupe, Vue
from tests.dashboards.classeur_lu import Style, read_classeur
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import FORMULE, FakeLecteur, LecteurVide

CIRCONSCRIPTION = "niveau=circonscription&territoire=0341123X"


class LecteurDuFichier(FakeLecteur):
    """The same, with a published file."""

    def __init__(self, fichier: Path) -> None:
        super().__init__()
        self._fichier = fichier

    def fichier(self) -> Path:
        return self._fichier


def _client(lecteur: FakeLecteur) -> FlaskClient:
    serveur: Flask = create_app(lecteur).server
    return serveur.test_client()


@pytest.fixture
def client(lecteur: FakeLecteur) -> FlaskClient:
    return _client(lecteur)


def test_a_spreadsheet_begins_with_what_it_is(client: FlaskClient) -> None:
    feuilles = read_classeur(client.get(f"/xlsx?{CIRCONSCRIPTION}&profil=eleve").data)
    dit = " ".join(str(valeur) for valeur in feuilles["À lire"].cellules.values()).replace("\u00a0", " ")

    assert next(iter(feuilles)) == "À lire"
    for mot in (
        "Lodève", "1er septembre 2025", "Élèves", "publication n° 7", "politique exacte : aucun masque",
        "Données simulées", USAGE_INTERNE, "profil=eleve", "secret", "Nombre de visites",
    ):  # fmt: skip
        assert mot in dit


def test_a_spreadsheet_runs_nothing(client: FlaskClient) -> None:
    feuilles = read_classeur(client.get(f"/xlsx?{CIRCONSCRIPTION}").data)
    textes = [
        valeur for feuille in feuilles.values() for valeur in feuille.cellules.values() if isinstance(valeur, str)
    ]

    assert sum(feuille.formules for feuille in feuilles.values()) == 0
    assert f"'{FORMULE.nom}" in textes
    assert [texte for texte in textes if texte.startswith(("=", "+", "-", "@"))] == []


def test_figures_beside_similar_schools_keep_their_kind_and_decimals() -> None:
    contenu = _client(LecteurEcoles()).get("/xlsx?niveau=uai&territoire=0342332A").data
    feuille = read_classeur(contenu)["L’école et les écoles"]

    assert (feuille.cellules[1, 1], feuille.styles[1, 1]) == (0.8, Style("[=0]0;[<10]#,##0.00;#,##0.0", False))
    assert (feuille.cellules[1, 2], feuille.styles[1, 2]) == (0.37, Style("0.0%", False))


def test_what_no_row_details_has_blanks_not_a_state(plan: MarkingPlan) -> None:
    lecteur = FakeLecteur()
    tableau = lecteur.read_tableau(lecteur.default_vue("region", "76"))
    reste = replace(tableau, coupes={"profil": Coupe(reste=12, part_reste=0.01)})
    feuille = read_classeur(write_classeur(make_notice(reste, plan), tableau.publication, plan))["Visites par profil"]
    derniere = max(rang for rang, _ in feuille.cellules)

    assert {numero: valeur for (rang, numero), valeur in feuille.cellules.items() if rang == derniere} == {
        0: "Non détaillé", 1: 0.01, 2: 12,
    }  # fmt: skip


def test_the_same_view_gives_the_same_bytes(client: FlaskClient) -> None:
    assert client.get(f"/xlsx?{CIRCONSCRIPTION}").data == client.get(f"/xlsx?{CIRCONSCRIPTION}").data


def test_a_board_without_figures_has_a_spreadsheet_that_says_where_it_comes_from() -> None:
    feuilles = read_classeur(_client(LecteurVide()).get(f"/xlsx?{CIRCONSCRIPTION}").data)

    assert "À lire" in feuilles
    assert len(feuilles) == 2  # the series, whose weeks say why they have no figure


def test_files_are_named_by_block_place_span_and_publication(client: FlaskClient) -> None:
    nom = client.get(f"/csv/profils?{CIRCONSCRIPTION}").headers["Content-Disposition"]

    assert "profils_circonscription_0341123X_2025-09-01_2026-01-12_publication-7.csv" in nom


def test_the_filters_of_a_view_are_in_the_names_of_the_files_that_they_bear_on() -> None:
    publication = FakeLecteur().publication()
    vue = Vue("region", "76", date(2025, 9, 1), date(2026, 1, 12), profil="eleve", service="cahier_textes")
    noms = {code: file_stem(code, vue, publication) for code in ("tableau", "serie", "enfants", "reception")}
    constant = replace(vue, profil="tous", service="", perimetre="constant")

    assert {code: nom.split("2026-01-12")[1] for code, nom in noms.items()} == {
        "tableau": "_eleve_cahier_textes_publication-7",
        "serie": "_eleve_cahier_textes_publication-7",
        "enfants": "_eleve_publication-7",
        "reception": "_publication-7",
    }
    assert file_stem("tableau", constant, publication).endswith("_perimetre-constant_publication-7")


def test_a_file_says_the_service_and_the_schools_that_it_is_about(plan: MarkingPlan) -> None:
    lecteur = FakeLecteur()
    vue = lecteur.default_vue("region", "76")
    service = lecteur.read_tableau(replace(vue, service="cahier_textes"))
    tableau = lecteur.read_tableau(replace(vue, perimetre="constant"))
    compare = Constant("valeur", 0.032, 1_200, 1_163, 12, 8, 0, 0, 0, False)
    constant = replace(tableau, synthese=replace(tableau.synthese, constant=compare))
    dits = [dict(make_notice(t, plan).identite) for t in (service, constant, tableau)]

    assert "Visites (Cahier de textes)" in write_csv(TABLES["serie"](service, plan)).splitlines()[0]
    assert dits[0]["Service"].startswith("Cahier de textes. La série est celle de ce service")
    assert "+\u202f3,2\u202f% par jour d’école, 1\u202f200 visites contre 1\u202f163" in dits[1]["Périmètre"]
    assert "toutes les écoles" in dits[1]["Périmètre"]
    assert "pas d’évolution publiée" in dits[2]["Périmètre"]


@pytest.mark.parametrize("adresse", ["/xlsx", "/lisez-moi", "/xlsx?niveau=uai&territoire=x", "/fichier", "/csv/serie"])
def test_what_cannot_be_handed_over_is_a_404_in_french(client: FlaskClient, adresse: str) -> None:
    reponse = client.get(adresse)

    assert reponse.status_code == 404
    assert reponse.content_type.startswith("text/plain")


def test_the_published_file_is_handed_over_whole_or_in_part(tmp_path: Path) -> None:
    fichier = tmp_path / "dnma-12.duckdb"
    fichier.write_bytes(bytes(range(256)) * 100)
    client = _client(LecteurDuFichier(fichier))

    entier = client.get("/fichier", buffered=True)
    suite = client.get("/fichier", headers={"Range": "bytes=100-199"}, buffered=True)

    assert entier.data == fichier.read_bytes()
    assert "dnma-12.duckdb" in entier.headers["Content-Disposition"]
    assert (suite.status_code, suite.data) == (206, fichier.read_bytes()[100:200])


def test_who_may_not_take_the_file_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "peut_telecharger", lambda: False)

    reponse = _client(LecteurDuFichier(tmp_path / "dnma-1.duckdb")).get("/fichier")

    assert (reponse.status_code, "pas accès" in reponse.get_data(as_text=True)) == (403, True)


def test_an_operator_names_another_licence(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setenv(REGLAGE, "Usage interne de l’académie")
    licence.cache_clear()
    try:
        assert "Usage interne de l’académie" in client.get(f"/lisez-moi?{CIRCONSCRIPTION}").get_data(as_text=True)
    finally:
        licence.cache_clear()


BOARDS = (
    ("region", "76"), ("departement", "034"), ("circonscription", "0341123X"), ("commune", "34194"), ("uai", "0342332A"),
)  # fmt: skip


@pytest.mark.parametrize(("niveau", "territoire"), BOARDS)
def test_every_table_that_has_rows_has_one_link_to_its_file_and_every_link_answers(
    plan: MarkingPlan, niveau: str, territoire: str
) -> None:
    lecteur = LecteurEcoles()
    board = read_board(lecteur, plan, Route("noeud", niveau, territoire), {"profil": "eleve"})
    page = render_page(lecteur, plan, href_vue(board.tableau.vue).partition("?")[0], "?profil=eleve")
    liens = {lien for lien in _hrefs(page.contenu) if lien.startswith(("/csv/", "/xlsx", "/lisez-moi"))}
    attendues = {code for code, make in TABLES.items() if make(board.tableau, plan).lignes}

    assert sorted(lien.partition("?")[0] for lien in liens) == sorted(
        ["/lisez-moi", "/xlsx", *(f"/csv/{code}" for code in attendues)]
    )
    assert [lien for lien in liens if _client(lecteur).get(lien).status_code != 200] == []


def test_the_legend_of_the_map_shows_the_colours_of_its_classes() -> None:
    css = (Path(palette.__file__).parent / "assets" / "carte.css").read_text("utf-8")

    for rang, couleur in enumerate(palette.CLASSES):
        assert f".signe-classe-{rang} {{ background: {couleur}; }}" in css


def _hrefs(composant: object) -> list[str]:
    if isinstance(composant, list | tuple):
        return [href for enfant in composant for href in _hrefs(enfant)]
    if not isinstance(composant, Component):
        return []
    propre = getattr(composant, "href", None)
    return [*([propre] if propre else []), *_hrefs(getattr(composant, "children", None))]
