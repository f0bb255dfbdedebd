"""The vendors' guide is true: limits, statuses, signatures and samples are those of the collector."""

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.blocks import LINE_MAX
from ingest.collecte import corps, signatures
from ingest.collecte.balise import integrite
from ingest.conformite import REFUSEES_MAX_PCT, Verdict, check_source
from ingest.dialects import DialectOptions
from ingest.dialects.records import KNOWN
from ingest.sources import find_sources
from marking_plan import load_plan

GUIDE = (Path(__file__).parents[1] / "docs" / "vendeur.md").read_text("utf-8")
PLAN = load_plan()
SECRET, IDENTIFIANT, HORODATAGE, SIGNATURE = (
    "whsec_c2VjcmV0IGQnZXNzYWksIGEgcmVtcGxhY2VyIDAwMDE=",
    "lot-2025-10-06-0001",
    1759731153,
    "v1,4GXPS58TKO8WzjT2rIMyaxBKP41iGsLDDiq6b/9Z0VY=",
)


def blocks(language: str) -> list[str]:
    """Blocks of code of the guide."""
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


[PYTHON], [SHELL], [BODY] = blocks("python"), blocks("sh"), blocks("ndjson")


def test_the_guide_tells_the_limits_of_the_collector() -> None:
    rows = dict(
        re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", GUIDE.split("### Limites")[1].split("\n## ")[0], re.MULTILINE)
    )

    assert rows["corps reçu"] == f"{corps.CORPS_MAX >> 20} Mio"
    assert rows["corps décompressé"].startswith(f"{corps.INFLATED_MAX >> 20} Mio, et {corps._RATIO_MAX} fois")
    assert rows["tableau JSON"].startswith(f"{corps.TABLEAU_MAX >> 20} Mio")
    assert rows["événements par lot"] == f"{corps.EVENEMENTS_MAX:,}".replace(",", " ")
    assert rows["un événement"] == f"{LINE_MAX >> 10} Kio"
    assert rows["secret"] == f"{signatures._SECRET_MIN} octets au moins"
    assert f"{signatures.TOLERANCE.seconds // 60} minutes au plus de l'heure du collecteur" in GUIDE


def test_the_guide_names_the_headers_and_the_example_that_signatures_read() -> None:
    assert [
        name for name in (signatures.ID, signatures.HORODATAGE, signatures.SIGNATURE) if f"`{name}`" not in GUIDE
    ] == []
    assert [text for text in (SECRET, IDENTIFIANT, str(HORODATAGE), SIGNATURE) if f"`{text}`" not in GUIDE] == []
    headers = {"webhook-id": IDENTIFIANT, "webhook-timestamp": str(HORODATAGE), "webhook-signature": SIGNATURE}
    now = datetime.fromtimestamp(HORODATAGE, UTC)

    signatures.check_signature(headers, BODY.encode(), [signatures.read_secret(SECRET)], now)


def test_the_python_of_the_guide_signs() -> None:
    names: dict[str, object] = {}
    exec(PYTHON, names)

    sign = names["signer"]

    assert callable(sign)
    assert sign(SECRET, IDENTIFIANT, HORODATAGE, BODY.encode()) == SIGNATURE


def test_the_shell_of_the_guide_signs_and_sends_what_it_signed(tmp_path: Path) -> None:
    (tmp_path / "lot.ndjson").write_text(BODY, "utf-8")
    said = {"secret": SECRET, "identifiant": IDENTIFIANT, "horodatage": str(HORODATAGE), "PATH": os.environ["PATH"]}
    script = 'curl() { printf "%s\\n" "$@"; }\n' + SHELL

    done = subprocess.run(["sh", "-euc", script], cwd=tmp_path, env=said, capture_output=True, text=True, check=True)

    arguments = done.stdout.splitlines()
    assert f"webhook-signature: {SIGNATURE}" in arguments
    assert f"webhook-id: {IDENTIFIANT}" in arguments
    assert arguments[-2:] == ["--data-binary", "@lot.ndjson"]


def test_the_tag_of_the_guide_bears_the_digest_of_the_file() -> None:
    [tag] = [block for block in blocks("html") if "<script" in block]

    assert f'integrity="{integrite()}"' in tag
    assert GUIDE.count("sha384-") == 1


def test_every_field_of_the_format_is_in_the_guide() -> None:
    assert [name for name in KNOWN if f"`{name}`" not in GUIDE] == []


def test_the_sample_line_of_the_guide_is_conforme(tmp_path: Path) -> None:
    [native] = [block for block in blocks("json") if "instant" in block]
    (tmp_path / "e.ndjson").write_text(native, "utf-8")
    options = DialectOptions(champs_personnels=PLAN.champs_personnels)

    [source] = find_sources([str(tmp_path / "e.ndjson")])

    assert check_source(PLAN, source, options, datetime.now(UTC)).verdict is Verdict.CONFORME


def test_the_answer_of_the_guide_adds_up() -> None:
    [answer] = [json.loads(block) for block in blocks("json") if "recus" in block]

    assert answer["recus"] == answer["acceptes"] + answer["doublons"] + len(answer["refuses"])
    assert {refused["motif"] for refused in answer["refuses"]} <= {motif.code for motif in PLAN.motifs}


def test_the_guide_tells_when_a_delivery_is_not_fit() -> None:
    assert f"plus de {REFUSEES_MAX_PCT} % de lignes refusées" in GUIDE


@pytest.mark.parametrize("anchor", sorted(set(re.findall(r"\]\(#([^)]+)\)", GUIDE))))
def test_every_link_within_the_guide_leads_somewhere(anchor: str) -> None:
    titles = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)

    assert anchor in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
