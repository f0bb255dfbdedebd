"""The analysts' file keeps what its guide says: it opens read-only, explains itself, and the guide's queries are right."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from marking_plan import load_plan
from marking_plan.schema import load_tables
from metrics.engine import connect_publication
from tests.shared import share_publication

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "analyste.md").read_text("utf-8")
TABLES = load_tables("publication.toml")
_SECTIONS: list[tuple[str, str]] = re.findall(r"### (\d+\. [^\n]+)\n(.*?)(?=\n### |\Z)", GUIDE, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
NAMES = [title for title, _ in _SECTIONS]


def _query(section: str) -> str:
    return section.split("```sql\n")[1].split("```")[0]


def _section(number: int) -> str:
    return next(body for title, body in _SECTIONS if title.startswith(f"{number}."))


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, object]]:
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _run_example(dossier: Path, page: Path) -> subprocess.CompletedProcess[str]:
    script = ROOT / "docs" / "exemples" / "analyse.py"
    return subprocess.run([sys.executable, script, dossier, page], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated region under the policy `groupes`."""
    return share_publication(tmp_path_factory, 12, 2, "groupes")


@pytest.fixture(scope="module")
def base(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file as the guide opens it."""
    with connect_publication(published) as connection:
        yield connection


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same, where a test may write what two weeks can't hold."""
    path = shutil.copyfile(published, tmp_path / "copie.duckdb")
    with duckdb.connect(str(path)) as connection:
        yield connection


def test_the_guide_has_at_least_ten_queries_each_with_a_question_and_a_reading() -> None:
    assert len(_SECTIONS) >= 10
    assert [t for t, b in _SECTIONS if not re.search(r"^Question : ", b, re.M) or "\nLecture : " not in b] == []


@pytest.mark.parametrize(("title", "section"), _SECTIONS, ids=NAMES)
def test_a_query_of_the_guide_gives_the_columns_that_the_text_names(
    base: duckdb.DuckDBPyConnection, title: str, section: str
) -> None:
    named = re.findall(r"`(\w+)`", section[section.index("\nColonnes :") :])
    cursor = base.execute(_query(section))
    rows = cursor.fetchall()

    assert [column[0] for column in cursor.description or ()] == named
    assert rows or re.search(r"réponse\speut être vide", section), title


@pytest.mark.parametrize("block", PYTHON, ids=range(len(PYTHON)))
def test_a_python_block_of_the_guide_runs_where_the_publication_lies(
    published: Path, tmp_path: Path, block: str
) -> None:
    (tmp_path / "donnees").symlink_to(published.parents[1])

    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "2025" in done.stdout


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from read_csv('{secret}')",
        "select * from sniff_csv('{secret}')",
        "select * from read_text('{secret}')",
        "select * from glob('{secret}')",
        "copy LISEZ_MOI to '{secret}.csv'",
        "attach '{secret}.duckdb' as autre",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "export database '{secret}.d'",
        "create table trace (a integer)",
    ],
)
def test_the_file_opened_as_the_guide_says_reaches_nothing_else(
    base: duckdb.DuckDBPyConnection, tmp_path: Path, attempt: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", "utf-8")

    with pytest.raises(duckdb.Error):
        base.execute(attempt.format(secret=secret))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_the_guide_and_the_example_open_the_file_so() -> None:
    example = (ROOT / "docs" / "exemples" / "analyse.py").read_text("utf-8")

    for text in (*PYTHON, example):
        assert "read_only=True" in text
        assert '"enable_external_access": "false", "lock_configuration": "true"' in text


def test_the_guide_lists_the_published_tables() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", GUIDE[GUIDE.index("## Les tables") :], re.MULTILINE)

    assert sorted(listed) == sorted(TABLES)


def test_every_table_view_and_column_has_a_french_comment(base: duckdb.DuckDBPyConnection) -> None:
    tables = dict(base.execute("select table_name, comment from duckdb_tables()").fetchall())
    views = dict(base.execute("select view_name, comment from duckdb_views() where not internal").fetchall())
    columns = base.execute(
        "select table_name, column_name, comment from duckdb_columns() where not internal"
    ).fetchall()

    assert set(tables) == set(TABLES)
    assert [name for name, comment in (tables | views).items() if not comment] == []
    assert [name for name, table in TABLES.items() if not tables[name].startswith(table.commentaire)] == []
    assert [(table, column) for table, column, comment in columns if not comment] == []


def test_protected_tables_and_views_name_the_policy_and_its_k(base: duckdb.DuckDBPyConnection) -> None:
    comments = base.execute(
        "select comment from duckdb_tables() where table_name in ('frequentation_semaine', 'taux', 'pics', 'protection') "
        "union all select comment from duckdb_views() where not internal"
    ).fetchall()

    assert base.execute("select politique, k from publication").fetchall() == [("groupes-3", 5)]
    assert len(comments) == 25
    assert [comment for (comment,) in comments if "politique groupes-3, k = 5" not in comment] == []


def test_the_comments_of_a_view_speak_of_no_cut_that_it_lacks(base: duckdb.DuckDBPyConnection) -> None:
    query = "select comment from duckdb_columns() where table_name = 'v_ecole_mois' and column_name in ('visites', 'utilisateurs')"
    comments = [str(row["comment"]) for row in _rows(base, query)]

    assert [re.split(r"[,.]", comment)[0] for comment in comments] == ["Visites par mois", "Utilisateurs par mois"]
    assert [comment for comment in comments if "coupe" in comment or "NULL sans valeur" not in comment] == []


def test_the_composition_of_groups_is_published(base: duckdb.DuckDBPyConnection) -> None:
    rows = base.execute("select groupe, profil from plan_groupes order by groupe, ordre").fetchall()

    assert rows == [(g.code, profil) for g in sorted(load_plan().groupes, key=lambda g: g.code) for profil in g.profils]


@pytest.mark.parametrize("periode", ["semaine", "mois", "annee"])
@pytest.mark.parametrize("niveau", [n.code for n in load_plan().niveaux])
def test_a_view_has_one_row_a_key(base: duckdb.DuckDBPyConnection, niveau: str, periode: str) -> None:
    view = f"v_{'ecole' if niveau == 'uai' else niveau}_{periode}"
    rows, keys = base.execute(f"select count(*), count(distinct (debut, {niveau})) from {view}").fetchall()[0]  # noqa: S608 - names of the plan

    assert rows == keys
    assert rows > 0 or niveau == "regroupement"


@pytest.mark.parametrize("periode", [p.code for p in load_plan().periodes])
def test_the_comment_of_a_cut_names_the_cuts_of_its_period(periode: str) -> None:
    comment = TABLES[f"frequentation_{periode}"].colonnes["coupe"].commentaire
    listed = re.split(r"[\s\u00a0\u202f];", comment.removeprefix("Coupe\u00a0: "))[0]

    assert sorted(listed.split(", ")) == sorted(c.code for c in load_plan().coupes if periode in c.periodes)


def test_the_comment_of_a_profil_names_every_group() -> None:
    comment = TABLES["frequentation_semaine"].colonnes["profil"].commentaire
    (listed,) = re.findall(r"\((.*?)\)", comment)

    assert listed.split(", ") == [g.code for g in load_plan().groupes]


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        ("select coupe, modalite from frequentation_{periode}", "select coupe, code from plan_modalites"),
        ("select coupe from frequentation_{periode}", "select code from plan_coupes"),
        ("select profil from frequentation_{periode}", "select code from plan_profils"),
        ("select niveau from frequentation_{periode}", "select code from plan_niveaux"),
        ("select etat from frequentation_{periode}", "select code from plan_etats"),
    ],
)
@pytest.mark.parametrize("periode", ["jour", "semaine", "mois", "annee"])
def test_every_code_of_a_count_has_its_label(
    base: duckdb.DuckDBPyConnection, codes: str, labels: str, periode: str
) -> None:
    assert base.execute(f"{codes.format(periode=periode)} except {labels}").fetchall() == []


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        ("select etat from taux union select etat from pics union select etat from acces", "plan_etats"),
        ("select detail from qualite_lots where rubrique in ('refus', 'suivi_refus')", "plan_motifs"),
        ("select profil from taux union select profil from protection", "plan_profils"),
    ],
)
def test_every_other_code_has_its_label(base: duckdb.DuckDBPyConnection, codes: str, labels: str) -> None:
    assert base.execute(codes).fetchall()
    assert base.execute(f"({codes}) except select code from {labels}").fetchall() == []  # noqa: S608 - names above


