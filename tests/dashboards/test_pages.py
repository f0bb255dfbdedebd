"""What each page answers, in words: may the figures be believed, how they are protected, who runs the boards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from dash.development.base_component import Component

from dashboards.formats import espaces
from dashboards.pages.accessibilite import page_accessibilite
from dashboards.pages.aide import page_aide
from dashboards.pages.legales import page_donnees_personnelles, page_mentions
from dashboards.pages.qualite import page_qualite
from dashboards.pages.textes import A_COMPLETER
from dashboards.phrases import protection as phrases_protection
from dashboards.phrases import qualite as phrases_qualite
from dashboards.render import render_page, render_source
from dashboards.tables.protection import reserves
from dashboards.tables.qualite import livraisons, livraisons_recentes
from marking_plan import MarkingPlan
from marking_plan.accessibilite import current_audit, load_audit
from marking_plan.conservation import load_regles
from marking_plan.exploitant import current_exploitant, load_exploitant
from metrics.errors import PublicationAbsente
from metrics.tableau import Noeud, Publication
from metrics.tableau.protection import PolitiqueEnVigueur
from metrics.tableau.qualite import Qualite
from tests.dashboards.fake_lecteur import FakeLecteur
from tests.dashboards.fake_pages import INCOMPLETE


def _arretee(qualite: Qualite) -> Publication:
    """The publication, as if nothing had come for weeks."""
    return replace(qualite.publication, dernier_recu=date(2025, 12, 14), jours_sans_donnee=13)


@pytest.fixture
def qualite(lecteur: FakeLecteur) -> Qualite:
    return lecteur.read_qualite()


def hrefs(composant: object) -> list[str]:
    """Addresses of all links under a component."""
    if isinstance(composant, list | tuple):
        return [href for c in composant for href in hrefs(c)]
    if not isinstance(composant, Component):
        return []
    return [str(getattr(composant, "href", "")), *hrefs(getattr(composant, "children", None))]


def text_of(composant: object) -> str:
    """All text under a component, as it is read."""
    if isinstance(composant, list | tuple):
        return "".join(text_of(c) for c in composant)
    return text_of(getattr(composant, "children", "")) if isinstance(composant, Component) else str(composant or "")


def read(lecteur: FakeLecteur, plan: MarkingPlan, chemin: str, search: str = "") -> str:
    return text_of(render_page(lecteur, plan, chemin, search).contenu)


def test_the_verdict_names_the_weeks_not_to_be_compared(qualite: Qualite) -> None:
    assert phrases_qualite.verdict(qualite).startswith("Oui pour 5\u00a0semaines d’école sur 6")
    assert "15\u00a0sept.\u00a02025 (50\u202f%)" in phrases_qualite.verdict(qualite)


def test_the_verdict_tells_apart_the_weeks_that_may_still_receive(qualite: Qualite) -> None:
    plus = replace(qualite, bilan=replace(qualite.bilan, semaines=qualite.bilan.semaines + 1))
    assert phrases_qualite.verdict(plus).endswith("1\u00a0semaine peut encore recevoir des données.")
    assert "encore recevoir" not in phrases_qualite.verdict(qualite)


def test_the_verdict_says_no_when_no_week_is_whole(qualite: Qualite) -> None:
    assert phrases_qualite.verdict(replace(qualite, bilan=replace(qualite.bilan, completes=0))).startswith("Non\u202f:")


def test_the_verdict_says_yes_when_every_week_is_whole(qualite: Qualite) -> None:
    assert phrases_qualite.verdict(replace(qualite, bilan=replace(qualite.bilan, completes=6))).startswith("Oui\u202f:")


def test_a_year_without_a_school_week_has_nothing_to_believe(qualite: Qualite, plan: MarkingPlan) -> None:
    vide = replace(qualite, region=(), bilan=replace(qualite.bilan, semaines=0, completes=0, part_recue=None))
    assert "rien à croire" in phrases_qualite.verdict(vide)
    assert "La dernière semaine" not in phrases_qualite.arret(vide)


def test_what_is_to_be_looked_at_comes_before_the_figures(qualite: Qualite, plan: MarkingPlan) -> None:
    ancres = [ancre for ancre, _ in phrases_qualite.alertes(qualite, plan)]
    assert ancres == ["services", "completude", "refus", "controles"]


def test_deliveries_that_stopped_before_the_publication_come_first(qualite: Qualite, plan: MarkingPlan) -> None:
    arret = replace(qualite, publication=_arretee(qualite))
    assert phrases_qualite.alertes(arret, plan)[0][1].startswith("Rien n’est arrivé des 13 jours d’école")


def test_figures_are_not_to_be_believed_while_nothing_comes(qualite: Qualite) -> None:
    arret = replace(qualite, publication=_arretee(qualite))
    assert phrases_qualite.verdict(arret).startswith("Non\u202f: rien n’est reçu depuis le 14\u00a0décembre 2025 (13\u00a0jours d’école).")  # fmt: skip
    assert not phrases_qualite.verdict(replace(arret, annee=qualite.annees[1])).startswith("Non")


def test_a_sound_publication_has_nothing_to_report(lecteur: FakeLecteur, plan: MarkingPlan, qualite: Qualite) -> None:
    sain = replace(
        qualite,
        region=tuple(w for w in qualite.region if w.debut != INCOMPLETE),
        services_muets=(),
        doutes=(),
        bilan=replace(qualite.bilan, part_refusee=0.01),
    )
    assert phrases_qualite.alertes(sain, plan) == []


@pytest.fixture
def deux(qualite: Qualite) -> Qualite:
    """The page of who reads two régions, of more."""
    return replace(qualite, regions=(qualite.noeud, Noeud("region", "93", "Provence")), commun=False)


def test_a_region_of_which_nothing_comes_any_more_is_not_believed_though_others_deliver(qualite: Qualite) -> None:
    muettes = [replace(w, recus=0, presumes=0, part=0.0, complete=False, provisoire=False) for w in qualite.region[-2:]]
    muette = replace(qualite, region=(*qualite.region[:-2], *muettes))
    assert phrases_qualite.verdict(muette).startswith("Non\u202f: rien n’est reçu ici après la semaine du 22")
    attendue = replace(muette, region=(*qualite.region[:-1], replace(muettes[1], provisoire=True)))
    assert phrases_qualite.verdict(attendue).startswith("Oui")


def test_the_protection_page_says_which_published_figures_fewer_than_k_persons_explain(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    protection = lecteur.read_protection()
    assert "Moins de 5 peuvent être venues" in phrases_protection.constat(protection, plan)
    dits = dict(phrases_protection.seuils(protection.politique))["De 1 à 4 utilisateurs publiés"]
    assert "la règle des totaux porte sur les inscrits" in dits.casefold()
    assert "le week-end d’une semaine" in dits


def test_a_region_is_chosen_where_several_may_be_read(qualite: Qualite, deux: Qualite, plan: MarkingPlan) -> None:
    une, choisie = text_of(page_qualite(qualite, plan).contenu), text_of(page_qualite(deux, plan).contenu)
    assert "Provence" in choisie
    assert "Provence" not in une


def test_files_of_a_chosen_region_say_which(qualite: Qualite, deux: Qualite, plan: MarkingPlan) -> None:
    une, choisie = ({h for h in hrefs(page_qualite(q, plan).contenu) if h.startswith("/csv/")} for q in (qualite, deux))
    assert choisie
    assert {"region=" in href for href in choisie} == {True}
    assert {"region=" in href for href in une} == {False}


def test_what_lots_tell_of_every_region_is_left_out_with_its_reason(deux: Qualite, plan: MarkingPlan) -> None:
    page = text_of(page_qualite(deux, plan).contenu)
    assert page.count(phrases_qualite.RESERVE) == 3
    assert "Lignes refusées" not in page


@pytest.mark.parametrize("chemin", ["/qualite", "/protection"])
def test_a_year_that_is_not_published_is_said_and_replaced(
    lecteur: FakeLecteur, plan: MarkingPlan, chemin: str
) -> None:
    assert "«\u00a01999-2000\u00a0» n’est pas publiée" in read(lecteur, plan, chemin, "?annee=1999-2000")
    assert "n’est pas publiée" not in read(lecteur, plan, chemin, "?annee=2024-2025")


def test_the_protection_page_says_the_policy_and_its_thresholds(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = read(lecteur, plan, "/protection")
    assert "La politique «\u00a0groupes-3\u00a0» est en vigueur" in page
    assert "k\u00a0= 5 personnes" in page
    assert "2\u202f000 comptes" in page


def test_the_exact_policy_is_called_unprotected(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    nue = replace(lecteur.read_protection(), politique=PolitiqueEnVigueur("exacte", "Essais", 0, 0, 0, 0))
    assert "ne protège rien" in phrases_protection.constat(nue, plan)
    assert phrases_protection.seuils(nue.politique) == []


def test_a_policy_of_another_version_tells_no_threshold() -> None:
    assert phrases_protection.seuils(PolitiqueEnVigueur("groupes-1", "Groupes", None, None, None, None)) == []


def test_late_sealing_and_late_purge_are_said_with_their_command(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = read(lecteur, plan, "/protection")
    assert "1\u00a0aurait dû être scellée\u00a0: lancez «\u00a0dnma seal\u00a0»" in page
    assert "À retirer sans attendre\u00a0: Lignes refusées" in page


def test_the_attack_is_told_of_the_policy_in_force(lecteur: FakeLecteur) -> None:
    protection = lecteur.read_protection()
    familles = replace(protection, politique=replace(protection.politique, nom="familles-3"))
    assert "Il n’en a retrouvé aucune" in phrases_protection.resume_essais(protection)
    assert "Il en a retrouvé 4 (politique familles" in phrases_protection.resume_essais(familles)


def test_cells_that_no_mask_hides_are_told_of_the_open_publication_by_period(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    protection = lecteur.read_protection()
    page = read(lecteur, plan, "/protection")
    assert "54\u00a0cases secrètes se déduisent encore des sommes publiées" in page
    assert "dans 2 des 3\u00a0périodes publiées" in page
    assert [ligne.cellules for ligne in reserves(protection, plan).lignes] == [
        ("Semaine", date(2025, 9, 1), 0), ("Mois", date(2025, 9, 1), 52), ("Année scolaire", date(2025, 8, 1), 2),
    ]  # fmt: skip


def test_no_cell_that_a_mask_fails_to_hide_is_said_too(lecteur: FakeLecteur) -> None:
    protection = lecteur.read_protection()
    nulles = replace(protection, reserves=tuple(replace(r, cases=0) for r in protection.reserves))
    assert "aucune case secrète ne se déduit" in phrases_protection.resume_reserves(nulles)


@pytest.mark.parametrize("role", ["pilote", "conseiller", "dpd", "analyste", "collectivite", "ecole"])
def test_help_has_a_part_for_each_who_comes(plan: MarkingPlan, role: str) -> None:
    ancres = {getattr(c, "id", None) for c in page_aide(plan, ()).contenu}
    assert role in ancres


def test_help_reads_the_published_file_and_stands_without_it(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    class SansPublication(FakeLecteur):
        def read_lisez_moi(self) -> tuple[str, ...]:
            raise PublicationAbsente("Rien n’est encore publié.")

    assert "N’additionnez jamais des utilisateurs." in read(lecteur, plan, "/aide")
    assert "Ouvrir le fichier" in read(SansPublication(), plan, "/aide")


def test_every_page_links_to_the_others_and_says_its_accessibility(lecteur: FakeLecteur) -> None:
    pied = text_of(render_source(lecteur)[1])
    assert "Accessibilité\u00a0: non conforme" in pied
    assert "Données personnelles" in pied


def test_what_the_operator_has_not_written_is_marked_as_such() -> None:
    assert text_of(page_mentions(load_exploitant()).contenu).count(A_COMPLETER) == 4


def test_what_the_operator_wrote_is_shown(tmp_path: Path) -> None:
    fichier = tmp_path / "exploitant.toml"
    fichier.write_text(
        'hebergeur = "Direction des systèmes d’information"\ncontact_dpd = "dpd@exemple.invalid"\n', "utf-8"
    )
    exploitant = load_exploitant(fichier)
    assert "Direction des systèmes d’information" in text_of(page_mentions(exploitant).contenu)
    assert "dpd@exemple.invalid" in text_of(page_donnees_personnelles(exploitant, load_regles()).contenu)


def test_retention_is_read_from_the_rules_in_force(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = read(lecteur, plan, "/donnees-personnelles")
    assert all(espaces(magasin.libelle) in page for magasin in load_regles().magasins)


def test_without_an_audit_the_declaration_claims_nothing() -> None:
    page = text_of(page_accessibilite(load_audit(), load_exploitant()).contenu)
    assert "non conforme" in page
    assert "Aucun audit complet n’a été mené" in page


@pytest.fixture
def _forget() -> Iterator[None]:
    """The operator's files are read once: forget them before and after."""
    for cached in (current_exploitant, current_audit):
        cached.cache_clear()
    yield
    for cached in (current_exploitant, current_audit):
        cached.cache_clear()


