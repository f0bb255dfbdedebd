"""Where a cut isn't published, the board says why, and where to read it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from dash.development.base_component import Component

from dashboards import blocs
from dashboards.blocs.coupes import COUPES
from dashboards.board import Board, read_board
from dashboards.demande import Demande
from dashboards.exports.notice import make_notice
from dashboards.pages import chiffres, entete
from dashboards.phrases import constat as phrases_constat
from dashboards.phrases import parts as phrases_parts
from dashboards.phrases import serie as phrases_serie
from dashboards.phrases.reception import describe_reception
from dashboards.state import NOEUD, Route
from marking_plan import MarkingPlan
from metrics.tableau import Coupe, Noeud, Part, Vue
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, HERAULT, SEMAINES, FakeLecteur
from tests.dashboards.test_board_pages import text_of


def _links(composant: object) -> list[str]:
    if isinstance(composant, list | tuple):
        return [lien for c in composant for lien in _links(c)]
    if not isinstance(composant, Component):
        return []
    here = [str(getattr(composant, "href", ""))] if composant._type == "A" else []
    return here + _links(getattr(composant, "children", None))


def _board(lecteur: FakeLecteur, coupe: str, absence: str, profil: str = "tous", perimetre: str = "reel") -> Board:
    noeud = HERAULT if perimetre == "constant" else ARC_EN_CIEL
    vue = replace(lecteur.default_vue(noeud.niveau, noeud.territoire), profil=profil, perimetre=perimetre)
    return Board(replace(lecteur.read_tableau(vue), coupes={coupe: Coupe(absence)}), Demande(vue))


@pytest.mark.parametrize("absence", sorted(phrases_parts.ABSENCES))
def test_every_absence_has_its_sentence_instead_of_a_blank(
    lecteur: FakeLecteur, plan: MarkingPlan, absence: str
) -> None:
    board = _board(lecteur, "service", absence)
    assert phrases_parts.ABSENCES[absence] in text_of(blocs.bloc_services(board, plan))


def _coupes(lecteur: FakeLecteur, absences: dict[str, str]) -> Board:
    board = _board(lecteur, "service", "")
    coupes = {nom: Coupe(absence=absence) for nom, absence in absences.items()}
    return replace(board, tableau=replace(board.tableau, coupes=coupes))


def test_a_reason_that_holds_for_every_cut_is_said_once(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    dites = text_of(blocs.blocs_coupes(_coupes(lecteur, dict.fromkeys(COUPES, "totaux_seuls")), plan))
    assert dites.count("Ce territoire ne publie que ses totaux") == 1


def test_reasons_that_differ_are_told_cut_by_cut(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    raisons = {**dict.fromkeys(COUPES, "par_mois"), "creneau": "fines"}
    assert len(blocs.blocs_coupes(_coupes(lecteur, raisons), plan)) == 4
    assert len(blocs.blocs_coupes(_coupes(lecteur, {}), plan)) == 4


def test_a_cut_published_by_month_links_to_the_last_whole_month_of_the_span(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    bloc = blocs.bloc_services(_board(lecteur, "service", "par_mois"), plan)
    assert "Voir décembre 2025" in text_of(bloc)
    assert [lien for lien in _links(bloc) if "periode=mois&mois=2025-12" in lien]


def test_the_month_offered_is_one_with_whole_school_weeks(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    board = _board(lecteur, "service", "par_mois")
    [annee] = board.tableau.offre.annees
    courte = replace(annee, mois_ecole=annee.mois[:3])
    offre = replace(board.tableau.offre, annees=(courte,))
    bloc = blocs.bloc_services(replace(board, tableau=replace(board.tableau, offre=offre)), plan)
    assert "Voir novembre 2025" in text_of(bloc)


def test_a_cut_that_a_profile_does_not_have_links_to_everybody(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    bloc = blocs.bloc_durees(_board(lecteur, "duree", "profil", profil="eleve"), plan)
    assert [lien for lien in _links(bloc) if "profil=tous" in lien]


def test_a_secret_cut_may_be_so_for_a_neighbour_and_links_to_no_other_refusal(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    bloc = blocs.bloc_services(_board(lecteur, "service", "secrete"), plan)
    assert "ou dans un territoire voisin dont il permettrait de retrouver les chiffres" in text_of(bloc)
    assert _links(bloc) == ["/protection"]


def test_cuts_of_a_constant_perimeter_link_to_all_schools(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    bloc = blocs.bloc_profils(_board(lecteur, "profil", "perimetre", perimetre="constant"), plan)
    assert [lien for lien in _links(bloc) if "perimetre" not in lien and "/territoire/" in lien]


def test_what_is_left_out_names_the_masked_modalities(plan: MarkingPlan) -> None:
    phrase = phrases_parts.resume_reste("appareil", Coupe(secrets=("tablette",), reste=1234, part_reste=0.1, entier=12340), plan)  # fmt: skip
    assert "1\u202f234\u00a0visites ne sont détaillées dans aucune ligne (10\u202f% du total)" in phrase
    assert "«\u00a0tablette\u00a0»" in phrase.casefold()


def test_nothing_is_said_to_come_first_when_the_masked_rest_is_larger(plan: MarkingPlan) -> None:
    parts, rest = (Part("15_30min", 9, 0.09, None, None),), Coupe(reste=88, part_reste=0.88, entier=100)
    phrase = phrases_parts.resume_parts("tranche", parts, rest, plan)
    assert phrase == "88\u202f% des visites ne sont pas détaillées\u202f: on ne sait pas ce qui vient en tête."
    assert phrases_parts.resume_parts("tranche", parts, Coupe(reste=8), plan).startswith("En tête")


def test_the_most_seen_services_are_told_apart_from_those_that_are_masked(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    services = lecteur.read_tableau(lecteur.default_vue("departement", "034")).services
    phrase = phrases_parts.resume_services(services, Coupe(secrets=("actualites", "wiki")), plan)
    assert phrase.startswith("2\u00a0services sont masqués, et peut-être plus utilisés. Les premiers des autres")
    assert phrases_parts.resume_services(services, Coupe(), plan).startswith("Les plus utilisés")


@pytest.mark.parametrize(
    ("visites", "phrase"),
    [(0, "Aucune visite sur la période choisie."), (None, "Aucune semaine n’a de chiffre publié.")],
)
def test_weeks_without_a_visit_are_not_said_unpublished(lecteur: FakeLecteur, visites: int | None, phrase: str) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue(ARC_EN_CIEL.niveau, ARC_EN_CIEL.territoire))
    vide = replace(tableau.synthese, semaine_max=None, visites_max=None)
    serie = tuple(replace(point, visites=visites) for point in tableau.serie)
    assert phrases_serie.resume_serie(replace(tableau, synthese=vide, serie=serie)) == phrase


@pytest.mark.parametrize(("etat", "recue"), [("valeur", ""), ("presume", " reçue")])
def test_weeks_at_zero_are_told_apart_from_those_without_a_figure(lecteur: FakeLecteur, etat: str, recue: str) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue(ARC_EN_CIEL.niveau, ARC_EN_CIEL.territoire))
    vide = replace(tableau.synthese, semaine_max=None, visites_max=None)
    point = next(point for point in tableau.serie if point.dans_vue)
    nulle, masquee = replace(point, visites=0, etat=etat), replace(point, visites=None, etat="secret")
    dite = phrases_serie.resume_serie(replace(tableau, synthese=vide, serie=(nulle, nulle, masquee)))
    assert dite == (
        f"Aucune visite{recue} dans 2\u00a0semaines de la période choisie\u202f; 1\u00a0semaine n’a pas de chiffre publié."
    )


def test_masked_weeks_that_the_visits_miss_are_among_the_doubts(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue(ARC_EN_CIEL.niveau, ARC_EN_CIEL.territoire))
    masquee = replace(tableau, synthese=replace(tableau.synthese, masquees=2))
    assert "2\u00a0semaines masquées" in phrases_constat.constat(masquee, plan)


def test_masked_weeks_that_the_visits_miss_stand_under_the_figure(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    board = read_board(lecteur, plan, Route(NOEUD, HERAULT.niveau, HERAULT.territoire), {})
    synthese = replace(board.tableau.synthese, masquees=2)
    masquee = replace(board, tableau=replace(board.tableau, synthese=synthese))
    assert "Sans 2\u00a0semaines masquées" in text_of(chiffres.mesures(masquee, plan)[0])
    assert "masquée" not in text_of(chiffres.mesures(board, plan)[0])


def test_a_month_that_is_not_over_is_said_so(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    vue = Vue(HERAULT.niveau, HERAULT.territoire, date(2026, 1, 1), date(2026, 1, 31), periode="mois")
    tableau = replace(lecteur.read_tableau(lecteur.default_vue(HERAULT.niveau, HERAULT.territoire)), vue=vue)
    for instant, dit in ((datetime(2026, 1, 31, 23, tzinfo=UTC), True), (datetime(2026, 2, 1, 6, tzinfo=UTC), False)):
        publiee = replace(tableau, publication=replace(tableau.publication, instant=instant))
        assert ("En janvier 2026, encore en cours, " in phrases_constat.constat(publiee, plan)) is dit


@pytest.mark.parametrize(("fin", "dit"), [(SEMAINES[-1], True), (SEMAINES[3], False)])
def test_a_board_that_goes_as_far_as_a_silence_says_it_before_any_figure(
    lecteur: FakeLecteur, plan: MarkingPlan, fin: date, dit: bool
) -> None:
    lecteur.arretee = replace(lecteur.arretee, dernier_recu=date(2025, 12, 14), jours_sans_donnee=13)
    tableau = lecteur.read_tableau(replace(lecteur.default_vue("region", "76"), au=fin))
    phrase = "rien n’est reçu depuis le 14\u00a0décembre 2025 (13\u00a0jours d’école)."
    assert phrases_constat.constat(tableau, plan).startswith(f"Attention\u00a0: {phrase}") == dit
    assert ("Rien" + phrase[4:] in describe_reception(tableau)) == dit
    assert "données jusqu’au 14\u00a0décembre 2025" in dict(make_notice(tableau, plan).identite)["Source"]


@pytest.mark.parametrize("provisoire", [False, True])
def test_a_node_whose_last_weeks_never_came_says_so_unless_they_may_still_come(
    lecteur: FakeLecteur, plan: MarkingPlan, provisoire: bool
) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue("departement", "034"))
    muettes = [replace(p, etat="non_recu", visites=None, provisoire=provisoire) for p in tableau.serie[-2:]]
    muet = replace(tableau, serie=(*tableau.serie[:-2], *muettes))
    dite = phrases_constat.constat(muet, plan).startswith("Attention\u00a0: rien n’est reçu ici après la semaine du")
    assert dite != provisoire


@pytest.mark.parametrize(
    ("noeud", "sujet"),
    [
        (ARC_EN_CIEL, "Cette école n’est plus parmi celles de cette année scolaire"),
        (HERAULT, "Ce territoire n’a plus d’école cette année scolaire"),
    ],
)
def test_a_board_of_what_is_gone_says_so_and_its_last_year(
    lecteur: FakeLecteur, plan: MarkingPlan, noeud: Noeud, sujet: str
) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue(noeud.niveau, noeud.territoire))
    partie = Board(replace(tableau, derniere_annee="2024-2025"), Demande(tableau.vue))
    (dite,) = phrases_constat.depart(partie.tableau)
    assert dite.startswith(sujet)
    assert dite.endswith("2024-2025 est la dernière année affichée.")
    assert dite in text_of(entete.head(partie, plan))
    assert dite not in text_of(entete.head(Board(tableau, Demande(tableau.vue)), plan))
    assert ("Annuaire", dite) in make_notice(partie.tableau, plan).identite
