"""Chart = table = CSV = spreadsheet, masks included, on what the engine published under the policy `groupes`."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import plotly.graph_objects as go
import pytest
from dash.development.base_component import Component

from bench.attaque.publications import simulate_lake
from dashboards import figures
from dashboards.board import Board, read_board
from dashboards.demande import publishes_services
from dashboards.exports.classeur import is_masked, write_classeur
from dashboards.exports.notice import make_notice
from dashboards.exports.texte_csv import write_csv
from dashboards.pages.formulaire import form
from dashboards.state import href_noeud, href_vue, parse_champs, parse_route
from dashboards.tables import TABLES, Colonne, Ligne, Manque, Table, Valeur
from ingest.referentiels.carte import load_carte
from ingest.referentiels.ruptures import load_ruptures
from marking_plan import MarkingPlan, load_plan
from marking_plan.semaines import bounds, month_bounds
from marking_plan.tableur import neutralize
from metrics.lecture import Lecteur
from metrics.publication import publish
from metrics.tableau import ANNEE, MOIS, SEMAINE, Noeud, Tableau, Vue
from tests.dashboards.classeur_lu import Style, read_classeur

NIVEAUX = ("region", "academie", "departement", "circonscription", "commune", "uai")
ORIGINE = date(1899, 12, 30)  # day 0 of a spreadsheet
FORMES = {
    "nombre": "#,##0", "part": "0.0%", "taux": "0.0%", "variation": "+0.0%;-0.0%;0.0%",
    "decimal": "[=0]0;[<10]#,##0.00;#,##0.0", "duree": "[h]:mm:ss", "jour": "dd/mm/yyyy",
}  # fmt: skip
PLAN = load_plan()


@pytest.fixture(scope="module")
def donnees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated region, with a break and a map."""
    donnees = simulate_lake(tmp_path_factory.mktemp("region"), 12, 3)
    simulation = donnees.with_name("simulation")
    load_ruptures(donnees, simulation / "ruptures.toml")
    load_carte(donnees, simulation / "departements.geojson", "IGN")
    return donnees


@pytest.fixture(scope="module")
def tableaux(donnees: Path) -> list[Tableau]:
    """Boards from the région down to the schools, by way of the first of each level, académie and commune included.

    By week, where totals are, and by month, where a school's cuts are; the région's also for a masked service. Under both
    policies: `familles` hides the totals of small places.
    """
    lus: list[Tableau] = []
    for politique in ("familles", "groupes"):
        publish(donnees, PLAN, politique=politique)
        lecteur = Lecteur(donnees, PLAN)
        lus += [lecteur.read_tableau(vue) for n in _walk(lecteur, lecteur.racine()) for vue in _vues(lecteur, n)]
    return lus


@pytest.fixture(scope="module")
def groupes(donnees: Path, tableaux: list[Tableau]) -> Lecteur:
    """What reads the last publication, under `groupes`."""
    return Lecteur(donnees, PLAN)


def _vues(lecteur: Lecteur, noeud: Noeud) -> Iterator[Vue]:
    """The weeks of the year, its first month, and the weeks of the région's services that are masked at least once."""
    annee = lecteur.read_offre(noeud.niveau, noeud.territoire).annees[-1]
    du, au = month_bounds(annee.mois[0])
    vue = lecteur.default_vue(noeud.niveau, noeud.territoire)
    semaines = replace(vue, periode=SEMAINE, du=annee.semaines[0], au=annee.semaines[-1])
    yield from (semaines, replace(vue, periode=MOIS, du=du, au=au))
    if noeud == lecteur.racine():
        secrets = lecteur.read_tableau(semaines).coupes["service"].secrets
        yield from (replace(semaines, service=service) for service in secrets)


def _walk(lecteur: Lecteur, noeud: Noeud) -> Iterator[Noeud]:
    yield noeud
    tableau = lecteur.read_tableau(lecteur.default_vue(noeud.niveau, noeud.territoire))
    if noeud.niveau == "departement":
        communes = lecteur.read_tableau(replace(tableau.vue, detail="commune")).enfants
        petite = min(communes, key=lambda commune: commune.visites or 0)
        yield from (tableau.ascendants[-1], Noeud("commune", petite.territoire, petite.nom))
    for rang, enfant in enumerate(tableau.enfants):
        if rang == 0 or enfant.niveau == "uai":
            yield from _walk(lecteur, Noeud(enfant.niveau, enfant.territoire, enfant.nom))


def test_the_small_publication_has_masks_and_schools(tableaux: list[Tableau]) -> None:
    etats = {point.etat for tableau in tableaux for point in tableau.serie}
    ecoles = [t for t in tableaux if t.vue.niveau == "uai"]

    assert {t.vue.niveau for t in tableaux} == set(NIVEAUX)
    assert {t.vue.niveau for t in tableaux if _has_masks(t)} == set(NIVEAUX)
    assert {"valeur", "secret"} <= etats
    assert {t.vue.periode for t in ecoles if t.appareils} == {MOIS}
    assert {t.coupes["appareil"].absence for t in ecoles if t.vue.periode == SEMAINE} == {"par_mois"}
    assert any(t.coupes["appareil"].secrets for t in ecoles)


