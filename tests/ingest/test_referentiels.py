"""Referentials are read as they are published, in every shape they had, and refused with a sentence that helps."""

import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import ColonneManquante, ColonnePersonnelle, FichierIllisible
from ingest.referentiels import load_annuaire, load_couverture, load_deploiement, load_effectifs
from ingest.referentiels.annuaire import read_annuaire
from ingest.referentiels.deploiement import read_deploiement
from ingest.referentiels.effectifs import read_effectifs
from marking_plan import load_plan
from marking_plan.codes import is_siren, is_siret

SHARED = Path(os.environ.get("DNMA_SHARED", Path(__file__).parents[3] / "shared"))
VAL_DE_MARNE = SHARED / "data" / "annuaire_education_val_de_marne_2026.csv"


@pytest.mark.skipif(not VAL_DE_MARNE.exists(), reason="the real directory stays out of the repository")
def test_a_real_published_directory_loads_whole() -> None:
    annuaire = read_annuaire(VAL_DE_MARNE)

    assert (annuaire.ecoles.height, annuaire.refuses) == (613, ())
    assert annuaire.ecoles["code_circonscription"].str.contains(r"^094\d{4}[A-Z]$").all()


def test_the_older_directory_shape_loads_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    header = "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Code postal;Code_commune;Code_departement;nom_circonscription"
    rows = [
        "0340585B;Maternelle Dolto;Ecole;34230;34194;34;Circonscription d'inspection du 1er degré de Lodève",
        "0342332A;Élémentaire;Ecole;34230;34194;34;",
        "0340585B;Maternelle Dolto (bis);Ecole;34230;34194;34;",
        "0341111X;Fausse;Ecole;34230;34194;34;",
        "0340001S;Un collège;Collège;34230;34194;34;",
    ]
    path.write_text("\n".join([header, *rows]), "cp1252")

    annuaire = read_annuaire(path)

    assert annuaire.ecoles["uai"].to_list() == ["0340585B", "0342332A"]
    assert annuaire.ecoles["code_circonscription"].to_list() == ["034-lodeve", "sans-034"]
    assert annuaire.ecoles["code_departement"].to_list() == ["034", "034"]
    assert annuaire.refuses == ((5, "UAI invalide : 0341111X"),)


def test_a_file_that_is_no_directory_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x;y\n1;2\n")

    with pytest.raises(ColonneManquante, match="identifiant_de_l_etablissement"):
        read_annuaire(tmp_path / "a.csv")


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"seul_en_tete\n"])
def test_an_empty_or_binary_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)

    with pytest.raises(FichierIllisible):
        read_annuaire(tmp_path / "a.csv")


