"""The table `taux` equals the oracle's, row for row, through the real lake and publication; a mask takes its rate with it."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.referentiels import load_effectifs
from marking_plan import load_plan
from metrics.ecriture import Ecriture
from metrics.periodes import Periode
from metrics.publication import publish
from tests.engine import NOW, read_rows, write_effectifs
from tests.functional.rates import (
    ARC_EN_CIEL,
    DOLTO,
    ECOLES,
    ELEMENTAIRE,
    HORS,
    LUNEL,
    MATERNELLE,
    MONDAY,
    OCTOBER,
    OTHER,
    PRIMAIRE,
    TOWN,
    check,
    counted,
    event,
    published,
    pupils,
    rates,
    week,
)
from tests.oracle_taux import CleTaux, Constat, Ecole, measure_rates


def test_pupils_of_each_type_of_school_are_over_what_its_type_allows(tmp_path: Path) -> None:
    constats = [counted(ARC_EN_CIEL, "eleve", 30), counted(DOLTO, "eleve", 40)]
    constats.append(Constat(LUNEL, "eleve", "eleves_onde", OCTOBER, 50, 20))
    constats.append(counted(LUNEL, "eleve", 60))
    natifs = [*pupils(ARC_EN_CIEL, 3), *pupils(DOLTO, 10), *pupils(LUNEL, 6)]

    rows = check(tmp_path, natifs, constats)

    elementaire, maternelle = week(rows, "uai", DOLTO, "eleve"), week(rows, "uai", ARC_EN_CIEL, "eleve")
    counts, accounts = week(rows, "uai", LUNEL, "eleve", "eleves_onde"), week(rows, "uai", LUNEL, "eleve")
    town = week(rows, "commune", "34194", "eleve")
    assert (elementaire.numerateur, elementaire.denominateur, elementaire.ecoles_preelementaire) == (10, 40, 0)
    assert (maternelle.etat, maternelle.numerateur, maternelle.denominateur) == ("sans_objet", None, None)
    assert (counts.numerateur, counts.denominateur, counts.ecoles_preelementaire) == (6, 30, 1)
    assert (accounts.denominateur, accounts.preelementaire_compris) == (60, 1)
    assert (town.numerateur, town.denominateur, town.ecoles, town.ecoles_sans_effectif) == (13, 40, 1, 0)


def test_each_period_takes_the_last_count_made_by_its_end_or_the_first_one_after(tmp_path: Path) -> None:
    days = (date(2025, 9, 8), date(2025, 10, 13), date(2025, 11, 17))
    natifs = [e for jour in days for e in pupils(DOLTO, 2, jour)]
    dates = ((date(2025, 10, 19), 10), (date(2025, 11, 1), 20), (date(2026, 3, 2), 30))

    rows = check(tmp_path, natifs, [counted(DOLTO, "eleve", n, le=le) for le, n in dates], [ELEMENTAIRE])

    found = [week(rows, "uai", DOLTO, "eleve", debut=jour) for jour in days]
    assert [(t.denominateur, t.constate_le) for t in found] == [
        (10, date(2025, 10, 19)),
        (10, date(2025, 10, 19)),
        (20, date(2025, 11, 1)),
    ]
    year = rows[CleTaux("annee", date(2025, 8, 1), "uai", DOLTO, "eleve", "comptes_ouverts")]
    assert (year.denominateur, year.constate_le) == (30, date(2026, 3, 2))


def test_a_territory_shows_the_oldest_date_of_its_schools(tmp_path: Path) -> None:
    constats = [counted(DOLTO, "eleve", 40, le=date(2025, 9, 20)), counted(LUNEL, "eleve", 40)]

    rows = check(tmp_path, [*pupils(DOLTO, 4), *pupils(LUNEL, 4)], constats, [ELEMENTAIRE, PRIMAIRE])

    assert week(rows, "departement", "034", "eleve").constate_le == date(2025, 9, 20)


def test_schools_without_an_effectif_are_counted_and_too_many_of_them_leave_no_rate(tmp_path: Path) -> None:
    natifs = [*pupils(DOLTO, 4), *pupils(LUNEL, 4)]

    rows = check(tmp_path, natifs, [counted(DOLTO, "eleve", 40)], [ELEMENTAIRE, PRIMAIRE])

    above = week(rows, "departement", "034", "eleve")
    assert (above.etat, above.numerateur, above.ecoles, above.ecoles_sans_effectif) == ("sans_effectif", None, 1, 1)
    assert week(rows, "commune", "34194", "eleve").denominateur == 40
    assert not [cle for cle in rows if cle.territoire == LUNEL]


def test_an_effectif_of_nobody_gives_no_rate(tmp_path: Path) -> None:
    rows = check(tmp_path, pupils(DOLTO, 1), [counted(DOLTO, "eleve", 0)], [ELEMENTAIRE])

    assert week(rows, "uai", DOLTO, "eleve").etat == "sans_effectif"


def test_more_users_than_accounts_are_flagged_and_not_clipped(tmp_path: Path) -> None:
    rows = check(tmp_path, pupils(DOLTO, 5), [counted(DOLTO, "eleve", 4)], [ELEMENTAIRE])

    found = week(rows, "uai", DOLTO, "eleve")
    assert (found.numerateur, found.denominateur, found.depasse_effectif) == (5, 4, True)


def test_parents_are_over_their_accounts_or_for_100_pupils(tmp_path: Path) -> None:
    natifs = [event(ARC_EN_CIEL, f"p{n}", "PARENT") for n in range(6)]
    constats = [counted(ARC_EN_CIEL, "parent", 12), counted(ARC_EN_CIEL, "parent_elu", 0)]
    constats.append(Constat(ARC_EN_CIEL, "eleve", "eleves_onde", OCTOBER, 5, 5))

    rows = check(tmp_path, natifs, constats, [MATERNELLE])

    accounts = week(rows, "uai", ARC_EN_CIEL, "parents")
    pupils_base = week(rows, "uai", ARC_EN_CIEL, "parents", "eleves_onde")
    assert (accounts.numerateur, accounts.denominateur, accounts.pour_100_eleves) == (6, 12, False)
    assert (pupils_base.numerateur, pupils_base.denominateur, pupils_base.pour_100_eleves) == (6, 5, True)
    assert not pupils_base.depasse_effectif


def test_a_group_has_a_rate_where_each_of_its_profiles_has_an_effectif(tmp_path: Path) -> None:
    staff = ("enseignant", "directeur", "admin_vie_scol_tech", "personnel_collectivite", "autre")
    natifs = [event(uai, f"{uai}-t", "ENSEIGNANT") for uai in (DOLTO, LUNEL)]
    constats = [counted(DOLTO, profil, 2) for profil in staff] + [counted(LUNEL, profil, 2) for profil in staff[:4]]
    constats.append(counted(DOLTO, "enseignant", 9, "eleves_onde"))

    rows = check(tmp_path, natifs, constats, [ELEMENTAIRE, PRIMAIRE])

    assert week(rows, "uai", DOLTO, "personnels").denominateur == 10
    assert week(rows, "departement", "034", "personnels").etat == "sans_effectif"
    assert {cle.profil for cle in rows if cle.territoire == LUNEL} == {*staff[:4], "nat_admin"}
    assert not [cle for cle in rows if cle.base == "eleves_onde"]


def test_parents_of_a_regroupement_have_their_rate_there_unless_the_ent_tells_schools_apart(tmp_path: Path) -> None:
    opened, dispersed = date(2025, 9, 1), {"regroupement": "R1"}
    ecoles = [
        ELEMENTAIRE._replace(lieux=TOWN | dispersed, ouverte_le=opened),
        MATERNELLE._replace(lieux=TOWN | dispersed, ouverte_le=opened, rattachement="premiere_structure"),
        PRIMAIRE._replace(lieux=OTHER | {"regroupement": "R2"}, ouverte_le=opened, rattachement="ecole_active"),
    ]
    natifs = [*pupils(DOLTO, 2), *(event(e.uai, f"{e.uai}-p", "PARENT") for e in ecoles)]
    constats = [counted(e.uai, profil, 10) for e in ecoles for profil in ("parent", "eleve")]

    rows = check(tmp_path, natifs, constats, ecoles)

    assert [week(rows, "uai", e.uai, "parent").etat for e in ecoles] == ["au_regroupement", "au_regroupement", "valeur"]
    group = week(rows, "regroupement", "R1", "parent")
    assert (group.etat, group.numerateur, group.denominateur) == ("valeur", 2, 20)
    assert week(rows, "uai", DOLTO, "eleve").etat == "valeur"


def test_schools_that_nothing_came_from_weigh_on_no_side(tmp_path: Path) -> None:
    late = PRIMAIRE._replace(ouverte_le=date(2025, 10, 14))
    ecoles = [ELEMENTAIRE._replace(ouverte_le=date(2025, 9, 1)), late]
    natifs = [*pupils(DOLTO, 3), *pupils(HORS, 2)]
    constats = [*(counted(e.uai, "eleve", 10) for e in ecoles), counted(HORS, "eleve", 5)]
    later = date(2025, 10, 13)

    rows = check(tmp_path, [*natifs, *pupils(DOLTO, 3, later)], constats, ecoles)

    first, second = (week(rows, "departement", "034", "eleve", debut=debut) for debut in (MONDAY, later))
    assert (first.denominateur, second.denominateur, second.ecoles_non_recues) == (10, 10, 1)
    assert [week(rows, "uai", LUNEL, "eleve", debut=d).etat for d in (MONDAY, later)] == ["non_ouverte", "non_recu"]
    assert week(rows, "departement", "inconnu", "eleve").denominateur == 5


SCHOOL_DAYS = [date(2025, 9, 8) + timedelta(days=n) for n in (0, 1, 3, 4, 7, 8, 28, 29, 63, 67)]
NATIFS = st.builds(
    event,
    st.sampled_from([DOLTO, ARC_EN_CIEL, LUNEL, HORS]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["ELEVE", "PARENT", "parent_elu", "ENSEIGNANT"]),
    st.sampled_from(SCHOOL_DAYS),
)
CONSTATS = st.builds(
    Constat,
    st.sampled_from([DOLTO, ARC_EN_CIEL, LUNEL, HORS]),
    st.sampled_from(["eleve", "parent", "parent_elu", "enseignant"]),
    st.sampled_from(["comptes_ouverts", "comptes_actives", "eleves_onde"]),
    st.sampled_from([date(2025, 9, 1), date(2025, 10, 6), date(2025, 10, 31)]),
    st.integers(2, 4),
    st.sampled_from([None, 0, 2]),
)
OPENED = st.sampled_from(
    [
        ("inconnu", None),
        ("inconnu", date(2025, 9, 15)),
        ("ecole_active", date(2025, 9, 1)),
        ("inconnu", date(2025, 11, 14)),
    ]
)
SCHOOLS = st.tuples(
    *(
        st.builds(
            lambda ecole, type_ecole, lieux, opened: Ecole(ecole.uai, type_ecole, lieux, *opened),
            st.just(ecole),
            st.sampled_from(["maternelle", "elementaire", "primaire"]),
            st.sampled_from([ecole.lieux, {**ecole.lieux, "regroupement": "R1"}]),
            OPENED,
        )
        for ecole in ECOLES
    )
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(NATIFS, min_size=1, max_size=12),
    SCHOOLS,
    st.lists(CONSTATS, min_size=1, max_size=16, unique_by=lambda c: c[:4]),
)
def test_engine_and_oracle_agree_on_random_terms(
    natifs: list[dict[str, object]], ecoles: tuple[Ecole, ...], constats: list[Constat]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), natifs, constats, ecoles)


def test_what_changes_in_the_lake_reaches_the_rates_and_those_alone_that_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    donnees, later = tmp_path / "donnees", date(2025, 11, 17)
    natifs = [*pupils(DOLTO, 3), *pupils(LUNEL, 8), *pupils(DOLTO, 2, later)]
    published(tmp_path, natifs, [ELEMENTAIRE, PRIMAIRE], [counted(DOLTO, "eleve", 40)])
    figures: list[Periode] = []
    monkeypatch.setattr(Ecriture, "write", lambda _self, periode: figures.append(periode))
    write_effectifs(tmp_path / "n.csv", [counted(DOLTO, "eleve", 50, le=date(2025, 11, 3))._asdict()])
    load_effectifs(donnees, tmp_path / "n.csv", load_plan(), None, None)

    path = publish(donnees, load_plan(), politique="exacte", now=NOW).path

    constats = [counted(DOLTO, "eleve", 40), counted(DOLTO, "eleve", 50, le=date(2025, 11, 3))]
    assert figures == []
    assert rates(path) == measure_rates(natifs, [ELEMENTAIRE, PRIMAIRE], constats)


def test_a_rate_is_secret_where_its_users_are_and_absent_where_they_are_not_published(tmp_path: Path) -> None:
    natifs = [*pupils(DOLTO, 3), *(event(DOLTO, f"t{n}", "ENSEIGNANT") for n in range(2)), *pupils(LUNEL, 8)]
    counts = {
        DOLTO: {"eleve": 3, "enseignant": 1, "directeur": 0},
        LUNEL: {"eleve": 60, "enseignant": 9, "directeur": 1},
    }
    others = dict.fromkeys(("parent", "parent_elu", "admin_vie_scol_tech", "personnel_collectivite", "autre"), 0)
    constats = [counted(uai, p, n) for uai, given in counts.items() for p, n in {**given, **others}.items()]
    published(tmp_path, natifs, [ELEMENTAIRE, PRIMAIRE], constats)

    path = publish(tmp_path / "donnees", load_plan(), politique="groupes", now=NOW).path

    alone = "select distinct profil, etat, numerateur, denominateur from taux where territoire = '0340585B'"
    assert read_rows(path, alone) == [("tous", "secret", None, None)]
    unseen = """
        select count(*) from taux t
        left join frequentation_semaine f
            on f.debut = t.debut and f.niveau = t.niveau and f.territoire = t.territoire and f.profil = t.profil
            and f.coupe = 'total' and f.utilisateurs = t.numerateur
        where t.periode = 'semaine' and t.numerateur is not null and f.debut is null
    """
    assert read_rows(path, unseen) == [(0,)]
    assert read_rows(path, "select count(*) from taux where profil = 'directeur' and niveau in ('uai', 'commune')") == [
        (0,)
    ]
    assert read_rows(path, "select count(*) > 0 from taux where numerateur is not null") == [(True,)]
