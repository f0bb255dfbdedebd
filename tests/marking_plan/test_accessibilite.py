"""The state of accessibility is computed from the audit, as the RGAA says; and the operator's file is checked."""

from pathlib import Path

import pytest

from marking_plan.accessibilite import Audit, load_audit
from marking_plan.errors import PlanInvalide
from marking_plan.exploitant import load_exploitant

ROOT = Path(__file__).parents[2]


def audited(verdicts: list[str], complet: bool = True) -> Audit:
    """An audit of a referential of one theme, whose criteria are told in order."""
    return Audit.model_validate(
        {
            "referentiel": "RGAA 4.1.2",
            "complet": complet,
            "auditeur": "Cabinet d’essai",
            "etablie_le": "2026-01-05",
            "realise_le": "2026-01-04",
            "themes": {"1": {"titre": "Images", "criteres": len(verdicts)}},
            "criteres": {f"1.{n}": verdict for n, verdict in enumerate(verdicts, 1)},
            "essais": [],
            "contenus": [],
        }
    )


@pytest.mark.parametrize(
    ("verdicts", "etat"),
    [
        (["conforme", "conforme", "non_applicable"], "totalement conforme"),
        (["conforme", "non_conforme", "non_applicable"], "partiellement conforme"),
        (["conforme", "non_conforme", "non_conforme"], "non conforme"),
        (["non_applicable"], "non conforme"),
    ],
)
def test_the_state_follows_from_the_criteria_that_apply(verdicts: list[str], etat: str) -> None:
    assert audited(verdicts).etat == etat


def test_without_a_full_audit_the_state_is_non_conforme() -> None:
    assert audited(["conforme", "conforme"], complet=False).etat == "non conforme"
    assert load_audit().etat == "non conforme"


def test_the_packaged_referential_has_the_criteria_of_the_rgaa() -> None:
    assert load_audit().total == 106


def test_a_full_audit_that_leaves_criteria_out_is_refused(tmp_path: Path) -> None:
    texte = (
        (ROOT / "marking_plan" / "accessibilite.toml").read_text("utf-8").replace("complet = false", "complet = true")
    )
    (tmp_path / "audit.toml").write_text(texte, "utf-8")
    with pytest.raises(PlanInvalide, match=r"audit\.toml.*chaque critère"):
        load_audit(tmp_path / "audit.toml")


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("organisme = ", "illisible"),
        ('organisation = "X"', "organisation"),
        ('documentation = "javascript:alert(1)"', "https"),
    ],
)
def test_a_wrong_operator_file_is_refused_in_one_sentence(tmp_path: Path, texte: str, dit: str) -> None:
    (tmp_path / "exploitant.toml").write_text(texte, "utf-8")
    with pytest.raises(PlanInvalide, match=dit):
        load_exploitant(tmp_path / "exploitant.toml")


def test_an_operator_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanInvalide, match="illisible"):
        load_exploitant(tmp_path / "absent.toml")