def test_effectifs_read_the_simple_shape(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("uai;profil;effectif\n0342332A;ELEVE;120\n0342332A;parent;200\n")

    rows = read_effectifs(tmp_path / "e.csv", load_plan(), "comptes_actives", date(2025, 10, 1))

    assert rows.select("annee_scolaire", "profil", "effectif", "base").rows() == [
        ("2025-2026", "eleve", 120, "comptes_actives"),
        ("2025-2026", "parent", 200, "comptes_actives"),
    ]


def test_effectifs_read_the_open_shape(tmp_path: Path) -> None:
    header = (
        "rentree_scolaire,numero_ecole,nombre_total_classes,nombre_total_eleves,nombre_eleves_preelementaire_hors_ulis"
    )
    (tmp_path / "e.csv").write_text(f"{header}\n2025,0342332A,5,120,20\n")

    [row] = read_effectifs(tmp_path / "e.csv", load_plan(), None, None).to_dicts()

    assert (row["annee_scolaire"], row["profil"], row["base"]) == ("2025-2026", "eleve", "eleves_onde")
    assert (row["effectif"], row["dont_preelementaire"], row["classes"]) == (120, 20, 5)


def test_effectifs_refuse_a_list_of_persons(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("uai;profil;effectif;prenom\n0342332A;eleve;1;X\n")

    with pytest.raises(ColonnePersonnelle, match="prenom"):
        read_effectifs(tmp_path / "e.csv", load_plan(), None, None)


@pytest.mark.parametrize(
    ("row", "said"),
    [("0342332B;eleve;1", "UAI"), ("0342332A;chat;1", "profil"), ("0342332A;eleve;-1", "effectif")],
)
def test_effectifs_name_the_line_at_fault(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "e.csv").write_text(f"uai;profil;effectif\n0342332A;eleve;1\n{row}\n")

    with pytest.raises(FichierIllisible, match=f"ligne 3 .*{said}"):
        read_effectifs(tmp_path / "e.csv", load_plan(), None, None)


def test_effectifs_may_say_the_part_of_the_preelementaire(tmp_path: Path) -> None:
    rows = "0342332A;eleve;120;20\n0342332A;parent;200;"
    (tmp_path / "e.csv").write_text(f"uai;profil;effectif;dont_preelementaire\n{rows}\n")

    found = read_effectifs(tmp_path / "e.csv", load_plan(), None, date(2025, 10, 1))

    assert found["dont_preelementaire"].to_list() == [20, None]


@pytest.mark.parametrize("part", ["121", "-1", "vingt"])
def test_effectifs_refuse_a_part_of_the_preelementaire_that_is_none(tmp_path: Path, part: str) -> None:
    (tmp_path / "e.csv").write_text(f"uai;profil;effectif;dont_preelementaire\n0342332A;eleve;120;{part}\n")

    with pytest.raises(FichierIllisible, match=r"ligne 2 .*préélémentaire"):
        read_effectifs(tmp_path / "e.csv", load_plan(), None, None)


def test_effectifs_of_each_date_are_kept(tmp_path: Path) -> None:
    for month, count in ((11, 12), (10, 10)):
        (tmp_path / "e.csv").write_text(f"uai;profil;effectif\n0342332A;eleve;{count}\n")
        load_effectifs(tmp_path / "d", tmp_path / "e.csv", load_plan(), "comptes_ouverts", date(2025, month, 1))

    stored = pl.read_parquet(tmp_path / "d/referentiels/effectifs/annee=2025-2026.parquet")

    assert stored.select("constate_le", "effectif").rows() == [(date(2025, 10, 1), 10), (date(2025, 11, 1), 12)]


def test_later_effectifs_replace_those_of_the_same_base_and_date(tmp_path: Path) -> None:
    for count in (10, 12):
        (tmp_path / "e.csv").write_text(f"uai;profil;effectif\n0342332A;eleve;{count}\n")
        load_effectifs(tmp_path / "d", tmp_path / "e.csv", load_plan(), "comptes_ouverts", date(2025, 10, 1))

    stored = pl.read_parquet(tmp_path / "d/referentiels/effectifs/annee=2025-2026.parquet")

    assert stored["effectif"].to_list() == [12]


def test_deploiement_keeps_every_payer_of_a_school(tmp_path: Path) -> None:
    siren = next(s for n in range(10) if is_siren(s := f"21340194{n}"))
    siret = next(s for n in range(10) if is_siret(s := f"{siren}0001{n}"))
    rows = [f"2025-2026;0342332A;{siret};Commune;commune;20,00;01/07/2025;2025-09-01;" for _ in range(2)]
    (tmp_path / "p.csv").write_text(
        "\n".join(
            ["annee_scolaire;uai;siret_payeur;nom_payeur;type_payeur;montant;inscrite_le;ouverte_le;retiree_le", *rows]
        )
    )

    frame = read_deploiement(tmp_path / "p.csv")

    assert frame["montant"].to_list() == [20.0, 20.0]
    assert frame["inscrite_le"].to_list() == [date(2025, 7, 1)] * 2
    assert load_deploiement(tmp_path / "d", tmp_path / "p.csv") == ["Déploiement : 1\u00a0école inscrite."]


def test_deploiement_refuses_a_siret_that_a_spreadsheet_damaged(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(
        "annee_scolaire;uai;siret_payeur;ouverte_le\n2025-2026;0342332A;2,12103E+13;2025-09-01\n"
    )

    with pytest.raises(FichierIllisible, match="SIRET"):
        read_deploiement(tmp_path / "p.csv")


def test_couverture_adds_up_over_files(tmp_path: Path) -> None:
    for day in ("2025-10-06", "2025-10-07", "2025-10-07"):
        (tmp_path / "c.csv").write_text(f"jour;uai\n{day};0342332A\n")
        load_couverture(tmp_path / "d", tmp_path / "c.csv")

    stored = pl.read_parquet(tmp_path / "d/referentiels/couverture/annee=2025-2026.parquet")

    assert stored["jour"].to_list() == [date(2025, 10, 6), date(2025, 10, 7)]


def test_a_directory_line_without_commune_is_refused_not_fatal(tmp_path: Path) -> None:
    header = "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Code_commune"
    (tmp_path / "a.csv").write_text(f"{header}\n0340585B;Dolto;Ecole;\n342332A;Arc\u2028en ciel;École;34194\n")

    annuaire = read_annuaire(tmp_path / "a.csv")

    assert annuaire.refuses == ((2, "nom ou code de commune absent"),)
    assert annuaire.ecoles["uai"].to_list() == ["0342332A"]


@pytest.mark.parametrize("name", ["nom", "Nom de famille", "nom_parent", "mail", "Courriel", "téléphone"])
def test_any_header_that_names_persons_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "e.csv").write_text(f"uai;profil;effectif;{name}\n0342332A;eleve;1;X\n")

    with pytest.raises(ColonnePersonnelle):
        read_effectifs(tmp_path / "e.csv", load_plan(), None, None)


@pytest.mark.parametrize("annee", ["", "2025", "2025-2027", "../../x"])
def test_deploiement_refuses_a_school_year_that_is_none(tmp_path: Path, annee: str) -> None:
    (tmp_path / "p.csv").write_text(f"annee_scolaire;uai;ouverte_le\n{annee};0342332A;2025-09-01\n")

    with pytest.raises(FichierIllisible, match="année scolaire"):
        read_deploiement(tmp_path / "p.csv")


def test_the_report_of_a_directory_agrees_in_number(tmp_path: Path) -> None:
    header = "Identifiant_de_l_etablissement;Nom_etablissement;Code_commune;Code_departement;code_circonscription"
    rows = ["0340585B;Dolto;34194;34;0341000C", "0342332A;Arc-en-ciel;34194;34;0341000C"]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]))

    assert load_annuaire(tmp_path / "d", tmp_path / "a.csv", "2025-2026") == [
        "Annuaire 2025-2026 : 2\u00a0écoles, 1\u00a0circonscription, 0\u00a0ligne refusée."
    ]


@pytest.mark.parametrize(("code", "nom"), [("034-001", "RPI 034-001"), ("RPI-034-001", "RPI-034-001")])
def test_the_name_of_a_regroupement_says_rpi_once(tmp_path: Path, code: str, nom: str) -> None:
    text = f"identifiant_de_l_etablissement;nom_etablissement;code_commune;rpi_disperse\n0342332A;École;34194;{code}\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")

    assert read_annuaire(tmp_path / "a.csv").ecoles["nom_regroupement"].to_list() == [nom]
