"""The ministry page's defects that bear on schools and territories, one test each (peers.md 7), named by their number."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest
from dash.development.base_component import Component

import dashboards
from dashboards import figures, tables
from dashboards.app import create_app
from dashboards.phrases.accompagnement import resume_accompagnement
from dashboards.render import render_page
from dashboards.state import href_csv
from marking_plan import MarkingPlan
from tests.dashboards.fake_ecoles import COMPARAISONS, LecteurEcoles
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, BEZIERS, DOLTO, GARD

REGION, DEPARTEMENT = "/territoire/region/76", "/territoire/departement/034"
CIRCONSCRIPTION, COMMUNE = "/territoire/circonscription/0341123X", "/territoire/commune/34194"
ECOLE = f"/ecole/{ARC_EN_CIEL.territoire}"
PAGES = (REGION, DEPARTEMENT, CIRCONSCRIPTION, COMMUNE, ECOLE)
MIENNES = ("reception", "enfants", "causes", "accompagnement", "semblables", "mois", "pics", "acces", "acces_ecoles")


@pytest.fixture
def lecteur() -> LecteurEcoles:
    return LecteurEcoles()


def walk(composant: object) -> Iterator[Component]:
    """Every component under one, in reading order."""
    if isinstance(composant, list | tuple):
        for enfant in composant:
            yield from walk(enfant)
    elif isinstance(composant, Component):
        yield composant
        yield from walk(getattr(composant, "children", None))


def text_of(composant: object) -> str:
    """All text under a component."""
    if isinstance(composant, list | tuple):
        return " ".join(text_of(c) for c in composant)
    return text_of(getattr(composant, "children", "")) if isinstance(composant, Component) else str(composant or "")


def page_of(lecteur: LecteurEcoles, plan: MarkingPlan, chemin: str) -> list[Component]:
    return list(walk(render_page(lecteur, plan, chemin, "").contenu))


def links_of(composant: object) -> list[str]:
    """Addresses of the links under a component."""
    return [str(getattr(c, "href", "")) for c in walk(composant) if c._type == "A"]


def section_of(page: list[Component], identifiant: str) -> Component | None:
    return next((c for c in page if c._type == "Section" and getattr(c, "id", None) == identifiant), None)


def test_11_a_comparison_never_shows_the_same_number_twice(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    assert section_of(page_of(lecteur, plan, REGION), "semblables") is None
    assert section_of(page_of(lecteur, plan, ECOLE), "semblables") is not None
    lignes = tables.semblables(lecteur.read_tableau(lecteur.default_vue("uai", ARC_EN_CIEL.territoire)), plan).lignes
    assert len({ligne.cellules[1:] for ligne in lignes}) == len(lignes)


def test_15_the_rows_of_a_table_are_all_of_the_level_that_it_names(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    for chemin, niveau in ((REGION, "academie"), (DEPARTEMENT, "circonscription"), (CIRCONSCRIPTION, "uai")):
        bloc = section_of(page_of(lecteur, plan, chemin), "enfants")
        liens = [lien for lien in links_of(bloc) if "tri=" not in lien]
        debut = "/ecole/" if niveau == "uai" else f"/territoire/{niveau}/"
        assert {lien.startswith((debut, "/csv/", "/lisez-moi?")) for lien in liens} == {True}


@pytest.mark.parametrize("chemin", PAGES)
def test_16_every_level_down_to_the_school_has_its_board(
    lecteur: LecteurEcoles, plan: MarkingPlan, chemin: str
) -> None:
    page = render_page(lecteur, plan, chemin, "")
    assert "introuvable" not in page.titre
    assert section_of(list(walk(page.contenu)), "serie") is not None


@pytest.mark.parametrize("chemin", PAGES)
def test_17_headings_follow_one_another_without_a_gap(lecteur: LecteurEcoles, plan: MarkingPlan, chemin: str) -> None:
    niveaux = [int(c._type[1]) for c in page_of(lecteur, plan, chemin) if re.fullmatch(r"H[1-6]", c._type)]
    assert niveaux[0] == 1
    assert niveaux.count(1) == 1
    assert all(suivant <= niveau + 1 for niveau, suivant in pairwise(niveaux))


@pytest.mark.parametrize("bloc", MIENNES)
def test_19_every_table_of_a_block_is_a_file_too(lecteur: LecteurEcoles, plan: MarkingPlan, bloc: str) -> None:
    serveur = create_app(lecteur).server.test_client()
    chemin = {
        "enfants": CIRCONSCRIPTION,
        "causes": REGION,
        "accompagnement": REGION,
        "mois": COMMUNE,
        "acces_ecoles": COMMUNE,
    }.get(bloc, ECOLE)
    contenu = render_page(lecteur, plan, chemin, "").contenu
    # A map leads to the file of the table that it draws: one address, wherever it stands.
    fichiers = {lien for lien in links_of(contenu) if lien.startswith(f"/csv/{bloc}?")}
    assert len(fichiers) == 1
    reponse = serveur.get(fichiers.pop())
    assert reponse.status_code == 200
    assert len(reponse.get_data(as_text=True).splitlines()) > 1


def test_21_no_code_adds_users_over_children_or_weeks() -> None:
    sql = [*resources.files("metrics").joinpath("sql/lecture").iterdir()]
    sums = {f.name: re.findall(r"sum\((?!case)[^)]*utilisateurs[^)]*\)", f.read_text("utf-8")) for f in sql}
    weekly = {name for name, found in sums.items() if found}
    # One child's own weeks, which enfants.py divides by their number; nothing else adds them.
    assert weekly <= {"enfants.sql"}
    pages = Path(dashboards.__file__).parent.rglob("*.py")
    assert [p.name for p in pages if re.search(r"sum\([^)]*utilisateurs", p.read_text("utf-8"))] == []


def test_21_a_table_of_months_says_that_users_do_not_add_up(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    mois = section_of(page_of(lecteur, plan, COMMUNE), "mois")
    assert "ne s’additionnent pas" in text_of(mois)
    tableau = lecteur.read_tableau(lecteur.default_vue("commune", "34194"))
    assert [ligne.cellules[0] for ligne in tables.mois(tableau, plan).lignes] == [
        "Novembre 2025", "Décembre 2025", "Janvier 2026",
    ]  # fmt: skip


def test_a_masked_figure_an_absent_one_and_a_zero_do_not_look_alike(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue("circonscription", "0341123X"))
    table = tables.enfants(tableau, plan)
    par_ecole = {ligne.cellules[0]: ligne.cellules for ligne in table.lignes}
    rangs = {colonne.titre: rang for rang, colonne in enumerate(table.colonnes)}
    secret = par_ecole[DOLTO.territoire][rangs["Visites d’élèves"]]
    zero = par_ecole[DOLTO.territoire][rangs["Visites de parents"]]
    assert isinstance(secret, tables.Manque)
    assert (secret, secret.etat, zero) == ("secret statistique", "secret", 0)


def test_a_trend_tells_each_state_by_a_sign_and_in_words(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    bloc = section_of(page_of(lecteur, plan, CIRCONSCRIPTION), "enfants")
    image = next(c for c in walk(bloc) if c._type == "Img")
    for etat in ("secret", "non_recu", "non_ouverte", "presume"):
        assert plan.libelle("etat", etat) in str(getattr(image, "alt", ""))
        assert plan.libelle("etat", etat) in text_of(bloc)


def test_a_list_says_why_each_school_is_there(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    bloc = text_of(section_of(page_of(lecteur, plan, REGION), "accompagner"))
    for cause in plan.causes:
        assert cause.libelle.capitalize() in bloc
    assert "12\u00a0visites par jour d’école, contre 41" in bloc
    assert "2\u00a0jours reçus sur 4 attendus" in bloc


def test_a_school_says_whether_it_is_listed(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    listed = text_of(section_of(page_of(lecteur, plan, ECOLE), "suivi"))
    other = text_of(section_of(page_of(lecteur, plan, f"/ecole/{DOLTO.territoire}"), "suivi"))
    assert "est dans la liste" in listed
    assert "baisse, parents absents" in listed
    assert "n’est pas dans la liste" in other


def test_a_territory_without_a_school_to_support_says_so(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    bloc = section_of(page_of(lecteur, plan, f"/territoire/departement/{GARD.territoire}"), "accompagner")
    assert "aucune école ne répond aux critères" in text_of(bloc)
    assert "Comment une école entre dans la liste" in text_of(bloc)


def test_weeks_that_are_not_judged_yet_are_told(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue("region", "76"))
    *others, last = tableau.serie
    assert tableau.accompagnement.semaine is not None
    sures = [replace(point, provisoire=False) for point in others]
    apres = replace(last, debut=tableau.accompagnement.semaine + timedelta(weeks=1), provisoire=True, dans_vue=True)
    dit = resume_accompagnement(replace(tableau, serie=(*sures, apres)))
    assert dit.endswith("1\u00a0semaine suivante peut encore recevoir des données\u202f: elle n’est pas encore jugée.")
    assert "encore" not in resume_accompagnement(replace(tableau, serie=tuple(sures)))


def test_a_cause_that_could_not_be_looked_for_is_no_nil(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue("region", "76"))
    tot = replace(tableau.accompagnement, par_cause=(("arret", 0), ("baisse", None)))
    table = tables.causes(replace(tableau, accompagnement=tot), plan)
    assert [ligne.cellules for ligne in table.lignes] == [("Arrêt", 0), ("Baisse", "trop tôt pour le dire")]


def test_a_listed_school_opens_on_the_weeks_of_its_evidence(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    vue = lecteur.default_vue("region", "76")
    liens = [lien for lien in links_of(section_of(page_of(lecteur, plan, REGION), "accompagner")) if "/ecole/" in lien]
    assert liens
    assert all(f"du={vue.du}&au={vue.au}" in lien for lien in liens)


def test_a_commune_shows_neither_the_list_nor_amounts_it_does_not_have(
    lecteur: LecteurEcoles, plan: MarkingPlan
) -> None:
    page = page_of(lecteur, plan, COMMUNE)
    assert section_of(page, "accompagner") is None
    assert "région académique" in text_of(section_of(page, "convention"))


def test_a_commune_is_told_nothing_of_commands_that_only_an_operator_types(
    lecteur: LecteurEcoles, plan: MarkingPlan
) -> None:
    assert "dnma " not in text_of(page_of(lecteur, plan, COMMUNE))


def test_a_commune_has_the_access_of_each_of_its_schools(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    bloc = section_of(page_of(lecteur, plan, COMMUNE), "acces")
    assert {f"/ecole/{uai}" for uai in (ARC_EN_CIEL.territoire, DOLTO.territoire)} <= {
        lien.split("?")[0] for lien in links_of(bloc)
    }
    ecole = section_of(page_of(lecteur, plan, ECOLE), "acces")
    assert "École par école" not in text_of(ecole)
    assert not [lien for lien in links_of(ecole) if lien.startswith("/csv/acces_ecoles")]


def test_a_box_is_the_table_and_draws_no_single_school(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    table = tables.semblables(lecteur.read_tableau(lecteur.default_vue("uai", ARC_EN_CIEL.territoire)), plan)
    traces = go.Figure(figures.figure_semblables(COMPARAISONS, table)).data
    boxes = [trace for trace in traces if trace.type == "box"]
    quartiles = [[*ligne.cellules[1:]] for ligne in table.lignes[1:]]
    assert [list(column) for column in zip(*[(b.q1[0], b.median[0], b.q3[0]) for b in boxes], strict=True)] == quartiles
    assert all((b.lowerfence, b.upperfence) == (b.q1, b.q3) for b in boxes)


def test_the_weeks_received_in_part_are_named(lecteur: LecteurEcoles, plan: MarkingPlan) -> None:
    bloc = section_of(page_of(lecteur, plan, f"/territoire/circonscription/{BEZIERS.territoire}"), "reception")
    assert "2\u00a0sont incomplètes" in text_of(bloc)
    classes = [getattr(c, "className", None) for c in walk(bloc) if c._type == "Li"]
    assert classes.count("partiel") == classes.count("vide-recu") == 1


def test_an_address_of_a_file_keeps_the_view(lecteur: LecteurEcoles) -> None:
    vue = lecteur.default_vue("uai", ARC_EN_CIEL.territoire)
    assert f"territoire={ARC_EN_CIEL.territoire}" in href_csv("semblables", vue)
