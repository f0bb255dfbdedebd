"""The attack on masks: each kind of sum gives a hidden figure back, and its twin with one thing less doesn't."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bench.attaque import Cellule, Periode, attack, attack_together, read_periods, simulate_lake
from bench.attaque.equations import Reste
from bench.attaque.lecture import TOTAL, Enfants, Public
from bench.attaque.masques import weigh
from bench.attaque.preuve import find_chain
from bench.attaque.programme import Systeme, find_determined, list_sums, make_systeme
from marking_plan import load_plan
from metrics.engine import connect_publication
from metrics.publication import publish
from tests.engine import read_rows
from tests.shared import Publications, build_once

A, B, C, COMMUNE = (("uai", "A", "tous"), ("uai", "B", "tous"), ("uai", "C", "tous"), ("commune", "D", "tous"))
Cuts = Mapping[Public, Mapping[str, int | None]]
RENTREE = date(2025, 9, 1)


def make(
    cuts: Cuts,
    totaux: Mapping[Public, int | None],
    *,
    enfants: Enfants | None = None,
    jours: Mapping[Public, Mapping[date, int]] | None = None,
    irregular: bool = False,
    grain: str = "semaine",
    debut: date = RENTREE,
) -> Periode:
    """A period from cells named `coupe/modalite`, by node and profil."""
    visites: dict[Cellule, int | None] = {
        (*public, pair.partition("/")[0], pair.partition("/")[2]): n
        for public, cells in cuts.items()
        for pair, n in cells.items()
    }
    nodes = frozenset(public[:2] for public in cuts)
    return Periode(
        visites,
        totaux,
        frozenset(cuts),
        enfants or {},
        nodes if irregular else frozenset(),
        frozenset(cell[:3] for cell in visites if cell[3] == "creneau"),
        jours or {},
        grain,
        debut,
    )


def found(periode: Periode) -> set[str]:
    """What the attack recovers, as `territoire profil coupe/modalite`."""
    return {f"{cell[1]} {cell[2]} {cell[3]}/{cell[4]}" for cell in attack(periode).retrouvees}


def test_modalities_of_a_cut_add_up_to_the_total() -> None:
    seen = {"appareil/ordinateur": 40, "appareil/tablette": None}

    assert found(make({A: seen}, {A: 50})) == {"A tous appareil/tablette"}
    assert found(make({A: seen | {"appareil/autre": None}}, {A: 50})) == set()


def test_a_modality_without_visits_tells_nothing_of_persons() -> None:
    assert found(make({A: {"appareil/ordinateur": 50, "appareil/tablette": None}}, {A: 50})) == set()


HOURS = {"creneau/1-08": None, "creneau/1-09": 7, "creneau/2-08": None, "creneau/2-09": 3}


def test_hours_of_a_weekday_add_up_to_its_day() -> None:
    days = {RENTREE: 12, RENTREE + timedelta(days=1): 18}

    assert found(make({A: HOURS}, {A: 30}, jours={A: days})) == {"A tous creneau/1-08", "A tous creneau/2-08"}
    assert found(make({A: HOURS}, {A: 30})) == set()


def test_hours_of_a_weekday_add_up_to_its_days_in_the_month_alone() -> None:
    days = {RENTREE + timedelta(days=7 * n): 4 for n in range(-1, 3)} | {RENTREE + timedelta(days=1): 18}
    month = make({A: HOURS}, {A: 30}, jours={A: days}, grain="mois")

    assert found(month) == {"A tous creneau/1-08", "A tous creneau/2-08"}


def test_an_hour_is_the_sum_of_its_weekdays() -> None:
    hidden = HOURS | {"heure/08": 20, "heure/09": None}

    assert found(make({A: hidden | {"heure/10": None}}, {A: 30})) == {"A tous heure/09"}
    assert found(make({A: {"heure/08": 20, "heure/09": None, "heure/10": None}}, {A: 30})) == set()


def test_the_week_end_is_its_days_where_no_school_has_class_on_a_saturday() -> None:
    seen = {"moment/classe": 20, "moment/week_end": None, "moment/soir": None}
    days = {RENTREE: 21, RENTREE + timedelta(days=5): 5, RENTREE + timedelta(days=6): 4}

    assert found(make({A: seen}, {A: 30}, jours={A: days})) == {"A tous moment/week_end", "A tous moment/soir"}
    assert found(make({A: seen}, {A: 30}, jours={A: days}, irregular=True)) == set()


def test_the_evening_is_made_of_its_hours_where_no_school_has_class_on_a_saturday() -> None:
    seen = {"creneau/1-19": 8, "creneau/1-10": 22, "moment/soir": None, "moment/classe": None}

    assert found(make({A: seen}, {A: 30})) == {"A tous moment/soir", "A tous moment/classe"}
    assert found(make({A: seen}, {A: 30}, irregular=True)) == set()


@pytest.mark.parametrize(("coupe", "modalites"), [("service", ("agenda", "blog")), ("type", ("natif", "tiers"))])
def test_an_overlapping_cut_with_one_row_has_all_the_visits(coupe: str, modalites: tuple[str, str]) -> None:
    one, other = (f"{coupe}/{modalite}" for modalite in modalites)

    assert found(make({A: {one: None}}, {A: 30})) == {f"A tous {one}"}
    assert found(make({A: {one: None, other: 12}}, {A: 30})) == set()


def test_a_family_with_one_service_has_its_visits() -> None:
    first, second = [s.code for s in load_plan().services if s.famille == "communication_collaboration"][:2]
    [page] = [service.famille for service in load_plan().services if service.code == "page_ent"]
    famille = {
        "famille/communication_collaboration": None,
        f"famille/{page}": 30,
        f"service/{first}": 9,
        "service/page_ent": 30,
    }

    assert found(make({A: famille}, {A: 30})) == {"A tous famille/communication_collaboration"}
    assert found(make({A: famille | {f"service/{second}": 4}}, {A: 30})) == set()


def test_a_group_is_the_sum_of_its_parts() -> None:
    publics = [("uai", "A", profil) for profil in ("tous", "eleve", "adultes")]
    totals = dict(zip(publics, (60, 30, 30), strict=True))
    hidden = {"appareil/autre": None, "appareil/tablette": None}
    tous, eleve = {"appareil/autre": 9, "appareil/tablette": 51}, {"appareil/autre": 4, "appareil/tablette": 26}
    alone, two = ((tous, part, hidden) for part in (eleve, hidden))

    assert found(make(dict(zip(publics, alone, strict=True)), totals)) == {
        "A adultes appareil/autre",
        "A adultes appareil/tablette",
    }
    assert found(make(dict(zip(publics, two, strict=True)), totals)) == set()


SCHOOLS: Enfants = {(("commune", "D"), "uai"): [("uai", "A"), ("uai", "B"), ("uai", "C")]}
SPLIT: dict[str, int | None] = {"type/natif": 9, "type/tiers": 30}
HIDDEN: dict[str, int | None] = {"type/natif": None, "type/tiers": 30}


@pytest.mark.parametrize(("total_c", "expected"), [(8, set()), (0, {"A tous type/natif"})])
def test_a_node_is_the_sum_of_its_children_and_of_those_that_show_nothing(total_c: int, expected: set[str]) -> None:
    cuts: Cuts = {COMMUNE: {"type/natif": 25, "type/tiers": 70}, A: HIDDEN, B: SPLIT}

    assert found(make(cuts, {COMMUNE: 90, A: 40, B: 40, C: total_c}, enfants=SCHOOLS)) == expected


def test_a_child_that_shows_nothing_stands_as_its_own_children() -> None:
    departement = ("departement", "034", "tous")
    enfants = {**SCHOOLS, (("departement", "034"), "commune"): [("commune", "D")]}
    totals = {departement: 80, COMMUNE: 80, A: 40, B: 40}
    cuts: Cuts = {departement: {"type/natif": 25, "type/tiers": 60}, A: HIDDEN, B: SPLIT}

    assert found(make(cuts, totals, enfants=enfants)) == {"A tous type/natif"}
    assert found(make({**cuts, B: HIDDEN}, totals, enfants=enfants)) == set()


def test_a_hidden_total_is_what_a_territory_leaves() -> None:
    totals = {COMMUNE: 90, A: None, B: 40, C: 8}

    assert found(make({}, totals, enfants=SCHOOLS)) == {"A tous total/total"}
    assert found(make({}, totals | {C: None}, enfants=SCHOOLS)) == set()
    assert found(make({}, totals | {C: None, COMMUNE: 40}, enfants=SCHOOLS)) == set(), "no visit, no person"


def test_a_hidden_total_is_what_a_group_leaves() -> None:
    totals = {A: 90, ("uai", "A", "eleve"): 50, ("uai", "A", "adultes"): None}

    assert found(make({}, totals)) == {"A adultes total/total"}
    assert found(make({}, totals | {("uai", "A", "eleve"): None})) == set()


def test_a_year_is_the_sum_of_its_months() -> None:
    cut = {"appareil/autre": 4, "appareil/tablette": None, "appareil/ordinateur": None}
    periods = [
        make({A: {"appareil/autre": 9, "appareil/tablette": 20, "appareil/ordinateur": 31}}, {A: 60}, grain="annee", debut=date(2025, 8, 1)),
        make({A: cut}, {A: 30}, grain="mois", debut=RENTREE),
        make({A: {"appareil/autre": 5, "appareil/tablette": 8, "appareil/ordinateur": 17}}, {A: 30}, grain="mois", debut=date(2025, 10, 1)),
    ]  # fmt: skip
    both = [
        periods[0],
        periods[1],
        make({A: cut | {"appareil/autre": 5}}, {A: 30}, grain="mois", debut=date(2025, 10, 1)),
    ]

    assert [len(bilan.retrouvees) for bilan in attack_together(periods)] == [0, 2, 0]
    assert [bilan.retrouvees for bilan in attack_together(both)] == [[], [], []]


def month_and_weeks(debut: date, hidden: int, jours: Mapping[date, int]) -> list[Periode]:
    """A month whose cell is known, with every week that touches it; `hidden` is the rank of the weeks from which they are masked."""
    cells: list[dict[str, int | None]] = [{"appareil/autre": 5, "appareil/tablette": 8, "appareil/ordinateur": 17}]
    masked: dict[str, int | None] = {"appareil/autre": 5, "appareil/tablette": None, "appareil/ordinateur": None}
    first = debut - timedelta(days=debut.weekday())
    mondays = [first + timedelta(days=7 * n) for n in range(6)]
    weeks = [
        make({A: masked if n >= hidden else cells[0]}, {A: 30}, jours={A: jours}, debut=monday)
        for n, monday in enumerate(mondays)
        if monday.replace(day=1) == debut or (monday + timedelta(days=6)).replace(day=1) == debut
    ]
    total = 30 * len(weeks)
    month = {
        "appareil/autre": 5 * len(weeks),
        "appareil/tablette": 8 * len(weeks),
        "appareil/ordinateur": 17 * len(weeks),
    }
    return [make({A: month}, {A: total}, jours={A: jours}, grain="mois", debut=debut), *weeks]


def test_a_month_of_whole_weeks_is_their_sum() -> None:
    assert [len(b.retrouvees) for b in attack_together(month_and_weeks(date(2027, 2, 1), 3, {}))] == [0, 0, 0, 0, 2]
    assert [len(b.retrouvees) for b in attack_together(month_and_weeks(date(2027, 2, 1), 2, {}))] == [0] * 5


def test_weeks_in_a_month_have_no_more_visits_than_it_and_miss_no_more_than_the_days_left() -> None:
    week = make({A: {"appareil/autre": 5, "appareil/tablette": 8, "appareil/ordinateur": 17}}, {A: 30})
    hidden: Cuts = {A: {"appareil/autre": None, "appareil/tablette": None, "appareil/ordinateur": 17}}
    day = {date(2025, 9, 20): 3}

    assert len(attack_together([make(hidden, {A: 30}, grain="mois", jours={A: {}}), week])[0].retrouvees) == 2
    assert attack_together([make(hidden, {A: 33}, grain="mois", jours={A: day}), week])[0].retrouvees == []


def test_a_week_that_two_months_share_is_its_two_pieces() -> None:
    shared, whole = date(2025, 9, 29), {"type/natif": 20, "type/tiers": 30}
    months = [
        make({A: cut}, {A: 30}, grain="mois", debut=debut, jours={A: {}})
        for debut, cut in ((RENTREE, {"type/natif": 12, "type/tiers": 30}), (date(2025, 10, 1), {"type/natif": None, "type/tiers": 30}))
    ]  # fmt: skip
    week = make({A: whole}, {A: 30}, debut=shared, jours={A: {shared: 15, date(2025, 10, 1): 15}})

    assert [b.retrouvees for b in attack_together([*months, week])][1] == [(*A, "type", "natif")]
    assert [b.retrouvees for b in attack_together(months)][1] == []


def test_a_chain_holds_the_sums_that_tell_a_figure_and_no_other() -> None:
    cuts: Cuts = {COMMUNE: {"type/natif": 25, "type/tiers": 60}, A: HIDDEN, B: {"type/natif": None}}
    periode = make(cuts, {COMMUNE: 80, A: 40, B: 9}, enfants=SCHOOLS)

    chain = find_chain(make_systeme([periode]), (0, (*A, "type", "natif")))

    assert sorted(line.partition(":")[0] for line in chain) == ["au moins le total", "au plus le total", "enfants"]


SIGNS = st.lists(st.lists(st.sampled_from([-1, 0, 0, 1]), min_size=6, max_size=6), min_size=1, max_size=5)


@settings(deadline=None, max_examples=40)
@given(SIGNS, st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_what_is_recovered_is_what_has_one_value_when_each_unknown_is_bounded_alone(
    signs: list[list[int]], truth: list[int]
) -> None:
    systeme = Systeme(numeros={(0, (*A, "heure", f"{n:02}")): n for n in range(6)})
    for row, listed in enumerate(signs):
        systeme.entrees += [(row, n, sign) for n, sign in enumerate(listed) if sign]
        systeme.droites.append(sum(sign * truth[n] for n, sign in enumerate(listed)))
    bounds = [(0, 1000)] * 6
    spread = [
        [way * linprog([way * (m == n) for m in range(6)], A_eq=signs, b_eq=systeme.droites, bounds=bounds).fun for way in (1, -1)]
        for n in range(6)
    ]  # fmt: skip
    alone = [n for n, (low, high) in enumerate(spread) if high - low < 0.5 < high]

    assert not systeme.entrees or sorted(find_determined(systeme)) == alone


@pytest.fixture(scope="module")
def publications(tmp_path_factory: pytest.TempPathFactory) -> Publications:
    """A region of 12 schools over two weeks, one of them in two months, published under each policy from one lake."""

    def build(folder: Path) -> Publications:
        donnees = simulate_lake(folder, 12, 2, date(2025, 9, 29))
        return {nom: publish(donnees, load_plan(), politique=nom).path for nom in ("exacte", "groupes", "familles")}

    return build_once(tmp_path_factory, "attaque", build)


def read_all(path: Path) -> list[Periode]:
    with connect_publication(path) as connection:
        return [
            periode for grain in ("annee", "mois", "semaine", "jour") for periode in read_periods(connection, grain)
        ]


@pytest.mark.parametrize("politique", ["groupes", "familles"])
def test_every_sum_that_the_attack_uses_is_true(publications: Publications, politique: str) -> None:
    exact, periodes = read_all(publications["exacte"]), read_all(publications[politique])
    false = []
    for genre, termes, droite in list_sums(periodes):
        left = droite - sum(
            sign * (exact[n].read(cell) or 0) for (n, cell), sign in termes if not isinstance(cell, Reste)
        )
        rests = [(cell, sign) for (_, cell), sign in termes if isinstance(cell, Reste)]
        most = sum(rest.au_plus for rest, _ in rests)
        if not 0 <= left * (rests[0][1] if rests else 1) <= most:
            false.append((genre, termes, droite, left))

    assert false == []


def test_a_cut_withheld_whole_is_an_unknown_for_each_modality_used(publications: Publications) -> None:
    query = "select debut, niveau, territoire, profil, coupe from frequentation_mois where modalite = 'toutes'"
    withheld = read_rows(publications["familles"], query)
    with connect_publication(publications["familles"]) as connection:
        months = {periode.debut: periode for periode in read_periods(connection, "mois")}

    assert withheld
    for debut, *public, coupe in withheld:
        assert isinstance(debut, date)
        visites = months[debut].visites
        hidden = {cell[4] for cell, n in visites.items() if cell[:4] == (*public, coupe) and n is None}
        assert hidden == {cell[4] for cell in visites if cell[3] == coupe}


def test_the_share_masked_is_that_of_cells_with_visits(publications: Publications) -> None:
    poids = weigh(publications["groupes"], publications["exacte"], "semaine")
    query = "select count(*) from frequentation_semaine where coupe <> 'total' and visites > 0"
    [(shown,)] = read_rows(publications["groupes"], query)

    assert isinstance(shown, int)
    assert poids.utilisateurs is not None
    assert poids.masquees == pytest.approx(1 - shown / poids.cellules)
    assert 0 < poids.utilisateurs < poids.masquees
    assert {niveau for niveau, _ in poids.par_niveau} == {"region", "academie", "departement", "circonscription"}
    assert TOTAL[0] not in {coupe for _, coupe in poids.par_niveau}
