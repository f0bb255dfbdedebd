"""A published national file beside our figures: any spelling of it is read, and planted differences alone are found."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.engine import connect_publication
from metrics.export.bilan import render_comparaison, write_differences
from metrics.export.comparaison import Comparaison, compare_national
from metrics.export.errors import FichierInattendu, SemaineAbsente
from metrics.export.fichier import read_keys, read_rows, recognize
from metrics.export.national import Demande, export_national
from metrics.export.source import list_semaines
from tests.engine import publish_events
from tests.functional.test_oracle import ARC_EN_CIEL, DOLTO, ECOLES, LUNEL, event, local
from tests.shared import share_publication

WEEKS = (date(2025, 10, 6), date(2025, 10, 13))
PROFILS, SERVICES, _, APPAREILS = (
    f"fr-en-dnma-par-uai-{name}.csv" for name in ("profils", "services", "profils-appareils", "appareils")
)
STRANGER = "0940001A"
Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of three schools, each seen by two persons in visits of ten minutes."""
    folder = tmp_path_factory.mktemp("comparaison")
    events = [
        event(local(f"{week}T09:00:00") + timedelta(minutes=m), uai=uai, visiteur=v, profil=profil)
        for week in WEEKS
        for uai in (DOLTO, ARC_EN_CIEL, LUNEL)
        for v, profil in (("a", "ELEVE"), ("b", "ENSEIGNANT"))
        for m in (0, 10)
    ]
    path = publish_events(folder, events, ECOLES)
    with connect_publication(path) as connection:
        export_national(connection, Demande(folder, list_semaines(connection)))
    return path


def files(published: Path) -> Path:
    """Folder of the national files exported from the publication."""
    return published.parents[2]


