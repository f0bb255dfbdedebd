"""What a board makes of published rows: comparisons with last year, cuts and what they leave, choices, rates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking_plan import load_plan
from metrics.lecture.coupes import choose_profils, explain_absence, find_groupe
from metrics.lecture.decoupage import Coupes, build_coupes
from metrics.lecture.ecarts import compare_weeks
from metrics.lecture.offre import Catalogue, default_vue
from metrics.lecture.parts import Ligne
from metrics.lecture.serie import Semaine
from metrics.lecture.synthese import build_synthese, sum_weeks
from metrics.lecture.taux import build_taux
from metrics.protection.groupes import PARTS
from metrics.tableau import ANNEE, MOIS, SEMAINE, AnneeOffre, Offre, Point, Precedent, ProfilPublie, Vue

PLAN = load_plan()
LUNDI = date(2025, 9, 1)
VUE = Vue("departement", "034", LUNDI, date(2025, 12, 15))
SANS_COUPE = Coupes((), (), (), {}, {})
SMALL, LARGE = ProfilPublie("tous", False, True, False), ProfilPublie("tous", True, True, True)


def _precedent(visites: int | None, jours: int = 4, **fields: object) -> Precedent:
    etat = "valeur" if visites is not None else None
    before = Precedent(date(2024, 9, 2), jours, etat, visites, visites, visites and visites * 10, False, None)
    return replace(before, **fields)  # type: ignore[arg-type]


def _point(rang: int, visites: int | None, precedent: Precedent | None, **fields: object) -> Point:
    point = Point(
        debut=LUNDI + timedelta(weeks=rang), etat="valeur" if visites is not None else "non_recu", visites=visites,
        utilisateurs=visites, duree_s=visites and visites * 10, duree_moyenne_s=10.0, duree_mediane_s=5,
        provisoire=False, incomplete=False, vacances=False, jours_ecole=4, inscrites=1, ouvertes=1, mesurees=1,
        actives=1, precedent=precedent,
    )  # fmt: skip
    return replace(point, **fields)  # type: ignore[arg-type]


def test_a_week_with_fewer_school_days_compares_by_school_day() -> None:
    ecart = compare_weeks([_point(0, 300, _precedent(400, jours=4), jours_ecole=3)])
    assert ecart is not None
    assert ecart.visites == pytest.approx(0)


def test_only_whole_weeks_published_in_both_years_compare() -> None:
    serie = [
        _point(0, 110, _precedent(100)),
        _point(1, 1, _precedent(100), incomplete=True),
        _point(2, 1, _precedent(100, incomplete=True)),
        _point(3, 1, _precedent(None)),
        _point(4, 1, None),
        _point(5, None, _precedent(100)),
        _point(6, 1, None, vacances=True),
    ]
    ecart = compare_weeks(serie)
    assert ecart is not None
    assert (ecart.semaines, ecart.ecartees) == (1, 5)
    assert ecart.visites == pytest.approx(0.1)
    assert ecart.utilisateurs == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("precedent", "raison"),
    [(None, "sans_equivalent"), (_precedent(None), "non_publiee"), (_precedent(100, incomplete=True), "incomplete"),
     (_precedent(None, etat="secret"), "sans_chiffre"), (_precedent(19), "depart_faible"), (_precedent(0), "depart_nul")],
)  # fmt: skip
def test_what_does_not_compare_says_why(precedent: Precedent | None, raison: str) -> None:
    ecart = compare_weeks([_point(0, 50, precedent)])
    assert ecart is not None
    assert (ecart.raison, ecart.visites, ecart.utilisateurs) == (raison, None, None)


def test_masked_weeks_are_counted_where_weeks_add_up_and_not_in_a_month_that_is_published_whole() -> None:
    serie = [_point(0, 10, None), _point(1, None, None, etat="secret"), _point(2, None, None)]
    counts = {
        vue.periode: build_synthese(vue, serie, sum_weeks(serie), SANS_COUPE, None, None).masquees
        for vue in (VUE, replace(VUE, periode=MOIS))
    }
    assert counts == {SEMAINE: 1, MOIS: 0}


def test_holidays_compare_with_nothing() -> None:
    assert compare_weeks([_point(0, 50, None, vacances=True)]) is None


def test_a_provisional_week_compares_and_says_so() -> None:
    ecart = compare_weeks([_point(0, 50, _precedent(50), provisoire=True)])
    assert ecart is not None
    assert ecart.provisoire


def _flatten(groupe: str) -> set[str]:
    return {leaf for part in PARTS[groupe] for leaf in (_flatten(part) if part in PARTS else {part})}


@given(st.sets(st.sampled_from([*PARTS, *sorted(_flatten("tous"))])))
def test_chosen_profiles_never_count_a_visit_twice(published: set[str]) -> None:
    members = [_flatten(code) if code in PARTS else {code} for code in choose_profils(published)]
    assert sum(map(len, members)) == len(set().union(*members))


def test_a_small_school_is_told_by_its_groups() -> None:
    assert choose_profils({"tous", "eleve", "adultes", "parents", "personnels"}) == ("eleve", "parents", "personnels")
    assert choose_profils({"tous", "eleve", "adultes"}) == ("eleve", "adultes")


@pytest.mark.parametrize(
    ("profil", "groupe"),
    [("enseignant", "personnels"), ("directeur", "personnels"), ("eleve", ""), ("parent_elu", "parents")],
)
def test_a_profile_that_is_not_published_apart_is_counted_in_the_smallest_group_that_is(
    profil: str, groupe: str
) -> None:
    assert find_groupe(("tous", "eleve", "adultes", "parents", "personnels"), profil) == groupe


def _offre(profil: ProfilPublie) -> Offre:
    return Offre((AnneeOffre("2025-2026", (LUNDI,), (LUNDI,), (profil,), False),), ())


@pytest.mark.parametrize(
    ("profil", "coupe", "vue", "raison"),
    [
        (LARGE, "service", VUE, ""),
        (SMALL, "service", VUE, "par_mois"),
        (SMALL, "service", replace(VUE, periode=MOIS), ""),
        (SMALL, "service", replace(VUE, periode=ANNEE), "par_mois"),
        (LARGE, "creneau", replace(VUE, periode=ANNEE), "sans_annee"),
        (SMALL, "creneau", replace(VUE, periode=MOIS), "fines"),
        (SMALL, "service", replace(VUE, profil="eleve"), "profil"),
        (ProfilPublie("tous", False, False, False), "service", VUE, "totaux_seuls"),
        (ProfilPublie("tous", False, False, False), "profil", VUE, ""),
    ],
)
def test_a_cut_that_is_not_published_says_why(profil: ProfilPublie, coupe: str, vue: Vue, raison: str) -> None:
    assert explain_absence(coupe, vue, _offre(profil).annees[0], PLAN) == raison


def _ligne(coupe: str, modalite: str, visites: int | None) -> Ligne:
    etat = "secret" if visites is None else "valeur"
    return Ligne(coupe, modalite, etat, visites, None, None, None, None, None, False, False, 0, 0, 0)


def test_what_the_parts_do_not_tell_is_shown_and_makes_the_whole() -> None:
    lignes = [_ligne("appareil", "ordinateur", 60), _ligne("appareil", "tablette", None), _ligne("appareil", "smartphone", 30)]  # fmt: skip
    coupes = build_coupes(lignes, VUE, _offre(LARGE), PLAN, (), 100, 1)
    assert sum(part.visites for part in coupes.parts["appareil"]) + coupes.coupes["appareil"].reste == 100
    assert coupes.coupes["appareil"].secrets == ("tablette",)
    assert [part.part for part in coupes.parts["appareil"]] == [0.6, 0.3]


def test_a_masked_hour_leaves_the_others_to_be_seen() -> None:
    lignes = [_ligne("creneau", "1-08", 60), _ligne("creneau", "2-09", None)]
    coupes = build_coupes(lignes, VUE, _offre(LARGE), PLAN, (), 100, 1)
    seen = {(c.jour, c.heure): c.visites for c in coupes.creneaux}
    assert (seen[1, 8], seen[2, 9], seen[3, 10], coupes.coupes["creneau"].absence) == (60, None, 0, "")


def test_hours_that_are_all_masked_are_not_said_to_be_without_visit() -> None:
    coupes = build_coupes([_ligne("creneau", "2-09", None)], VUE, _offre(LARGE), PLAN, (), 100, 1)
    assert (coupes.creneaux, coupes.coupes["creneau"].absence) == ((), "secrete")


def test_visits_are_shared_out_by_moment_in_the_order_of_the_plan() -> None:
    lignes = [_ligne("moment", "soir", 60), _ligne("moment", "classe", 30)]
    coupes = build_coupes(lignes, VUE, _offre(LARGE), PLAN, (), 90, 1)
    shares = {part.code: part.visites for part in coupes.parts["moment"]}
    assert list(shares.items())[:3] == [("classe", 30), ("hors_classe", 0), ("soir", 60)]


def test_overlapping_services_leave_no_rest() -> None:
    coupes = build_coupes([_ligne("service", "accueil", 90)], VUE, _offre(LARGE), PLAN, (), 100, 1)
    assert coupes.coupes["service"].reste == 0


def test_a_cut_withheld_whole_has_no_part_but_a_reason() -> None:
    coupes = build_coupes([_ligne("service", "toutes", None)], VUE, _offre(LARGE), PLAN, (), 100, 1)
    assert coupes.services == ()
    assert coupes.coupes["service"].absence == "secrete"


def _lead(lignes: list[Ligne], profils: tuple[str, ...] = ()) -> tuple[str | None, str | None]:
    coupes = build_coupes(lignes, VUE, _offre(LARGE), PLAN, profils, 100, 1)
    synthese = build_synthese(VUE, [], sum_weeks([_point(0, 100, None)]), coupes, None, None)
    return synthese.profil_premier, synthese.service_premier


@pytest.mark.parametrize(("eleves", "premier"), [(40, None), (60, "eleve")])
def test_a_profile_leads_only_when_all_that_is_masked_would_come_behind(eleves: int, premier: str | None) -> None:
    lignes = [_ligne("profil", "eleve", eleves), _ligne("profil", "parents", None)]
    assert _lead(lignes, ("eleve", "parents"))[0] == premier


@pytest.mark.parametrize(("autre", "premier"), [(None, None), (3, "cahier_textes")])
def test_no_service_leads_while_one_is_masked_for_it_may_be_the_largest(autre: int | None, premier: str | None) -> None:
    assert _lead([_ligne("service", "cahier_textes", 90), _ligne("service", "actualites", autre)])[1] == premier


def test_the_home_page_that_nearly_every_visit_opens_never_leads() -> None:
    assert _lead([_ligne("service", "accueil", 90), _ligne("service", "actualites", 3)])[1] == "actualites"


def _catalogue(dernier_jour: date) -> Catalogue:
    semaines = tuple(LUNDI + timedelta(weeks=rang) for rang in range(10))
    mois = {date(2025, 7, 1): 4, date(2025, 9, 1): 18, date(2025, 10, 1): 11}
    profils: dict[tuple[str, str, str], tuple[ProfilPublie, ...]] = {
        ("2025-2026", "uai", "A"): (SMALL,),
        ("2025-2026", "region", "76"): (LARGE,),
    }
    return Catalogue(semaines, mois, {"2025-2026": date(2026, 6, 29)}, dernier_jour, profils, {}, {})


def test_a_school_opens_on_its_last_whole_month() -> None:
    vue = default_vue(_catalogue(date(2025, 10, 30)).find_offre("uai", "A"), "uai", "A")
    assert (vue.periode, vue.du, vue.au) == (MOIS, date(2025, 9, 1), date(2025, 9, 30))


def test_a_month_of_a_few_school_days_is_no_first_page() -> None:
    offre = _catalogue(date(2025, 8, 20)).find_offre("uai", "A")
    assert offre.dernier_mois is None
    assert default_vue(offre, "uai", "A").periode == SEMAINE


def test_a_territory_opens_on_the_running_years_weeks() -> None:
    offre = _catalogue(date(2025, 10, 31)).find_offre("region", "76")
    vue = default_vue(offre, "region", "76")
    assert (vue.periode, vue.du, vue.au) == (SEMAINE, LUNDI, LUNDI + timedelta(weeks=9))
    assert not offre.annees[0].finie


def test_a_territory_opens_from_its_first_to_its_last_school_week() -> None:
    catalogue = _catalogue(date(2025, 10, 31))
    taught = {LUNDI + timedelta(weeks=rang): Semaine(LUNDI + timedelta(weeks=rang), 4, None, None) for rang in (2, 4)}
    offre = replace(catalogue, calendrier=taught).find_offre("region", "76")
    vue = default_vue(offre, "region", "76")
    assert (vue.du, vue.au) == (LUNDI + timedelta(weeks=2), LUNDI + timedelta(weeks=4))


def test_a_month_of_a_few_school_days_is_not_one_of_a_years_school_months() -> None:
    annee = replace(
        _catalogue(date(2025, 10, 31)), mois={date(2025, 8, 1): 0, date(2025, 9, 1): 18, date(2026, 7, 1): 2}
    )
    [offerte] = annee.find_offre("region", "76").annees
    assert (len(offerte.mois), offerte.mois_ecole) == (3, (date(2025, 9, 1),))


def test_a_rate_is_read_on_one_base_beside_the_same_one_of_last_year() -> None:
    now, before = date(2025, 10, 6), date(2024, 10, 7)
    lignes = [
        Ligne("taux", "eleve", "valeur", users, effectif, None, debut, base, debut, False, False, 0, 0, 0)
        for debut, base, users, effectif in (
            (now, "eleves_onde", 10, 100), (now, "comptes_ouverts", 10, 50), (before, "comptes_ouverts", 10, 40),
        )
    ]  # fmt: skip
    [taux] = build_taux(lignes, ("tous", "eleve"), now)
    assert (taux.base, taux.taux, taux.precedent) == ("comptes_ouverts", 0.2, 0.25)
