"""Defects of the ministry's page (its review of 2026-09-10) that can't come back: 1, 3, 5, 8, 17, on every page."""

import ast
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from dashboards.app import create_app
from dashboards.exports.texte_csv import write_csv
from dashboards.render import render_page, render_source
from dashboards.state import PAGES_SIMPLES, parse_route
from dashboards.tables import display
from dashboards.tables.protection import TABLES_PROTECTION
from dashboards.tables.qualite import TABLES_QUALITE
from marking_plan import MarkingPlan
from metrics.tableau import ANNEE, MOIS, SEMAINE
from metrics.tableau import protection as protection_records
from metrics.tableau import qualite as qualite_records
from tests.dashboards.fake_lecteur import FakeLecteur

ROOT = Path(__file__).parents[2]
PAGES = (
    "/qualite", "/protection", "/aide", "/definitions", "/accessibilite", "/donnees-personnelles", "/mentions-legales",
    "/ecoconception", "/", "/recherche?q=ecole", "/territoire/departement/034", "/territoire/circonscription/0341123X",
    "/ecole/0342332A", "/nulle/part",
)  # fmt: skip

FICHIERS = {"/xlsx", "/lisez-moi", "/fichier"}  # what a page lets take away


def walk(composant: object) -> Iterator[Component]:
    """Every component under one."""
    if isinstance(composant, list | tuple):
        for partie in composant:
            yield from walk(partie)
    if isinstance(composant, Component):
        yield composant
        yield from walk(getattr(composant, "children", None))


def read(lecteur: FakeLecteur, plan: MarkingPlan, adresse: str) -> list[Component]:
    """All of a page: content, banner and foot."""
    morceaux = urlsplit(adresse)
    page = render_page(lecteur, plan, morceaux.path, morceaux.query)
    return list(walk([page.contenu, *render_source(lecteur)]))


def links(composants: Sequence[Component]) -> set[str]:
    """Addresses that they lead to."""
    return {str(getattr(c, "href")) for c in composants if getattr(c, "href", None)}  # noqa: B009 - Dash's types lack it


@pytest.fixture
def client(lecteur: FakeLecteur) -> FlaskClient:
    client: FlaskClient = create_app(lecteur).server.test_client()
    return client


@pytest.mark.parametrize("adresse", PAGES)
def test_defect_1_every_link_of_a_page_answers(
    lecteur: FakeLecteur, plan: MarkingPlan, client: FlaskClient, adresse: str
) -> None:
    composants = read(lecteur, plan, adresse)
    ids = {getattr(c, "id", None) for c in composants}
    liens = links(composants)
    morts = [
        lien for lien in liens if (lien[1:] not in ids if lien.startswith("#") else client.get(lien).status_code != 200)
    ]
    assert liens
    assert morts == []


def test_defect_1_paths_are_plain_french_words_without_version_or_code(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    assert [nom for nom in PAGES_SIMPLES if not re.fullmatch(r"[a-z]*(-[a-z]+)*", nom)] == []
    chemins = {urlsplit(lien).path for a in PAGES for lien in links(read(lecteur, plan, a))}
    pages = [chemin for chemin in chemins if chemin and not chemin.startswith("/csv/") and chemin not in FICHIERS]
    assert [chemin for chemin in pages if parse_route(chemin) is None] == []


def test_defect_3_key_figures_calendar_and_table_come_from_one_reading(plan: MarkingPlan) -> None:
    lecteur = CountingLecteur()
    composants = list(walk(render_page(lecteur, plan, "/qualite", "").contenu))
    qualite = FakeLecteur().read_qualite()
    cases = [c for c in composants if "case case-" in str(getattr(c, "className", ""))]
    drawn = [getattr(case, "style", {})["--part"] for case in cases if getattr(case, "title", None)]
    table = TABLES_QUALITE["completude_departements"](qualite, plan)
    told = [ligne.cellules[n] for n in range(1, len(table.colonnes)) for ligne in table.lignes]
    text = " ".join(c.children for c in composants if isinstance(getattr(c, "children", None), str))

    assert lecteur.qualites == 1
    assert sorted(drawn) == sorted(told)  # type: ignore[type-var]
    assert f"{qualite.bilan.completes} sur {qualite.bilan.semaines}" in text


class CountingLecteur(FakeLecteur):
    """A reader that counts how often a page asks."""

    qualites = 0

    def read_qualite(self, annee: str | None = None, region: str | None = None) -> qualite_records.Qualite:
        self.qualites += 1
        return super().read_qualite(annee, region)


@pytest.mark.parametrize("page", ["qualite", "protection"])
def test_defect_3_a_table_and_its_csv_hold_the_same_numbers(
    lecteur: FakeLecteur, plan: MarkingPlan, client: FlaskClient, page: str
) -> None:
    qualite, protection = lecteur.read_qualite(), lecteur.read_protection()
    tables = (
        [make(qualite, plan) for make in TABLES_QUALITE.values()]
        if page == "qualite"
        else [make(protection, plan) for make in TABLES_PROTECTION.values()]
    )
    for table in tables:
        texte = client.get(f"/csv/{page}/{table.code}?annee=2025-2026").get_data(as_text=True)
        lignes = list(csv.reader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))
        assert texte == write_csv(table)
        assert len(lignes) == len(table.lignes) + 1
        assert all(
            display(c, k.genre) for ligne in table.lignes for c, k in zip(ligne.cellules, table.colonnes, strict=True)
        )