def _has_masks(tableau: Tableau) -> bool:
    """Whether one of its tables has a row, a cell or a figure of a cut that protection masks."""
    lignes = [ligne for bloc in TABLES for ligne in TABLES[bloc](tableau, PLAN).lignes]
    dites = any(isinstance(c, Manque) and c.etat == "secret" for ligne in lignes for c in ligne.cellules)
    return dites or any(ligne.etat == "secret" for ligne in lignes) or any(c.secrets for c in tableau.coupes.values())


@pytest.mark.parametrize("bloc", TABLES)
def test_a_csv_holds_the_rows_of_the_table(tableaux: list[Tableau], bloc: str) -> None:
    for tableau in tableaux:
        table = TABLES[bloc](tableau, PLAN)
        lus = list(csv.reader(io.StringIO(write_csv(table).removeprefix("\ufeff")), delimiter=";"))
        assert len(lus[0]) == len(table.colonnes)
        assert lus[1:] == [[_as_csv(valeur) for valeur in ligne.cellules] for ligne in table.lignes]


def test_a_spreadsheet_holds_the_rows_of_every_table_and_no_other(tableaux: list[Tableau]) -> None:
    for tableau in tableaux:
        notice = make_notice(tableau, PLAN)
        feuilles = list(read_classeur(write_classeur(notice, tableau.publication, PLAN)).values())
        assert [t.code for t in notice.tableaux] == [b for b in TABLES if TABLES[b](tableau, PLAN).lignes]
        for table, feuille in zip(notice.tableaux, feuilles[1:], strict=True):
            assert feuille.cellules == pytest.approx(_as_sheet(table, PLAN), abs=1e-9)
            assert (feuille.figees, feuille.formules) == (1, 0)


def test_a_masked_cell_says_so_in_the_spreadsheet_and_is_blank_in_the_csv(tableaux: list[Tableau]) -> None:
    vues = 0
    for tableau in tableaux:
        table = TABLES["serie"](tableau, PLAN)
        feuille = list(read_classeur(write_classeur(make_notice(tableau, PLAN), tableau.publication, PLAN)).values())[1]
        lignes = write_csv(table).splitlines()[1:]
        for rang, ligne in enumerate(table.lignes):
            if ligne.etat == "secret":
                vues += 1
                assert feuille.cellules[rang + 1, 1] == PLAN.libelle("etat", "secret")
                assert lignes[rang].split(";")[1] == ""
    assert vues


def test_a_figure_that_is_not_there_is_the_same_word_in_every_file(tableaux: list[Tableau]) -> None:
    vus: set[tuple[str, str]] = set()
    for tableau in tableaux:
        notice = make_notice(tableau, PLAN)
        feuilles = list(read_classeur(write_classeur(notice, tableau.publication, PLAN)).values())[1:]
        for table, feuille in zip(notice.tableaux, feuilles, strict=True):
            lus = list(csv.reader(io.StringIO(write_csv(table)), delimiter=";"))
            for place, manque in _manques(table):
                vus.add((table.code, manque.etat))
                assert feuille.cellules[place] == lus[place[0]][place[1]] == PLAN.libelle("etat", manque.etat)
                assert feuille.styles[place].italique
    assert {("enfants", "secret"), ("pics", "secret"), ("mois", "secret"), ("pics", "non_ouverte")} <= vus


def _manques(table: Table) -> list[tuple[tuple[int, int], Manque]]:
    """Where they are, headings being row 0."""
    lignes = enumerate(table.lignes, 1)
    return [((i, j), c) for i, ligne in lignes for j, c in enumerate(ligne.cellules) if isinstance(c, Manque)]


def test_numbers_are_typed_and_dressed_by_the_kind_of_their_column(tableaux: list[Tableau]) -> None:
    vus: set[str] = set()
    for tableau in tableaux:
        notice = make_notice(tableau, PLAN)
        feuilles = list(read_classeur(write_classeur(notice, tableau.publication, PLAN)).values())[1:]
        for table, feuille in zip(notice.tableaux, feuilles, strict=True):
            for (rang, numero), valeur in feuille.cellules.items():
                if rang and isinstance(valeur, float):
                    vus.add(genre := table.colonnes[numero].genre)
                    assert feuille.styles[rang, numero] == Style(FORMES[genre], False)
    assert {"nombre", "part", "taux", "duree", "jour"} <= vus