@pytest.mark.usefixtures("_forget")
def test_the_operator_names_its_files_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    (tmp_path / "e.toml").write_text('organisme = "Rectorat d’essai"\n', "utf-8")
    monkeypatch.setenv("DNMA_EXPLOITANT", str(tmp_path / "e.toml"))
    assert "Rectorat d’essai" in read(lecteur, plan, "/mentions-legales")


def test_every_word_of_the_plan_that_has_a_definition_is_defined(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = read(lecteur, plan, "/definitions")
    listes = (
        plan.indicateurs, plan.periodes, plan.etats, plan.profils, plan.groupes, plan.familles, plan.services, plan.coupes,
        plan.appareils, plan.systemes, plan.navigateurs, plan.types, plan.types_ecole, plan.secteurs, plan.moments,
        plan.causes, plan.evolutions, plan.motifs,
    )  # fmt: skip
    assert [mot.libelle for liste in listes for mot in liste if mot.libelle not in page] == []


def test_words_of_the_quality_page_are_defined_where_they_stand_and_among_definitions(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    mots = ("Jour attendu", "Jour présumé", "Semaine provisoire", "École silencieuse", "Service devenu muet")
    definitions, page = read(lecteur, plan, "/definitions"), read(lecteur, plan, "/qualite")
    assert [mot for mot in mots if mot not in definitions] == []
    assert [mot for mot in mots[:4] if mot not in page] == []


def test_the_page_shows_the_last_deliveries_and_its_file_the_whole_year(qualite: Qualite, plan: MarkingPlan) -> None:
    plus = tuple(replace(qualite.livraisons[0], semaine=INCOMPLETE + timedelta(weeks=n)) for n in range(9, 0, -1))
    longue = replace(qualite, livraisons=(*plus, *qualite.livraisons))
    montrees = livraisons_recentes(longue, plan)
    assert len(livraisons(longue, plan).lignes) == 12
    assert [ligne.cellules[0] for ligne in montrees.lignes] == [*(x.semaine for x in plus[:4]), "sans date"]
    assert montrees.code == livraisons(longue, plan).code


def test_texts_of_the_plan_are_read_with_the_spaces_of_french_print(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    assert espaces("« oui » : non ; quoi ?") == "«\u00a0oui\u00a0»\u00a0: non\u202f; quoi\u202f?"
    for chemin in ("/aide", "/definitions", "/protection", "/qualite", "/accessibilite", "/donnees-personnelles"):
        assert [signe for signe in (" ;", " ?", " !", " :", "« ", " »") if signe in read(lecteur, plan, chemin)] == []