def read(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write(path: Path, rows: Table) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def planted(published: Path, folder: Path, plant: Callable[[Table], Table], name: str = PROFILS) -> Comparaison:
    """What is found in one of our own files after `plant` changed its rows."""
    return compare(published, write(folder / name, plant(read(files(published) / name))))


def compare(published: Path, path: Path, weeks: tuple[date, ...] = (), annee: str | None = None) -> Comparaison:
    with connect_publication(published) as connection:
        return compare_national(connection, recognize(path), weeks, annee)


def change(place: int, **values: str) -> Callable[[Table], Table]:
    """Other values in one row."""
    return lambda rows: [{**row, **values} if n == place else row for n, row in enumerate(rows)]


def natures(found: Comparaison) -> list[str]:
    return found.differences["nature"].to_list()


@pytest.mark.parametrize("name", [PROFILS, SERVICES, APPAREILS])
def test_our_own_file_shows_no_difference(published: Path, name: str) -> None:
    found = compare(published, files(published) / name)

    assert natures(found) == []
    assert (found.semaines, found.comptes.lignes) == (list(WEEKS), 6)
    assert found.comptes.chiffres == 6 * len(found.fichier.jeu.colonnes)


def test_planted_figures_are_found_and_only_those(published: Path, tmp_path: Path) -> None:
    def plant(rows: Table) -> Table:
        return change(4, duree_enseignant="00:10:01")(change(1, visites_eleve="3", utilisateurs_globales="1")(rows))

    found = planted(published, tmp_path, plant)
    rows = read(files(published) / PROFILS)

    assert found.differences.select("debutsemaine", "uai", "colonne", "publication", "fichier", "ecart").rows() == [
        (WEEKS[0], rows[1]["UAI"], "utilisateurs_globales", 2, 1, 1),
        (WEEKS[0], rows[1]["UAI"], "visites_eleve", 1, 3, -2),
        (WEEKS[1], rows[4]["UAI"], "duree_enseignant", 600, 601, -1),
    ]


def test_a_week_that_one_side_alone_has_is_named(published: Path, tmp_path: Path) -> None:
    def plant(rows: Table) -> Table:
        return [{**row, "debutSemaine": "2025-10-20"} if row["debutSemaine"] == "2025-10-13" else row for row in rows]

    found = planted(published, tmp_path, plant)

    assert found.differences.select("nature", "debutsemaine").rows() == [
        ("semaine_publication_seule", WEEKS[1]),
        ("semaine_fichier_seul", date(2025, 10, 20)),
    ]


def test_schools_and_rows_that_one_side_alone_has_are_named(published: Path, tmp_path: Path) -> None:
    def plant(rows: Table) -> Table:
        kept = [row for row in rows if row["UAI"] != LUNEL]
        kept = [row for row in kept if (row["UAI"], row["debutSemaine"]) != (DOLTO, "2025-10-13")]
        return [*kept, {**rows[0], "UAI": STRANGER}]

    found = planted(published, tmp_path, plant)

    assert found.differences.select("nature", "debutsemaine", "uai").rows() == [
        ("ecole_publication_seule", None, LUNEL),
        ("ligne_publication_seule", WEEKS[1], DOLTO),
        ("ecole_fichier_seul", None, STRANGER),
    ]


def test_a_file_without_a_row_for_schools_that_used_none_of_its_columns_is_no_difference(tmp_path: Path) -> None:
    path = publish_events(tmp_path, [event(local("2025-10-06T09:00:00"), service="page_ent", uai=u) for u in (DOLTO, LUNEL)] + [event(local("2025-10-06T09:00:00"), visiteur="b")], ECOLES)  # fmt: skip
    with connect_publication(path) as connection:
        export_national(connection, Demande(tmp_path, list_semaines(connection)))
    rows = [row for row in read(tmp_path / SERVICES) if row["UAI"] == DOLTO]

    found = compare(path, write(tmp_path / SERVICES, rows))

    assert (natures(found), found.comptes.vides) == ([], 1)


def test_durations_that_are_our_means_are_told_apart(published: Path, tmp_path: Path) -> None:
    found = planted(published, tmp_path, change(0, duree_globales="00:10:00"))  # two visits of ten minutes

    assert natures(found) == ["duree_moyenne"]
    assert any("moyenne par visite" in line for line in render_comparaison(found))


@pytest.mark.parametrize(
    "respell",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("académie", "ACADEMIE").replace("debutSemaine;UAI", "debutsemaine;uai"),
        lambda text: text.replace("visites_eleve", " Visites_Élève "),
        lambda text: text.replace(";", ",").replace("’", "'"),
        lambda text: text.replace(";", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("00:10:00", "0:10:00:250"),
        lambda text: text.replace("00:10:00", "600"),
    ],
    ids=["BOM", "API names", "accents and case", "commas", "tabs", "CRLF", "four-part durations", "seconds"],
)
def test_any_spelling_of_the_file_is_read(published: Path, tmp_path: Path, respell: Callable[[str], str]) -> None:
    path = tmp_path / "national.csv"
    path.write_bytes(respell((files(published) / PROFILS).read_text("utf-8")).encode())

    found = compare(published, path)

    assert (natures(found), found.comptes.chiffres) == ([], 6 * 15)


def test_missing_columns_are_said_and_not_compared(published: Path, tmp_path: Path) -> None:
    absent = {"académie", "ministère", "duree_globales", "visites_parent"}
    found = planted(published, tmp_path, lambda rows: [{k: v for k, v in r.items() if k not in absent} for r in rows])

    assert (natures(found), found.comptes.chiffres) == ([], 6 * 13)
    assert any("n’a pas : 2" in line for line in render_comparaison(found))


def test_not_available_is_no_figure(published: Path, tmp_path: Path) -> None:
    found = planted(published, tmp_path, change(0, visites_globales="N/A", duree_eleve=""))

    assert (natures(found), found.comptes.chiffres, found.comptes.sans_fichier) == ([], 88, 2)


def test_masked_figures_are_not_compared(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = share_publication(tmp_path_factory, 12, 1, "groupes")
    with connect_publication(path) as connection:
        [written, *_] = export_national(connection, Demande(tmp_path / "e", list_semaines(connection)))
    rows = [{k: "7" if v == "N/A" else v for k, v in row.items()} for row in read(written.chemin)]

    found = compare(path, write(tmp_path / PROFILS, rows))

    assert (natures(found), found.comptes.sans_publication) == ([], written.non_publies)
    assert written.non_publies > 0


def test_weeks_asked_for_alone_are_compared(published: Path) -> None:
    path = files(published) / PROFILS

    assert compare(published, path, WEEKS[1:]).semaines == [WEEKS[1]]
    assert compare(published, path, annee="2025-2026").semaines == list(WEEKS)
    with pytest.raises(SemaineAbsente, match="2024-2025"):
        compare(published, path, annee="2024-2025")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "aucun des quatre jeux nationaux"),
        (b"a;b\n1;2\n", "lu : a, b"),
        (b"debutSemaine;UAI\n2025-10-06;x\n", "aucun des quatre jeux"),
        (b"debutSemaine;UAI;visites_eleve;visites_notes\n", "aucun des quatre jeux"),
        (b"UAI;visites_eleve\n0340585B;1\n", "aucun des quatre jeux"),
        (b"\xff\xfe\x00d\x00e", "UTF-8"),
    ],
    ids=["empty", "another table", "keys alone", "two files in one", "no week", "UTF-16"],
)
def test_a_wrong_file_is_refused_in_one_french_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "f.csv").write_bytes(content)

    with pytest.raises(FichierInattendu, match=said) as caught:
        recognize(tmp_path / "f.csv")
    assert "Donnez le fichier CSV tel qu’il est téléchargé." in str(caught.value)