def test_an_indicator_says_where_it_is_read_and_whether_it_adds_up(base: duckdb.DuckDBPyConnection) -> None:
    found = {str(row["nom"]): row for row in _rows(base, "select * from indicateurs")}

    assert set(found) == {i.nom for i in load_plan().indicateurs}
    for row in found.values():
        table = str(row["source"]).replace("<periode>", "semaine")
        base.execute(f"select {row['calcul']} from {table} limit 1").fetchall()  # noqa: S608 - both from the plan
    assert "jamais" in str(found["utilisateurs"]["additivite"])


def test_lisez_moi_tells_how_to_read_the_file(base: duckdb.DuckDBPyConnection) -> None:
    text = " ".join(str(row["texte"]) for row in _rows(base, "select texte from LISEZ_MOI order by ordre"))

    assert [e.code for e in load_plan().etats[:5] if e.code not in text] == []
    assert [name for name in re.findall(r"plan_\w+", text) if name not in TABLES] == []
    assert "'" not in text


def test_the_query_of_schools_to_support_names_school_and_cause(copy: duckdb.DuckDBPyConnection) -> None:
    copy.execute(
        "insert into ecoles_a_accompagner select '2025-09-08', uai, 'arret', 'uai', uai, 'tous', 0, 12, null, '2025-09-01', 3 "
        "from ecoles order by uai limit 1"
    )
    (row,) = _rows(copy, _query(_section(2)))
    (nom,) = copy.execute("select nom_usuel from ecoles order by uai limit 1").fetchall()[0]

    assert (row["ecole"], row["cause"], row["reference"], row["semaines"]) == (nom, "arrêt", 12, 3)


