"""The national weekly files: their columns, every figure against the oracle, N/A where masked, two forms without loss."""

import csv
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.referentiels import load_annuaire, load_couverture
from marking_plan import load_plan
from marking_plan.national import Jeu, load_national
from metrics.engine import connect_publication
from metrics.export.errors import EcritureImpossible, SemaineAbsente
from metrics.export.formes import CLES_LIGNE, to_long, to_wide
from metrics.export.national import Demande, export_national
from metrics.export.source import choose_semaines, list_semaines
from metrics.publication import publish
from tests.engine import NOW, ingest_files, publish_events, read_rows, write_annuaire, write_events
from tests.functional.test_oracle import (
    ARC_EN_CIEL,
    DOLTO,
    ECOLES,
    EVENTS,
    HORS,
    LUNEL,
    REGIONALES,
    event,
    local,
    place,
)
from tests.oracle import AGENTS, Natif
from tests.oracle_national import COLONNES, JEUX, measure_columns, recount, write_clock
from tests.regions import REGIONS, count_lakes, move_events
from tests.shared import share_publication

CAMEL = {
    "utilisateurs_autreAppareil", "duree_autreAppareil",
    *(f"{mesure}_{suffixe}" for mesure in ("visites", "utilisateurs", "duree")
      for suffixe in ("chromeMobile", "samsungBrowser", "huaweiBrowser", "miuiBrowser", "autreNavigateur", "autreOS")),
}  # fmt: skip
Table = list[dict[str, str]]


def export(path: Path, folder: Path, *, long: bool = False) -> dict[str, Table]:
    """The files of a publication, by name without suffix, as a plain CSV reader sees them."""
    with connect_publication(path) as connection:
        semaines = choose_semaines(list_semaines(connection), [], None)
        files = export_national(connection, Demande(folder, semaines, long))
    return {written.chemin.stem: read_csv(written.chemin) for written in files}


