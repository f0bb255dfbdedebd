"""The convention's list: every payer of every school, SIRET checked, costs in cents that add up."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import FichierIllisible
from ingest.referentiels import load_annuaire, load_deploiement
from marking_plan import convention
from marking_plan.convention import Tarif, find_tarif
from marking_plan.errors import PlanInvalide
from marking_plan.schema import DEPLOIEMENT
from metrics.export.convention import ConventionEcrite, export_convention
from metrics.export.errors import ConventionAbsente
from tests.engine import write_annuaire
from tests.functional.test_oracle import ARC_EN_CIEL, DOLTO, ECOLES, LUNEL

LUNEL_VILLE, SYNDICAT = "21340145800012", "25340001400010"  # made up, valid
COLUMNS = ("uai", "siret_payeur", "nom_payeur", "type_payeur", "montant")
Row = tuple[str | float | None, ...]


def write_list(donnees: Path, rows: list[Row], annee: str = "2025-2026") -> None:
    """The list of a school year as the lake has it, whatever a loader would refuse today."""
    frame = pl.DataFrame(rows, COLUMNS, orient="row").with_columns(annee_scolaire=pl.lit(annee))
    absent = [pl.lit(None).alias(name) for name in DEPLOIEMENT.names if name not in frame.columns]
    path = donnees / "referentiels" / "deploiement" / f"annee={annee}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(frame.with_columns(absent).select(DEPLOIEMENT.names).to_arrow().cast(DEPLOIEMENT), path)


def export(folder: Path, rows: list[Row]) -> tuple[ConventionEcrite, list[dict[str, str]], list[dict[str, str]]]:
    """What is told, the rows of payers, and those of schools."""
    write_list(folder / "donnees", rows)
    written = export_convention(folder / "donnees", folder / "convention.csv", "2025-2026")
    return written, read(written.payeurs_fichier), read(written.ecoles_fichier)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def cents(text: str) -> int:
    return int(Decimal(text.replace(",", ".")) * 100)


def test_a_school_with_several_payers_is_shared_and_counts_once(tmp_path: Path) -> None:
    rows: list[Row] = [(DOLTO, LUNEL_VILLE, "Lunel", "commune", None), (DOLTO, SYNDICAT, "SIVOM", "syndicat", None)]
    written, payeurs, ecoles = export(tmp_path, [*rows, (LUNEL, SYNDICAT, "SIVOM", "syndicat", None)])

    assert [(p["nom_payeur"], p["ecoles"], p["cout_euros"], p["uais"]) for p in payeurs] == [
        ("Lunel", "1", "20,00", DOLTO),
        ("SIVOM", "2", "60,00", f"{LUNEL} {DOLTO}"),
        ("TOTAL", "2", "80,00", ""),
    ]
    assert [(e["uai"], e["payeurs"], e["base_cout"]) for e in ecoles] == [
        (DOLTO, "2", "tarif_partage"), (LUNEL, "1", "tarif"), (DOLTO, "2", "tarif_partage"),
    ]  # fmt: skip
    assert (written.ecoles, written.payeurs, written.centimes, written.sirets_a_corriger) == (2, 2, 8000, 0)


def test_declared_amounts_stand_and_the_others_share_what_is_left(tmp_path: Path) -> None:
    rows: list[Row] = [(DOLTO, LUNEL_VILLE, "A", "commune", 12.35), (DOLTO, SYNDICAT, "B", "epci", None)]
    _, _, ecoles = export(tmp_path, [*rows, (LUNEL, None, "C", "commune", 55.0), (LUNEL, None, "D", "commune", None)])

    assert [(e["nom_payeur"], e["cout_euros"], e["base_cout"]) for e in ecoles] == [
        ("A", "12,35", "declare"), ("B", "27,65", "tarif_partage"), ("C", "55,00", "declare"), ("D", "0,00", "tarif_partage"),
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([DOLTO, ARC_EN_CIEL, LUNEL]),
            st.sampled_from(["A", "B", "C", "D", "E", "F", "G"]),
            st.one_of(st.none(), st.integers(0, 9999)),
        ),
        min_size=1,
        max_size=12,
        unique_by=lambda row: row[:2],
    )
)
def test_cents_add_up_exactly(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str, int | None]]
) -> None:
    rows: list[Row] = [(uai, None, nom, "commune", None if c is None else c / 100) for uai, nom, c in drawn]
    written, payeurs, ecoles = export(tmp_path_factory.mktemp("centimes"), rows)
    expected = 0
    for uai in {row[0] for row in drawn}:
        declared = [c for u, _, c in drawn if u == uai and c is not None]
        shared = len(declared) < sum(u == uai for u, _, _ in drawn)
        expected += max(sum(declared), 4000) if shared else sum(declared)

    assert written.centimes == expected
    assert sum(cents(e["cout_euros"]) for e in ecoles) == expected
    assert sum(cents(p["cout_euros"]) for p in payeurs[:-1]) == cents(payeurs[-1]["cout_euros"]) == expected


def test_a_wrong_siret_is_flagged_and_kept(tmp_path: Path) -> None:
    damaged = "21340145800013"
    rows: list[Row] = [(DOLTO, damaged, "A", "commune", None), (LUNEL, damaged, "B", "commune", None)]
    written, payeurs, ecoles = export(tmp_path, [*rows, (ARC_EN_CIEL, None, "C", "commune", None)])

    assert [(p["nom_payeur"], p["siret_payeur"], p["siret_controle"]) for p in payeurs[:-1]] == [
        ("A", damaged, "invalide"), ("B", damaged, "invalide"), ("C", "", "absent"),
    ]  # fmt: skip
    assert [e["siret_controle"] for e in ecoles] == ["invalide", "invalide", "absent"]
    assert (written.sirets_a_corriger, written.centimes) == (3, 12000)


def test_one_siret_is_one_payer_whatever_it_is_called(tmp_path: Path) -> None:
    rows: list[Row] = [
        (DOLTO, LUNEL_VILLE, "Lunel", "commune", None),
        (LUNEL, LUNEL_VILLE, "LUNEL (mairie)", "commune", None),
    ]
    _, payeurs, _ = export(tmp_path, rows)

    assert [(p["nom_payeur"], p["ecoles"]) for p in payeurs] == [("LUNEL (mairie) / Lunel", "2"), ("TOTAL", "2")]


def test_a_school_without_payer_is_listed_and_never_given_its_commune_s(tmp_path: Path) -> None:
    load_annuaire(tmp_path / "donnees", write_annuaire(tmp_path / "a.csv", ECOLES), "2025-2026")
    _, payeurs, ecoles = export(tmp_path, [(LUNEL, None, None, None, None)])

    assert [(e["nom"], e["nom_commune"], e["nom_payeur"], e["cout_euros"]) for e in ecoles] == [
        (f"École {LUNEL}", "34145", "", "40,00")
    ]
    assert payeurs[0]["nom_payeur"] == ""


def test_a_payer_named_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    rows: list[Row] = [(DOLTO, None, "=HYPERLINK(1)", "commune", None), (LUNEL, None, "\t@x", "commune", None)]
    _, payeurs, _ = export(tmp_path, rows)

    assert {p["nom_payeur"] for p in payeurs} == {"'=HYPERLINK(1)", "'\t@x", "TOTAL"}


def test_the_rate_is_that_of_the_school_year_s_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = (Tarif(depuis=date(2025, 8, 1), euros=Decimal(40)), Tarif(depuis=date(2027, 8, 1), euros=Decimal("42.50")))
    monkeypatch.setattr(convention, "_load_tarifs", lambda: rates)

    days = (date(2025, 8, 1), date(2027, 7, 31), date(2027, 8, 1))
    assert [find_tarif(day).centimes for day in days] == [4000, 4000, 4250]
    with pytest.raises(PlanInvalide, match="aucun tarif n’est en vigueur le 2025-07-31"):
        find_tarif(date(2025, 7, 31))


def test_an_unknown_school_year_is_refused_with_those_known(tmp_path: Path) -> None:
    write_list(tmp_path, [(DOLTO, None, None, None, None)])

    for unknown in ("2031-2032", "n'importe quoi"):
        with pytest.raises(ConventionAbsente, match=r"années connues : 2025-2026.*dnma deploiement"):
            export_convention(tmp_path, tmp_path / "c.csv", unknown)
    assert not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize("amount", ["quarante", "-40", "40,005", "nan"])
def test_an_amount_that_can_t_be_read_is_refused_at_loading(tmp_path: Path, amount: str) -> None:
    (tmp_path / "d.csv").write_text(f"annee_scolaire;uai;ouverte_le;montant\n2025-2026;{DOLTO};2025-09-01;{amount}\n")

    with pytest.raises(FichierIllisible, match=f"ligne 2 : le montant « {amount} »"):
        load_deploiement(tmp_path / "d", tmp_path / "d.csv")
