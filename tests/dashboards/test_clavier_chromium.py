"""A board by keyboard alone, from its top: Tab, Enter, space, arrows and letters do what a mouse does, and one sees where one is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from metrics.tableau import Offre, Tableau, Vue
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.navigateur import HAUTEUR, Visite, open_contexte, serve_lecteur

DEPARTEMENT = "/territoire/departement/034"
ARRETS_MAX = 250
# What one may act on, by HTML's own rules; what is folded away doesn't show.
ACTIFS = "a[href], button, select, input, summary, [tabindex='0']"
PLUS = {"service", "detail", "perimetre"}
ARRET = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(e), cadre = e.getBoundingClientRect();
  const dessus = document.elementFromPoint((cadre.left + cadre.right) / 2, (Math.max(cadre.top, 0) + Math.min(cadre.bottom, innerHeight)) / 2);
  return {
    rang: [...document.querySelectorAll("*")].indexOf(e),
    nom: `${e.tagName} ${e.name ?? e.id} ${e.textContent.slice(0, 40)}`,
    champ: e.tagName === "SELECT" ? e.name : "",
    contour: outlineStyle === "none" ? 0 : parseFloat(outlineWidth),
    vu: cadre.width > 0 && dessus !== null && (e.contains(dessus) || dessus.contains(e)),
  };
}"""

# A browser goes on from where what had the focus was, even once that is gone.
EN_TETE = """() => {
  const premier = document.createElement("span");
  premier.tabIndex = -1;
  document.body.prepend(premier);
  premier.focus();
  premier.remove();
  window.scrollTo(0, 0);
}"""


class LecteurDetaille(LecteurEcoles):
    """Territories whose children may be shown at two levels."""

    def read_offre(self, niveau: str, territoire: str) -> Offre:
        return replace(super().read_offre(niveau, territoire), niveaux=("circonscription", "commune"))

    def read_tableau(self, vue: Vue) -> Tableau:
        return replace(super().read_tableau(vue), offre=self.read_offre(vue.niveau, vue.territoire))


@dataclass(frozen=True, slots=True)
class Arret:
    """Where Tab led: which element of the page, how thick its outline is, whether nothing covers it."""

    rang: int
    nom: str
    champ: str
    contour: float
    vu: bool


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    with serve_lecteur(LecteurDetaille()) as adresse:
        yield adresse


@pytest.fixture(scope="module")
def laptop(chromium: Browser, adresse: str) -> Iterator[BrowserContext]:
    with open_contexte(chromium, adresse, 1280) as contexte:
        yield contexte


@pytest.fixture
def page(laptop: BrowserContext, adresse: str) -> Iterator[Page]:
    """The board, just opened."""
    page = laptop.new_page()
    Visite(page, adresse).open(DEPARTEMENT)
    yield page
    page.close()


@pytest.fixture(scope="module")
def ouverte(laptop: BrowserContext, adresse: str) -> Iterator[Page]:
    """The board opened once, for tests that leave it as it was."""
    page = laptop.new_page()
    Visite(page, adresse).open(DEPARTEMENT)
    yield page
    page.close()


@pytest.fixture
def restee(ouverte: Page) -> Page:
    """That board, as if nobody had gone through it: Tab starts from what comes first in it."""
    ouverte.evaluate(EN_TETE)
    return ouverte


@pytest.fixture(scope="module")
def marche(laptop: BrowserContext, adresse: str) -> Iterator[tuple[Page, list[Arret]]]:
    """The board with everything unfolded, and where Tab leads from its top to its end."""
    visite = Visite(laptop.new_page(), adresse)
    visite.open(DEPARTEMENT)
    visite.unfold()
    yield visite.page, list(walk(visite.page, "Tab"))
    visite.page.close()


def walk(page: Page, touche: str) -> Iterator[Arret]:
    """Stops until the page is left, or far too many."""
    for _ in range(ARRETS_MAX):
        page.keyboard.press(touche)
        arret = page.evaluate(ARRET)
        if arret is None:
            return
        yield Arret(**arret)


