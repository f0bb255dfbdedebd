"""Small counts: groupings fixed by populations, masks that no subtraction of one sum undoes, cuts withheld whole."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.attaque import (
    GRAINS,
    Cellule,
    Periode,
    attack,
    attack_together,
    read_periods,
    simulate_lake,
)
from ingest.referentiels import load_horaires
from marking_plan import load_plan
from metrics.engine import connect_publication
from metrics.protection.grilles import make_grouping
from metrics.protection.masques import extend_masks, protect
from metrics.protection.politique import load_politique
from metrics.protection.sommes import make_sommes
from metrics.publication import publish
from tests.engine import read_rows, write_horaires
from tests.shared import share_publication

GROUPES, FAMILLES = load_politique("groupes"), load_politique("familles")
PROFILS = {profil.code: (profil.code,) for profil in load_plan().profils}
MEMBERS = PROFILS | {groupe.code: groupe.profils for groupe in load_plan().groupes}


def population(**nodes: dict[str, int]) -> pl.DataFrame:
    """Persons of each node (`uai_A`, `circonscription_C`) by profil, and by group."""
    rows = [
        (*name.split("_"), group, sum(counts.get(profil, 0) for profil in profils))
        for name, counts in nodes.items()
        for group, profils in MEMBERS.items()
    ]
    return pl.DataFrame(rows, ["niveau", "territoire", "profil", "effectif"], orient="row")


def links(parent: str, *children: str) -> pl.DataFrame:
    """A node and its children."""
    rows = [(*parent.split("_"), *child.split("_")) for child in children]
    return pl.DataFrame(rows, ["niveau", "territoire", "niveau_enfant", "enfant"], orient="row")


def published(grouping: pl.DataFrame, territoire: str) -> set[str]:
    """Profiles and groups that a node publishes."""
    return set(grouping.filter(territoire=territoire, total=True)["profil"])


NO_LINK = links("commune_x", "uai_x").clear()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"eleve": 60, "parent": 90, "enseignant": 6}, {"tous", "adultes", "eleve", "parents", "personnels"}),
        ({"eleve": 60, "parent": 90, "enseignant": 4}, {"tous", "adultes", "eleve"}),
        ({"eleve": 60, "parent": 3, "enseignant": 1}, {"tous"}),
        ({"eleve": 3, "enseignant": 1}, set()),
    ],
)
def test_a_small_school_publishes_the_finest_grouping_of_k_persons_each(
    counts: dict[str, int], expected: set[str]
) -> None:
    assert published(make_grouping(GROUPES, population(uai_A=counts), NO_LINK, None), "A") == expected


def test_the_policy_of_families_keeps_pupils_and_parents_apart_without_a_total() -> None:
    counts = {"eleve": 60, "parent": 90, "enseignant": 6}

    assert published(make_grouping(FAMILLES, population(uai_A=counts), NO_LINK, None), "A") == {"eleve", "parents"}


def test_the_director_is_never_alone_at_a_commune_however_large() -> None:
    counts = {"eleve": 9000, "parent": 9000, "parent_elu": 90, "enseignant": 400, "directeur": 60, "autre": 40}
    counts |= {"admin_vie_scol_tech": 50, "personnel_collectivite": 300}
    grouping = make_grouping(GROUPES, population(commune_A=counts, circonscription_B=counts), NO_LINK, None)

    assert {"directeur", "admin_vie_scol_tech"}.isdisjoint(published(grouping, "A"))
    assert "directeur" in published(grouping, "B")


def test_a_group_that_one_school_alone_hides_is_hidden_by_another_too() -> None:
    large, small = {"eleve": 90, "parent": 90, "enseignant": 8}, {"eleve": 40, "parent": 50, "enseignant": 2}
    nodes = population(uai_A=large, uai_B=large, uai_C=small, commune_D={p: 2 * large[p] + small[p] for p in large})
    grouping = make_grouping(GROUPES, nodes, links("commune_D", "uai_A", "uai_B", "uai_C"), None)
    hiding = [ecole for ecole in "ABC" if "personnels" not in published(grouping, ecole)]

    assert len(hiding) == 2
    assert "personnels" in published(grouping, "D")


def test_a_grouping_once_fixed_holds_when_populations_change() -> None:
    first = make_grouping(GROUPES, population(uai_A={"eleve": 60, "parent": 90, "enseignant": 4}), NO_LINK, None)
    again = make_grouping(GROUPES, population(uai_A={"eleve": 60, "parent": 90, "enseignant": 9}), NO_LINK, first)

    assert again.equals(first)


LINES = st.lists(st.lists(st.integers(0, 11), min_size=1, max_size=6, unique=True), min_size=1, max_size=8)


@given(LINES, st.lists(st.integers(0, 20), min_size=12, max_size=12), st.sets(st.integers(0, 11)))
def test_every_line_has_no_mask_or_two_that_hold_k_persons_or_nothing_left(
    lines: list[list[int]], persons: list[int], hidden: set[int]
) -> None:
    pairs = [(n, cell) for n, line in enumerate(lines) for cell in line]
    lignes, cellules = (np.array(values, dtype=np.int64) for values in zip(*pairs, strict=True))
    masks = np.isin(np.arange(12), list(hidden))

    sommes = make_sommes(lignes, cellules, np.ones_like(lignes))
    found = extend_masks(np.array(persons, dtype=np.int64), masks, sommes, 5)

    assert found[list(hidden)].all()
    for line in lines:
        masked = [cell for cell in line if found[cell]]
        enough = len(masked) >= 2 and sum(persons[cell] for cell in masked) >= 5
        assert not masked or enough or masked == line


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([[0]], [0]),  # a sum that it makes alone
        ([[0, 1]], []),
        ([[0], [0, 1], [2, 3]], [0]),
        ([[0, 1], [1, 2], [0, 2]], [0]),  # three sums of two give each cell back
        ([[0, 1], [0, 2], [1, 2, 3]], []),  # a search masks the fourth too
    ],
)
def test_small_cells_that_no_mask_could_hide_are_counted(lines: list[list[int]], left: list[int]) -> None:
    pairs = [(n, cell) for n, line in enumerate(lines) for cell in line]
    lignes, cellules = (np.array(values, dtype=np.int64) for values in zip(*pairs, strict=True))
    persons = np.array([3, 40, 50, 60], dtype=np.int64)
    sommes = make_sommes(lignes, cellules, np.ones_like(lignes))

    found = protect(persons, persons < 5, sommes, 5, np.zeros_like(persons))

    assert np.flatnonzero(found.devinables).tolist() == left


@pytest.fixture(scope="module")
def protege(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated region of 12 schools and one week, published under `groupes`."""
    return share_publication(tmp_path_factory, 12, 1, "groupes")


