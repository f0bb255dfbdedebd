"""Both boards in a real Chromium: choices make addresses, tables and files hold the same numbers."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.navigateur import Visite

BOARDS = ("/territoire/circonscription/0341123X", "/ecole/0342332A")


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_choice_makes_an_address_and_the_back_button_undoes_it(visite: Visite, chemin: str) -> None:
    visite.open(chemin)
    visite.page.select_option("#champ-profil", "eleve")
    visite.page.select_option("#champ-du", "2025-10-06")
    visite.page.click(".filtres button")
    expect(visite.page).to_have_url(re.compile(r"\?.*profil=eleve"))
    expect(visite.page.locator("#champ-profil")).to_have_value("eleve")
    expect(visite.page).to_have_title(re.compile("6\u00a0octobre 2025"))
    visite.page.go_back()
    expect(visite.page).to_have_url(visite.adresse + chemin)
    expect(visite.page.locator("#champ-profil")).to_have_value("tous")


@pytest.mark.parametrize("chemin", BOARDS)
def test_a_table_and_its_csv_hold_the_same_numbers(ouvre: Callable[[str], Visite], chemin: str) -> None:
    visite = ouvre(chemin)
    lien = visite.page.get_attribute("#serie a.csv", "href")
    texte = visite.page.request.get(f"{visite.adresse}{lien}").body().decode("utf-8-sig")
    attendus = [ligne[1:3] for ligne in csv.reader(io.StringIO(texte), delimiter=";")][1:]
    lus = visite.page.eval_on_selector_all(
        "#serie tbody tr",
        "lignes => lignes.map(l => [...l.querySelectorAll('td')].slice(0, 2).map(c => c.textContent))",
    )
    assert [[cellule.replace("\u202f", "").replace("–", "") for cellule in ligne] for ligne in lus] == attendus


def test_the_search_form_leads_to_a_school(visite: Visite) -> None:
    visite.page.goto(visite.adresse)
    visite.page.fill("#recherche-entete", "arc en ciel")
    visite.page.press("#recherche-entete", "Enter")
    visite.page.wait_for_selector(".resultats a")
    visite.page.click(".resultats a")
    visite.page.wait_for_selector(".fiche")
    assert visite.page.url.endswith("/ecole/0342332A")


def test_what_is_chosen_is_read_whole(visite: Visite) -> None:
    visite.open("/territoire/circonscription/0341123X")
    cut = visite.page.evaluate(
        """() => [...document.querySelectorAll(".filtres > .champ select")].filter((e) => {
      const mots = document.createElement("span"), style = getComputedStyle(e);
      mots.style.cssText = `position: absolute; white-space: pre; font: ${style.font}`;
      mots.textContent = e.selectedOptions[0].text;
      document.body.append(mots);
      const place = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;  // the arrow
      const trop = e.offsetParent !== null && mots.getBoundingClientRect().width > place;
      mots.remove();
      return trop;
    }).map((e) => e.name)"""
    )
    assert cut == []