def reach(page: Page, cible: str) -> None:
    """Tab from where one is to the first such element."""
    for _ in range(ARRETS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("cible => document.activeElement.matches(cible)", cible):
            return
    pytest.fail(f"{cible} is never reached")


def test_the_first_stop_leads_past_the_menu(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".evitement")).to_be_focused()
    expect(page.locator(".evitement")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_stop_shows_where_one_is(marche: tuple[Page, list[Arret]]) -> None:
    _, arrets = marche

    assert [arret.nom for arret in arrets if arret.contour < 2 or not arret.vu] == []


def test_stops_follow_the_page_and_come_to_an_end(marche: tuple[Page, list[Arret]]) -> None:
    _, arrets = marche
    rangs = [arret.rang for arret in arrets]

    assert len(rangs) < ARRETS_MAX
    assert rangs == sorted(set(rangs))


def test_whatever_acts_is_a_stop(marche: tuple[Page, list[Arret]]) -> None:
    page, arrets = marche
    actifs = page.evaluate(
        "actifs => { const tous = [...document.querySelectorAll('*')]; "
        "return [...document.querySelectorAll(actifs)].filter(e => e.checkVisibility()).map(e => tous.indexOf(e)); }",
        ACTIFS,
    )

    assert [arret.rang for arret in arrets] == actifs
    assert {arret.champ for arret in arrets} - {""} == {"annee", "periode", "du", "au", "profil", *PLUS}


def test_the_way_back_is_the_way_there(restee: Page) -> None:
    aller = list(islice(walk(restee, "Tab"), 30))
    retour = list(walk(restee, "Shift+Tab"))

    assert [arret.rang for arret in retour] == [arret.rang for arret in reversed(aller[:29])]


def test_a_school_is_searched(page: Page) -> None:
    reach(page, "#recherche-entete")
    page.keyboard.type("arc en ciel")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/recherche\?q=arc"))


@pytest.mark.parametrize(
    "noms",
    [("annee", "du", "au", "profil"), ("periode", "mois", "profil"), ("profil", "service"), ("detail", "perimetre")],
)
def test_filters_are_chosen_by_arrows_and_applied(page: Page, noms: tuple[str, ...]) -> None:
    choisis: dict[str, str] = {}
    for nom in noms:
        if nom in PLUS and not PLUS & choisis.keys():
            reach(page, ".filtres summary")
            page.keyboard.press("Enter")
        choisis[nom] = choose(page, nom)
    reach(page, ".filtres button")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"\?annee="))
    assert choisis.items() <= {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(page.url).query).items()}.items()
    for nom, valeur in choisis.items():
        expect(page.locator(f"#champ-{nom}")).to_have_value(valeur)


def choose(page: Page, nom: str) -> str:
    """Another choice of a list than the one that it shows, when it has two."""
    champ = f"#champ-{nom}"
    reach(page, champ)
    avant = page.input_value(champ)
    page.keyboard.press("ArrowDown")
    if page.input_value(champ) == avant:
        page.keyboard.press("ArrowUp")
    return page.input_value(champ)


def test_a_table_is_sorted(page: Page) -> None:
    reach(page, "#enfants thead a[aria-label^='Visites']")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"tri=-?visites"))
    expect(page.locator("#enfants th[aria-sort]")).to_have_count(1)


def test_a_table_is_unfolded_and_folded_back(restee: Page) -> None:
    reach(restee, "#serie summary")
    restee.keyboard.press("Space")
    expect(restee.locator("#serie table")).to_be_visible()
    restee.keyboard.press("Tab")
    assert restee.evaluate("document.activeElement.matches('#serie .boite')")
    restee.keyboard.press("Shift+Tab")
    restee.keyboard.press("Enter")

    expect(restee.locator("#serie table")).to_be_hidden()


@pytest.mark.parametrize(
    ("cible", "touche", "fin"),
    [
        ("#serie a.csv", "Enter", ".csv"),
        ("#serie button.image", "Space", ".png"),
        ("#emporter a[href^='/xlsx']", "Enter", ".xlsx"),
    ],
)
def test_a_file_is_taken_away(restee: Page, cible: str, touche: str, fin: str) -> None:
    reach(restee, cible)
    with restee.expect_download() as telechargement:
        restee.keyboard.press(touche)

    assert telechargement.value.suggested_filename.endswith(fin)


def test_a_table_wider_than_a_phone_is_read_by_arrows(chromium: Browser, adresse: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": HAUTEUR})
    Visite(page, adresse).open(DEPARTEMENT)
    reach(page, "#enfants .boite")
    page.keyboard.press("ArrowRight")

    page.wait_for_timeout(300)
    glisse = page.evaluate("document.activeElement.scrollLeft")
    page.close()
    assert glisse > 0