@pytest.fixture(scope="module")
def deux_semaines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with two weeks."""
    return share_publication(tmp_path_factory, 12, 2, "groupes")


def test_a_masked_cell_is_a_secret_without_a_figure(protege: Path) -> None:
    figures = "select count(*) > 100, count(coalesce(visites, utilisateurs, duree_s)) from frequentation_semaine"

    assert read_rows(protege, f"{figures} where etat = 'secret'") == [(True, 0)]


def test_no_visible_cell_has_from_one_to_four_users_but_what_the_days_tell(protege: Path) -> None:
    query = "select distinct coupe, modalite from frequentation_semaine where coupe <> 'total' and utilisateurs between 1 and 4"
    assert set(read_rows(protege, query)) <= {("moment", "week_end")}


def test_a_visible_week_end_of_few_visits_is_the_sum_of_the_published_days(protege: Path) -> None:
    query = """
        select sum(case when w.visites = j.visites then 1 else 0 end), count(*)
        from frequentation_mois w
        join (
            select date_trunc('month', debut) as mois, niveau, territoire, profil, sum(visites) as visites
            from frequentation_jour where isodow(debut) > 5 group by 1, 2, 3, 4
        ) j on j.mois = w.debut and j.niveau = w.niveau and j.territoire = w.territoire and j.profil = w.profil
        where w.coupe = 'moment' and w.modalite = 'week_end' and w.visites < 5
    """
    [(equal, seen)] = read_rows(protege, query)
    assert seen
    assert equal == seen


def test_schools_publish_no_weekly_cut_and_monthly_ones_for_all_profiles_together(protege: Path) -> None:
    weekly = "select count(*) from frequentation_semaine where niveau = 'uai' and coupe <> 'total'"
    monthly = "select distinct profil from frequentation_mois where niveau = 'uai' and coupe <> 'total'"

    assert read_rows(protege, weekly) == [(0,)]
    assert read_rows(protege, monthly) == [("tous",)]


def test_the_attack_recovers_a_mask_that_a_subtraction_gives() -> None:
    seen: dict[Cellule, int | None] = {
        ("uai", "A", "tous", "appareil", appareil): visites
        for appareil, visites in (("ordinateur", 40), ("tablette", None), ("autre", 3))
    }
    alone = Periode(seen, {("uai", "A", "tous"): 50}, frozenset({("uai", "A", "tous")}), {})
    two = Periode(seen | {("uai", "A", "tous", "appareil", "autre"): None}, alone.totaux, alone.coupes, {})

    assert attack(alone).retrouvees == [("uai", "A", "tous", "appareil", "tablette")]
    assert attack(two).retrouvees == []


def test_the_attack_recovers_a_weekday_hour_that_its_hour_or_its_moment_gives() -> None:
    node = ("uai", "A", "tous")
    cuts: dict[str, dict[str, int | None]] = {
        "creneau": {"1-08": None, "2-08": 9, "3-09": None, "6-10": None, "7-11": 4},
        "heure": {"08": 12, "09": None, "10": None, "11": 4},
        "moment": {"week_end": 10, "hors_classe": 30},
    }
    seen: dict[Cellule, int | None] = {
        (*node, coupe, code): n for coupe, cells in cuts.items() for code, n in cells.items()
    }
    whole_hours = Periode(seen, {node: 40}, frozenset({node}), {})
    irregular = Periode(seen, {node: 40}, frozenset({node}), {}, frozenset({("uai", "A")}))

    assert attack(irregular).retrouvees == [(*node, "creneau", "1-08")]
    assert (*node, "creneau", "6-10") in attack(whole_hours).retrouvees


def recover(path: Path) -> dict[str, list[str]]:
    """What an attack recovers from each day, week, month and school year of a publication."""
    found: dict[str, list[str]] = {}
    with connect_publication(path) as connection:
        for grain in GRAINS:
            for periode in read_periods(connection, grain):
                cells = [" ".join(cell) for cell in attack(periode).retrouvees]
                found |= {f"{grain} {periode.debut}": cells} if cells else {}
    return found


def test_no_masked_cell_gives_way_to_all_sums_of_a_period_together(protege: Path) -> None:
    assert recover(protege) == {}


def test_no_masked_cell_of_families_gives_way_to_all_sums_of_a_period_together(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert recover(share_publication(tmp_path_factory, 12, 1, "familles")) == {}


def test_no_masked_cell_gives_way_to_weeks_months_and_school_year_together(deux_semaines: Path) -> None:
    with connect_publication(deux_semaines) as connection:
        periodes = [periode for grain in ("annee", "mois", "semaine") for periode in read_periods(connection, grain)]

    assert [bilan.retrouvees for bilan in attack_together(periodes)] == [[]] * len(periodes)
    assert sum(bilan.masquees for bilan in attack_together(periodes)) > 100


def test_a_week_s_masked_cell_is_masked_in_its_month_and_school_year(deux_semaines: Path) -> None:
    query = """
        select s.niveau, s.territoire, s.profil, s.coupe, s.modalite
        from frequentation_semaine s
        join frequentation_{longer} l on l.niveau = s.niveau and l.territoire = s.territoire and l.profil = s.profil
            and l.coupe = s.coupe and l.modalite = s.modalite
        where s.etat = 'secret' and s.coupe <> 'total' and l.etat = '{etat}'
    """

    assert [read_rows(deux_semaines, query.format(longer=name, etat="valeur")) for name in ("mois", "annee")] == [
        [],
        [],
    ]
    assert read_rows(deux_semaines, query.format(longer="mois", etat="secret"))


def test_a_small_week_end_is_masked_where_no_day_tells_it(tmp_path: Path) -> None:
    donnees = simulate_lake(tmp_path, 12, 1)
    with connect_publication(publish(donnees, load_plan(), politique="exacte").path) as connection:
        uais = [uai for (uai,) in connection.execute("select uai from ecoles").fetchall()]
    semaine = {jour: [("08:30", "11:30"), ("13:30", "16:30")] for jour in (1, 2, 4, 5)}
    load_horaires(donnees, write_horaires(tmp_path / "h.csv", dict.fromkeys(uais, semaine)), "2025-2026")
    query = """
        select f.niveau, f.territoire, f.profil
        from frequentation_semaine f
        join protection p on p.niveau = f.niveau and p.territoire = f.territoire and p.profil = f.profil
        where f.coupe = 'moment' and f.modalite = 'week_end' and f.utilisateurs between 1 and 4
            and p.annee_scolaire = '2025-2026' and p.totaux_jour = {jours}
    """
    path = publish(donnees, load_plan(), politique="groupes").path

    assert read_rows(path, query.format(jours=False)) == []
    assert read_rows(path, query.format(jours=True))
