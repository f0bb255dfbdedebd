"""Weeks of class are read in the open shape and in the long one, put together by school, and wrong lines said in French."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.simulation.simulate import simulate
from ingest.errors import AnneeInvalide, ColonneManquante, FichierIllisible
from ingest.referentiels import load_horaires
from ingest.referentiels.horaires import read_horaires
from marking_plan.schema import HORAIRE

ANNEE, DOLTO, ARC_EN_CIEL = "2025-2026", "0340585B", "0342332A"
# The header of the open file, as published (capitals; the programming interface writes it in small letters).
OPEN = (
    "CODE_UAI,CODE_NATURE,NOM_ETABLISSEMENT,ANNEE_SCOLAIRE,MULTI_RYTHME,LUNDI_MATIN_DEBUT,LUNDI_MATIN_FIN,LUNDI_APRES_MIDI_DEBUT,"
    "LUNDI_APRES_MIDI_FIN,MARDI_MATIN_DEBUT,MARDI_MATIN_FIN,MARDI_APRES_MIDI_DEBUT,MARDI_APRES_MIDI_FIN,MERCREDI_MATIN_DEBUT,"
    "MERCREDI_MATIN_FIN,JEUDI_MATIN_DEBUT,JEUDI_MATIN_FIN,JEUDI_APRES_MIDI_DEBUT,JEUDI_APRES_MIDI_FIN,VENDREDI_MATIN_DEBUT,"
    "VENDREDI_MATIN_FIN,VENDREDI_APRES_MIDI_DEBUT,VENDREDI_APRES_MIDI_FIN,SAMEDI_MATIN_DEBUT,SAMEDI_MATIN_FIN,code_commune"
)
MONDAY = "08:35,12:05,14:00,16:30"


def open_line(uai: str = DOLTO, annee: str = ANNEE, monday: str = MONDAY, wednesday: str = ",") -> str:
    """A line of the open file with class on Monday, and on Wednesday morning if told so."""
    return f"{uai},ELEMENTAIRE,ECOLE,{annee},N,{monday},,,,,{wednesday},,,,,,,,,,,34194"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8")
    return path


def week(path: Path, annee: str = ANNEE) -> list[tuple[object, ...]]:
    """Half-days that a file gives to the year."""
    return sorted(read_horaires(path, annee).demi_journees.rows())


def test_the_open_shape_gives_minutes_by_half_day(tmp_path: Path) -> None:
    path = write(tmp_path / "h.csv", OPEN, open_line(wednesday="09:00,12:00"))

    assert week(path) == [
        (DOLTO, 1, "apres_midi", 840, 990), (DOLTO, 1, "matin", 515, 725), (DOLTO, 3, "matin", 540, 720),
    ]  # fmt: skip


def test_headers_are_read_whatever_their_case_and_accents_and_columns_may_lack(tmp_path: Path) -> None:
    path = write(tmp_path / "h.csv", "uai;Lundi après-midi début;LUNDI_APRES_MIDI_FIN", f"{DOLTO};13h30;16h")

    assert week(path) == [(DOLTO, 1, "apres_midi", 810, 960)]


@pytest.mark.parametrize("line", ["mercredi;matin;08:45;11:45", "3;Matin;8h45;11:45:00", "MERCREDI;matin;8:45;11h45"])
def test_the_long_shape_gives_the_same(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "h.csv", "uai;jour;demi_journee;debut;fin", f"{DOLTO.lower()};{line}")

    assert week(path) == [(DOLTO, 3, "matin", 525, 705)]


def test_two_lines_of_a_school_make_its_widest_half_days(tmp_path: Path) -> None:
    path = write(tmp_path / "h.csv", OPEN, open_line(), open_line(monday="08:20,11:50,13:50,16:45"))

    assert week(path) == [(DOLTO, 1, "apres_midi", 830, 1005), (DOLTO, 1, "matin", 500, 725)]


def test_a_school_takes_its_year_else_the_nearest_earlier_else_the_nearest_later(tmp_path: Path) -> None:
    lines = [
        open_line(annee=annee, monday=f"08:{minute},12:00,,") for annee, minute in (("2020-2021", 10), (ANNEE, 20))
    ]
    path = write(tmp_path / "h.csv", OPEN, *lines, open_line(ARC_EN_CIEL, "2020-2021", "08:30,12:00,,"))

    assert week(path) == [(DOLTO, 1, "matin", 500, 720), (ARC_EN_CIEL, 1, "matin", 510, 720)]
    assert week(path, "2024-2025")[0][3] == 490
    assert week(path, "2019-2020")[0][3] == 490
    assert read_horaires(path, ANNEE).autres_annees == {"2020-2021": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (open_line(uai="0340585C"), "« 0340585C » de la colonne code_uai"),
        (open_line(annee="2025"), "« 2025 » de la colonne annee_scolaire"),
        (open_line(monday="08:75,12:00,,"), "« 08:75 » de la colonne lundi_matin_debut est illisible"),
        (open_line(monday="08:30,,,"), "l’heure de la colonne lundi_matin_fin manque"),
        (open_line(monday=",,14:00,13:00"), "« 13:00 » de la colonne lundi_apres_midi_fin ne suit pas"),
        (open_line(wednesday="midi,16:00"), "« midi » de la colonne mercredi_matin_debut"),
    ],
)
def test_a_wrong_line_is_said_with_its_column_and_its_school_has_no_week(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path / "h.csv", OPEN, open_line(), line, open_line(ARC_EN_CIEL))

    found = read_horaires(path, ANNEE)

    [(number, reason)] = found.refuses
    assert number == 3
    assert said in reason
    assert set(found.demi_journees["uai"]) >= {ARC_EN_CIEL}
    assert (DOLTO in found.demi_journees["uai"]) == ("UAI" in reason or "année" in reason)


@pytest.mark.parametrize(
    ("line", "said"),
    [("lundy;matin;08:30;11:30", "colonne jour"), ("8;matin;08:30;11:30", "colonne jour"),
     ("lundi;soir;08:30;11:30", "colonne demi_journee"), ("lundi;matin;;11:30", "colonne debut")],
)  # fmt: skip
def test_a_file_without_a_readable_line_is_refused(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path / "h.csv", "uai;jour;demi_journee;debut;fin", f"{DOLTO};{line}")

    with pytest.raises(FichierIllisible, match=f"ligne 2 : .*{said}"):
        read_horaires(path, ANNEE)


def test_a_file_of_neither_shape_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(ColonneManquante, match="CODE_UAI et LUNDI_MATIN_DEBUT"):
        read_horaires(write(tmp_path / "h.csv", "uai;effectif", f"{DOLTO};3"), ANNEE)


def test_the_report_counts_schools_empty_weeks_other_years_and_refusals(tmp_path: Path) -> None:
    lines = [open_line(annee="2020-2021"), open_line(ARC_EN_CIEL, monday=",,,"), open_line(uai="x")]
    path = write(tmp_path / "h.csv", OPEN, *lines)

    assert load_horaires(tmp_path / "d", path, ANNEE) == [
        "Horaires 2025-2026 : 1\u00a0école, 1 sans aucune heure, 1\u00a0ligne refusée.",
        "  1\u00a0école : horaires de 2020-2021",
        "  ligne 4 : l’UAI « x » de la colonne code_uai est invalide",
    ]
    stored = pl.read_parquet(tmp_path / "d" / "referentiels" / "horaires" / f"annee={ANNEE}.parquet")
    assert stored.columns == HORAIRE.names
    assert stored.rows()[0] == (ANNEE, DOLTO, 1, "apres_midi", 840, 990)


def test_a_school_year_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnneeInvalide, match="2025-2026"):
        load_horaires(tmp_path / "d", write(tmp_path / "h.csv", OPEN, open_line()), "2025-2027")


def test_simulated_schools_have_believable_weeks_and_some_have_none(tmp_path: Path) -> None:
    region = simulate(tmp_path, ecoles=80, semaines=1)

    found = read_horaires(region.horaires, ANNEE)

    days = found.demi_journees.group_by("uai").agg(pl.col("jour_semaine").unique().sort())["jour_semaine"].to_list()
    assert found.refuses == ()
    assert 60 < len(days) < 80
    assert {tuple(listed) for listed in days} >= {(1, 2, 4, 5), (1, 2, 3, 4, 5)}


@given(st.integers(0, 24 * 60 - 2), st.integers(1, 24 * 60))
def test_any_clock_time_is_read_to_the_minute(start: int, length: int) -> None:
    end = min(start + length, 24 * 60)
    texts = [f"{minute // 60:02}:{minute % 60:02}" for minute in (start, end)]
    with tempfile.TemporaryDirectory() as folder:
        path = write(
            Path(folder) / "h.csv", "uai;jour;demi_journee;debut;fin", ";".join([DOLTO, "lundi", "matin", *texts])
        )

        assert week(path) == [(DOLTO, 1, "matin", start, end)]