def test_the_query_of_services_tells_zero_secret_and_withheld_apart(copy: duckdb.DuckDBPyConnection) -> None:
    cells = {
        modalite: (visites, etat)
        for modalite, visites, etat in copy.execute(
            "select s.libelle, f.visites, f.etat from frequentation_mois f join plan_services s on s.code = f.modalite "
            "where f.niveau = 'region' and f.profil = 'tous' and f.coupe = 'service'"
        ).fetchall()
    }
    (total,) = copy.execute("select visites from v_region_mois").fetchall()[0]
    rows = _rows(copy, _query(_section(4)))
    copy.execute("update frequentation_mois set modalite = 'toutes' where coupe = 'service'")
    withheld = _rows(copy, _query(_section(4)))

    assert {etat for _, etat in cells.values()} == {"valeur", "secret"}
    for row in rows:
        visites, etat = cells.get(str(row["service"]), (0, "valeur"))
        part = None if visites is None else pytest.approx(100 * visites / total)
        assert (row["visites"], row["etat"], row["part_pour_cent"]) == (visites, etat, part)
    assert {(row["visites"], row["etat"]) for row in withheld} == {(None, "secret")}


def test_the_query_of_last_year_compares_by_school_day(copy: duckdb.DuckDBPyConnection) -> None:
    assert {row["comparaison"] for row in _rows(copy, _query(_section(5)))} == {"sans équivalent"}

    copy.execute(
        "insert into frequentation_semaine select '2024-09-02', niveau, territoire, profil, coupe, modalite, 400, 9, 9, 9, "
        "'valeur', false from frequentation_semaine where debut = '2025-09-01' and niveau = 'region' and coupe = 'total'"
    )
    copy.execute(
        "insert into perimetre by name (select * replace (date '2024-09-02' as debut) from perimetre "
        "where periode = 'semaine' and niveau = 'region' and debut = '2025-09-01')"
    )
    copy.execute("update perimetre set jours_recus = jours_attendus where niveau = 'region' and periode = 'semaine'")
    (visites,) = copy.execute("select visites from v_region_semaine where debut = '2025-09-01'").fetchall()[0]
    found = {str(row["semaine"]): row for row in _rows(copy, _query(_section(5)))}

    assert (found["2025-09-01"]["par_jour_precedent"], found["2025-09-01"]["comparaison"]) == (100, "valeur")
    assert found["2025-09-01"]["evolution_pour_cent"] == pytest.approx(visites / 4 - 100)
    assert found["2025-09-08"]["comparaison"] == "sans équivalent"

    copy.execute(
        "update perimetre set jours_recus = jours_attendus / 2 where niveau = 'region' and debut = '2024-09-02'"
    )
    [first, *_] = _rows(copy, _query(_section(5)))
    assert (first["evolution_pour_cent"], first["comparaison"]) == (None, "semaine incomplète")


def test_the_example_writes_a_page_that_asks_nothing_of_another_host(published: Path, tmp_path: Path) -> None:
    page = tmp_path / "analyse.html"
    done = _run_example(published.parent, page)

    assert done.returncode == 0, done.stderr
    html = page.read_text("utf-8")
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", html) == []
    assert len(re.findall(r'"showSendToCloud": ?false', html)) == 2
    assert "données simulées" in html


def test_the_example_says_when_there_is_no_publication(tmp_path: Path) -> None:
    done = _run_example(tmp_path, tmp_path / "page.html")

    assert done.returncode == 1
    assert done.stderr.startswith("Aucune publication dans")