def test_bars_and_points_hold_the_visits_of_the_tables(tableaux: list[Tableau]) -> None:
    for tableau in tableaux:
        barres = {
            x: y
            for trace in go.Figure(figures.figure_serie(tableau.serie)).data
            if trace.type == "bar" and trace.name != "precedent"
            for x, y in zip(trace.x, trace.y, strict=True)
        }
        assert barres == {p.debut: p.visites for p in tableau.serie if p.visites is not None}
        if tableau.creneaux:
            z = figures.figure_creneaux(tableau.creneaux)["data"][0]["z"]
            heures = [[_figure(v) for v in ligne.cellules[1:]] for ligne in TABLES["creneaux"](tableau, PLAN).lignes]
            assert heures == [list(heure) for heure in zip(*z, strict=True)]
        if tableau.carte:
            table = TABLES["enfants"](tableau, PLAN)
            rang = [colonne.titre for colonne in table.colonnes].index(PLAN.indicateur("visites").libelle)
            enfants = {ligne.cellules[0]: _figure(ligne.cellules[rang]) for ligne in table.lignes}
            assert {lieu.territoire: lieu.visites for lieu in tableau.carte.lieux}.items() <= enfants.items()


@pytest.fixture(scope="module", params=NIVEAUX)
def vues(request: pytest.FixtureRequest, groupes: Lecteur, tableaux: list[Tableau]) -> list[Vue]:
    """Every view that a node of a level may be asked for."""
    niveau = request.param
    usuelle = groupes.default_vue(niveau, next(t.vue.territoire for t in tableaux if t.vue.niveau == niveau))
    return list(_choices(groupes, usuelle))


def test_an_address_gives_back_every_view_that_it_may_ask_for(groupes: Lecteur, vues: list[Vue]) -> None:
    for vue in vues:
        lu = _read_address(groupes, href_vue(vue))
        assert (lu.demande.avertissements, lu.tableau) == ((), groupes.read_tableau(vue))


def test_the_form_of_a_page_sends_the_address_of_that_page(groupes: Lecteur, vues: list[Vue]) -> None:
    for vue in vues:
        board = _read_address(groupes, href_vue(vue))
        envoye = f"{href_noeud(vue.niveau, vue.territoire)}?{urlencode(_submitted(form(board, PLAN)))}"
        assert _read_address(groupes, envoye).demande == board.demande


def _choices(lecteur: Lecteur, usuelle: Vue) -> Iterator[Vue]:
    """One view for each choice that the form of a node offers."""
    offre = lecteur.read_offre(usuelle.niveau, usuelle.territoire)
    annee = offre.annees[-1]
    semaines = replace(usuelle, periode=SEMAINE, du=annee.semaines[0], au=annee.semaines[-1])
    yield from (replace(semaines, profil=profil.code) for profil in annee.profils)
    yield from (replace(semaines, du=lundi, au=lundi) for lundi in annee.semaines)
    yield from (replace(usuelle, periode=MOIS, du=m, au=month_bounds(m)[1]) for m in annee.mois)
    du, au = bounds(annee.annee)
    yield replace(usuelle, periode=ANNEE, du=du, au=au)
    if publishes_services(offre, semaines):
        yield from (replace(semaines, service=s.code) for s in PLAN.services if s.degre != "second")
    yield from (replace(semaines, detail=niveau) for niveau in offre.niveaux[1:])
    if usuelle.niveau != "uai":
        yield replace(semaines, perimetre="constant")


def _read_address(lecteur: Lecteur, adresse: str) -> Board:
    morceaux = urlsplit(adresse)
    route = parse_route(morceaux.path)
    assert route is not None
    return read_board(lecteur, PLAN, route, parse_champs(morceaux.query))


def _submitted(composant: object) -> list[tuple[str, str]]:
    """What a browser sends of a form: of each list, the choice that is marked, else the first."""
    if isinstance(composant, list | tuple):
        return [champ for partie in composant for champ in _submitted(partie)]
    if not isinstance(composant, Component):
        return []
    if composant._type != "Select":
        return _submitted(getattr(composant, "children", None))
    choix = composant.children
    marque = next((option for option in choix if getattr(option, "selected", False)), choix[0])
    return [(str(getattr(composant, "name", "")), marque.value)]


def _figure(valeur: Valeur) -> Valeur:
    return None if isinstance(valeur, Manque) else valeur


def _as_csv(valeur: Valeur) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, str):
        return neutralize(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return str(valeur) if isinstance(valeur, int) else f"{valeur:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def _as_sheet(table: Table, plan: MarkingPlan) -> dict[tuple[int, int], str | float]:
    cellules: dict[tuple[int, int], str | float] = {(0, n): c.titre for n, c in enumerate(table.colonnes)}
    for rang, ligne in enumerate(table.lignes, 1):
        for numero, (colonne, valeur) in enumerate(zip(table.colonnes, ligne.cellules, strict=True)):
            lue = _as_cell(colonne, ligne, valeur, plan)
            if lue is not None:
                cellules[rang, numero] = lue
    return cellules


def _as_cell(colonne: Colonne, ligne: Ligne, valeur: Valeur, plan: MarkingPlan) -> str | float | None:
    if is_masked(colonne, ligne, valeur):
        return plan.libelle("etat", ligne.etat)
    if isinstance(valeur, date):
        return (valeur - ORIGINE).days
    if isinstance(valeur, str):
        return neutralize(valeur) or None
    return valeur / timedelta(days=1).total_seconds() if valeur is not None and colonne.genre == "duree" else valeur