HEAD = "debutSemaine;UAI;visites_eleve;duree_eleve\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2025-10-07;0340585B;1;00:00:01\n", "ligne 2, colonne debutSemaine.*un lundi"),
        ("2025-10-06;0340585B;1;1\n06/10/2025;0340585B;1;1\n", "ligne 3, colonne debutSemaine.*2025-09-01"),
        ("2025-10-06;;1;1\n", "ligne 2, colonne UAI"),
        ("2025-10-06;0340585B;1;1\n2025-10-06;0340585B;2;1\n", "ligne 3, colonne UAI.*une seule ligne"),
        ("2025-10-06;0340585B;-1;1\n", "ligne 2, colonne visites_eleve.*« -1 »"),
        ("2025-10-06;0340585B;1;dix minutes\n", "ligne 2, colonne duree_eleve.*HH:MM:SS"),
        ("2025-10-06;0340585B;1;1;9;9\n", "abîmé"),
        ("2025-10-06;0340585B;1;\udcff\n", "lisible en UTF-8"),
        ("".join(f"2025-10-06;{n};1;1\n" for n in range(2000)) + "2025-10-06;x;1;\udcff\n", "abîmé.*UTF-8"),
    ],
    ids=range(9),
)
def test_a_damaged_row_is_named(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "f.csv").write_bytes((HEAD + lines).encode("utf-8", "surrogateescape"))

    with pytest.raises(FichierInattendu, match=said):
        read_whole(tmp_path / "f.csv")


def read_whole(path: Path) -> None:
    fichier = recognize(path)
    read_keys(fichier)
    read_rows(fichier, [WEEKS[0]], [DOLTO])


def test_every_difference_can_be_written_for_a_spreadsheet(published: Path, tmp_path: Path) -> None:
    found = planted(published, tmp_path, change(0, visites_globales="4", UAI="=1+1"))
    write_differences(found, tmp_path / "ecarts.csv")
    rows = read(tmp_path / "ecarts.csv")

    assert len(rows) == found.differences.height == 2
    assert sorted(row["UAI"] for row in rows)[0] == "'=1+1"


def test_the_report_counts_and_shows_the_widest_first(published: Path, tmp_path: Path) -> None:
    found = planted(
        published, tmp_path, lambda rows: change(3, visites_globales="100")(change(0, visites_eleve="2")(rows))
    )
    said = "\n".join(render_comparaison(found))

    assert "Chiffres comparés : 90, dont 2 diffèrent" in said
    assert said.index("-98,0 %") < said.index("-50,0 %")