def read_csv(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def check(folder: Path, events: Sequence[Natif], ecoles: Sequence[Mapping[str, str]] = ECOLES) -> None:
    """Every row and figure of the four files equals the oracle's, both ways."""
    found = export(publish_events(folder, events, ecoles), folder / "export")
    for jeu, expected in recount(events, place(ecoles)).items():
        rows = {(date.fromisoformat(row["debutSemaine"]), row["UAI"]): fold(row) for row in found[jeu]}
        assert rows.keys() == expected.keys()
        for key, figures in expected.items():
            written = {n: write_clock(v) if n.startswith("duree_") else str(v) for n, v in figures.items()}
            assert {name: rows[key][name] for name in written} == written


def fold(row: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in row.items()}


@pytest.fixture(scope="module")
def one_visit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of one visit, to be read only."""
    return publish_events(tmp_path_factory.mktemp("visite"), [event(local("2025-10-06T09:00:00"))], ECOLES)


def test_each_file_has_the_published_columns_in_their_order(one_visit: Path, tmp_path: Path) -> None:
    export(one_visit, tmp_path / "export")
    spelled = dict(zip(COLONNES["keys_api"], COLONNES["keys_csv"], strict=True)) | {
        name.lower(): name for name in CAMEL
    }

    for jeu, columns in zip(JEUX, (25, 85, 58, 73), strict=True):
        header = (tmp_path / "export" / f"{jeu}.csv").read_text("utf-8").splitlines()[0].split(";")
        assert header == [spelled.get(name, name) for name in COLONNES[jeu]]
        assert len(header) == columns


def test_the_services_file_has_its_other_keys_after_the_measures() -> None:
    services = load_national().jeux[1]

    assert services.ordre[:2] == ("debutsemaine", "uai")
    assert services.ordre[77:] == tuple(COLONNES["keys_api"][2:])


def test_every_figure_equals_the_oracle(tmp_path: Path) -> None:
    monday, agents = local("2025-10-06T09:00:00"), list(AGENTS)
    profils = ("ELEVE", "PARENT", "parent_elu", "ENSEIGNANT", "directeur", "admin_vie_scol_tech", "VISITEUR")
    places = [(DOLTO, "NOTES"), (DOLTO, "ACCUEIL"), (ARC_EN_CIEL, "page_ent"), (HORS, "blog")]
    terminals = ("ordinateur", "tablette", "smartphone", "autre")
    events = [
        event(monday + timedelta(days=n, minutes=7 * k), visiteur=f"v{n % 3}", uai=uai, profil=profil, service=service)
        | {"appareil": terminals[k]}
        for n, profil in enumerate(profils)
        for k, (uai, service) in enumerate(places)
    ]
    for n, seen in enumerate(events[::2]):
        del seen["appareil"]
        seen["agent"] = agents[n % 2]
    check(tmp_path, events)


FORTNIGHTS = st.lists(EVENTS.filter(lambda natif: "2025-10-2" in str(natif["instant"])), min_size=1, max_size=20)


@settings(max_examples=count_lakes(4), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FORTNIGHTS, min_size=REGIONS, max_size=REGIONS))
def test_every_figure_of_random_fortnights_equals_the_oracle(fortnights: list[list[Natif]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), move_events(fortnights), REGIONALES)


def test_a_total_duration_beyond_a_day_keeps_counting_hours(tmp_path: Path) -> None:
    start = local("2025-10-06T00:00:00")
    events = [event(start + timedelta(minutes=25 * n)) for n in range(120)]  # one visit of 49 h 35
    found = export(publish_events(tmp_path, events, ECOLES), tmp_path / "export")

    assert [row["duree_globales"] for row in found[JEUX[0]]] == ["49:35:00"]


def test_a_school_without_a_visit_that_week_has_no_row_though_its_zero_is_known(tmp_path: Path) -> None:
    donnees = tmp_path / "donnees"
    load_annuaire(donnees, write_annuaire(tmp_path / "a.csv", ECOLES), "2025-2026")
    (tmp_path / "c.csv").write_text("jour;uai\n" + "".join(f"2025-10-13;{uai}\n" for uai in (DOLTO, LUNEL)))
    load_couverture(donnees, tmp_path / "c.csv")
    events = [
        event(local(day), uai=uai) for day, uai in (("2025-10-06T09:00:00", DOLTO), ("2025-10-13T09:00:00", LUNEL))
    ]
    ingest_files(donnees, write_events(tmp_path / "e.ndjson", events))
    path = publish(donnees, load_plan(), politique="exacte", now=NOW).path

    zero = f"select visites from v_ecole_semaine where uai = '{DOLTO}' and debut = '2025-10-13'"  # noqa: S608
    assert read_rows(path, zero) == [(0,)]
    for rows in export(path, tmp_path / "export").values():
        assert [(row["debutSemaine"], row["UAI"]) for row in rows] == [("2025-10-06", DOLTO), ("2025-10-13", LUNEL)]


def test_keys_are_names_and_empty_outside_the_directory(tmp_path: Path) -> None:
    monday = local("2025-10-06T09:00:00")
    found = export(publish_events(tmp_path, [event(monday), event(monday, uai=HORS)], ECOLES), tmp_path / "export")
    unknown, known = found[JEUX[0]]
    keys = COLONNES["keys_csv"]

    assert [known[name] for name in ("commune", "département")] == ["34194", "034"]  # this directory has codes alone
    assert (known["UAI"], known["nature_uai"], known["secteur"], known["ministère"]) == (
        DOLTO,
        "Ecole élémentaire",
        "",
        "",
    )
    assert unknown["UAI"] == HORS
    assert {unknown[name] for name in keys[2:]} == {""}


@pytest.fixture(scope="module")
def protege(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated region of 12 schools and one week, published under `groupes`."""
    return share_publication(tmp_path_factory, 12, 1, "groupes")


def test_masked_cells_are_not_available_and_published_ones_always_are(protege: Path, tmp_path: Path) -> None:
    totals = {
        (str(uai), str(profil)): (visites, utilisateurs)
        for uai, profil, visites, utilisateurs in read_rows(
            protege,
            "select territoire, profil, visites, utilisateurs from frequentation_semaine "
            "where niveau = 'uai' and coupe = 'total' and etat = 'valeur'",
        )
    }
    named = {"globales": "tous", "eleve": "eleve", "parent": "parents", "enseignant": "enseignant"}
    seen = set()
    for row in export(protege, tmp_path)[JEUX[0]]:
        for suffixe, profil in named.items():
            published = totals.get((row["UAI"], profil))
            expected = tuple(map(str, published)) if published else ("N/A", "N/A")
            assert (row[f"visites_{suffixe}"], row[f"utilisateurs_{suffixe}"]) == expected
            assert (row[f"duree_{suffixe}"] == "N/A") == (published is None)
            seen.add(published is None)
    assert seen == {True, False}


def test_a_masked_export_holds_no_figure_that_the_publication_does_not(protege: Path, tmp_path: Path) -> None:
    services = export(protege, tmp_path)[JEUX[1]]  # schools publish no weekly cut: design 8

    assert services
    assert {row[name] for row in services for name in measure_columns(JEUX[1]) if row["UAI"]} == {"N/A"}


def test_a_cut_withheld_whole_gives_no_zero(one_visit: Path, tmp_path: Path) -> None:
    """Under a total that is published, a missing modality is zero, unless the cut has its row `toutes`."""
    path = Path(shutil.copy(one_visit, tmp_path))
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update frequentation_semaine set modalite = 'toutes', etat = 'secret', visites = null, utilisateurs = null, "
            "duree_s = null where niveau = 'uai' and coupe = 'appareil'"
        )
    row = fold(export(path, tmp_path / "export")[JEUX[3]][0])

    assert {row[name] for name in ("visites_ordinateur", "visites_tablette", "duree_autreappareil")} == {"N/A"}
    assert row["visites_android"] == "0"