@pytest.mark.parametrize("adresse", ["/csv/qualite/fantome", "/csv/fantome/refus"])
def test_an_unknown_block_of_a_page_is_a_404_in_french(client: FlaskClient, adresse: str) -> None:
    reponse = client.get(adresse)
    assert reponse.status_code == 404
    assert "Il n’y a pas de tableau" in reponse.get_data(as_text=True)


def test_defect_5_every_query_of_the_boards_is_asked_by_a_reader() -> None:
    asked = {name for path in (ROOT / "metrics" / "lecture").glob("*.py") for name in query_names(path)}
    queries = {path.stem for path in (ROOT / "metrics" / "sql" / "lecture").glob("*.sql")}
    assert queries
    assert queries - asked == set()


def query_names(path: Path) -> Iterator[str]:
    """Queries that a module names, as they are: a name that ends with the period has one query a period of a view."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            head, tail = str(node.values[0].value), [ast.unparse(v) for v in node.values[1:]]
            if head.startswith("lecture/"):
                assert tail == ["{vue.periode}"] or tail == ["f'{vue.periode}'"], (path.name, tail)
                yield from (head.removeprefix("lecture/") + periode for periode in (SEMAINE, MOIS, ANNEE))
        elif isinstance(node, ast.Constant) and str(node.value).startswith("lecture/"):
            yield str(node.value).removeprefix("lecture/")


@pytest.mark.parametrize("records", [qualite_records, protection_records], ids=["qualite", "protection"])
def test_defect_5_every_figure_that_is_read_is_shown(records: object) -> None:
    shown = {
        node.attr
        for path in (ROOT / "dashboards").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    own = [c for c in vars(records).values() if getattr(c, "__module__", "") == getattr(records, "__name__", "")]
    assert [f"{c.__name__}.{f.name}" for c in own for f in fields(c) if f.name not in shown] == []


def test_defect_8_a_dead_service_is_an_alarm_and_never_a_mere_zero(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = render_page(lecteur, plan, "/qualite", "").contenu
    alertes = next(c for c in walk(page) if getattr(c, "className", "") == "alertes")
    text = " ".join(c if isinstance(c, str) else "" for li in alertes.children for c in li.children)
    assert "Cahier de textes" in text
    assert "n’a plus aucune visite depuis 3\u00a0semaines d’école" in text


@pytest.mark.parametrize("adresse", PAGES)
def test_defect_17_headings_follow_one_another_from_a_single_h1(
    lecteur: FakeLecteur, plan: MarkingPlan, adresse: str
) -> None:
    niveaux = [int(c._type[1]) for c in read(lecteur, plan, adresse) if re.fullmatch(r"H[1-6]", c._type)]
    assert niveaux[0] == 1
    assert niveaux.count(1) == 1
    assert all(suivant <= courant + 1 for courant, suivant in pairwise(niveaux))