def test_the_long_form_names_total_and_mean_apart(tmp_path: Path) -> None:
    start = local("2025-10-06T09:00:00")
    events = [event(start + timedelta(seconds=s), visiteur=v) for v, s in (("a", 0), ("a", 100), ("b", 0), ("b", 201))]
    rows = export(publish_events(tmp_path, events, ECOLES), tmp_path / "export", long=True)["dnma-long"]
    pupils = {row["mesure"]: row["valeur"] for row in rows if (row["jeu"], row["profil"]) == ("profils", "eleve")}
    parents = {row["mesure"]: row["valeur"] for row in rows if (row["jeu"], row["profil"]) == ("profils", "parents")}

    assert pupils == {"visites": "2", "utilisateurs": "2", "duree_s": "301", "duree_moyenne_s": "150"}
    assert parents == {"visites": "0", "utilisateurs": "0", "duree_s": "0"}  # no visit, no mean


def test_a_name_that_begins_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    begins = ["=1+1", "+33", "-1", "@SUM(A1)", "＝1"]
    ecoles = [
        {**ECOLES[0], "uai": uai, "commune": begin}
        for uai, begin in zip((DOLTO, ARC_EN_CIEL, LUNEL, "0340003U", "0340004V"), begins, strict=True)
    ]
    events = [event(local("2025-10-06T09:00:00"), uai=ecole["uai"]) for ecole in ecoles]
    found = export(publish_events(tmp_path, events, ecoles), tmp_path / "export", long=True)

    for jeu in JEUX:
        assert sorted(row["commune"] for row in found[jeu]) == sorted(f"'{begin}" for begin in begins)


JEU = st.sampled_from(load_national().jeux)
FIGURES = st.one_of(st.none(), st.integers(0, 10**7))


@st.composite
def wide_rows(draw: st.DrawFn) -> tuple[Jeu, pl.DataFrame]:
    """A file and some rows of it: distinct keys, any figure or none in each cell."""
    jeu = draw(JEU)
    days = st.integers(0, 200).map(lambda n: date(2025, 9, 1) + timedelta(weeks=n))
    keys = draw(st.lists(st.tuples(days, st.sampled_from(["A", "B", "C"])), unique=True, max_size=6))
    measures = [colonne.nom for colonne in jeu.colonnes]
    pool = draw(st.lists(FIGURES, min_size=7, max_size=7))
    rows = [
        {"debutsemaine": key[0], "uai": key[1]} | {name: pool[(3 * n + r) % 7] for n, name in enumerate(measures)}
        for r, key in enumerate(keys)
    ]
    kinds = {"debutsemaine": pl.Date} | dict.fromkeys(measures, pl.Int64)
    return jeu, pl.DataFrame(rows, {name: kinds.get(name, pl.String) for name in jeu.ordre})


@settings(deadline=None, max_examples=40)
@given(wide_rows())
def test_wide_to_long_to_wide_is_the_identity(drawn: tuple[Jeu, pl.DataFrame]) -> None:
    jeu, large = drawn
    lignes = large.select([name for name in large.columns if name in CLES_LIGNE or name in COLONNES["keys_api"]])
    long = to_long(large, jeu)

    assert long.height == large.height * len(jeu.colonnes)
    assert to_wide(long, lignes, jeu).equals(large)


def test_unknown_weeks_are_refused_by_name() -> None:
    weeks = [date(2025, 9, 1), date(2025, 9, 8)]

    assert choose_semaines(weeks, [], "2025-2026") == weeks
    with pytest.raises(SemaineAbsente, match=r"2025-09-02 n’est pas un lundi"):
        choose_semaines(weeks, [date(2025, 9, 2)], None)
    with pytest.raises(SemaineAbsente, match=r"2025-09-15 n’est pas publiée.*du 2025-09-01 au 2025-09-08"):
        choose_semaines(weeks, [date(2025, 9, 15)], None)
    with pytest.raises(SemaineAbsente, match="2024-2025"):
        choose_semaines(weeks, [], "2024-2025")
    with pytest.raises(SemaineAbsente, match="dnma publish"):
        choose_semaines([], [], None)


def test_files_take_their_names_together_or_not_at_all(one_visit: Path, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")

    def refuse(_files: object) -> None:
        raise KeyboardInterrupt

    with connect_publication(one_visit) as connection:
        semaines = list_semaines(connection)
        with pytest.raises(KeyboardInterrupt):
            export_national(connection, Demande(tmp_path / "export", semaines), announce=refuse)
        with pytest.raises(EcritureImpossible, match="écriture impossible"):
            export_national(connection, Demande(tmp_path / "fichier", semaines))
    assert list((tmp_path / "export").iterdir()) == []
