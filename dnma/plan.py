"""Commands on the marking plan: check it or deliveries against it, write its glossary.

It must not hold a rule of the plan: marking_plan does, and ingest applies it.
"""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dnma.console import EXIT_RESERVES, EXIT_USER_ERROR, progress_bar, say, user_errors
from dnma.lac import Dialecte, Jour, XitiTable
from marking_plan import load_plan
from marking_plan.phrases import count_fr
from marking_plan.ruptures import load_ruptures

if TYPE_CHECKING:  # at run time each command imports what it needs: the help must come at once
    from ingest.conformite import Constat
    from ingest.dialects import DialectOptions


def check(
    chemins: Annotated[
        list[str] | None,
        typer.Argument(help="Livraisons à vérifier avant l'envoi : fichiers, dossiers, motifs, ou - ; sinon le plan."),
    ] = None,
    dialecte: Dialecte = None,
    xiti_table: XitiTable = None,
    jour: Jour = None,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le constat en JSON.")] = False,
) -> None:
    """Vérifier le plan de marquage embarqué, ou la conformité de livraisons : rien n'est écrit ni envoyé.

    Code de sortie : 0 conforme, 4 conforme avec réserves, 3 non conforme ou illisible.
    """
    if not chemins:
        _check_plan()
        return
    from ingest.dialects import DialectOptions

    options = DialectOptions(dialecte, xiti_table, jour.date() if jour else None, load_plan().champs_personnels)
    with user_errors():
        constats = _check_deliveries(chemins, options)
    _tell(constats, en_json)


def _check_plan() -> None:
    with user_errors():
        plan, ruptures = load_plan(), load_ruptures()
    series = count_fr(len(ruptures), "rupture de série", "ruptures de série")
    counts = f"{len(plan.profils)} profils, {len(plan.services)} services, {series}"
    say([f"Plan de marquage {plan.version} : {counts}, valide."])


def _check_deliveries(chemins: list[str], options: "DialectOptions") -> list["Constat"]:
    from ingest.conformite import check_source
    from ingest.errors import FichierIllisible
    from ingest.sources import find_sources

    plan, now, sources = load_plan(), datetime.now(UTC), find_sources(chemins)
    if not sources:
        raise FichierIllisible(
            f"{', '.join(chemins)} : aucun fichier à vérifier. Indiquez une livraison, ou un dossier qui en a."
        )
    with progress_bar("Vérification") as show:
        return [check_source(plan, source, options, now, partial(show, source.name)) for source in sources]


def _tell(constats: list["Constat"], en_json: bool) -> None:
    """Print each delivery's report, then end with the code of the worst verdict."""
    from ingest.conformite import Verdict
    from ingest.rapport_conformite import VERDICTS, constat_as_json, render_constat

    worst = max((constat.verdict for constat in constats), default=Verdict.NON_CONFORME)
    if en_json:
        found = {"verdict": VERDICTS[worst], "livraisons": [constat_as_json(constat) for constat in constats]}
        say([json.dumps(found, ensure_ascii=False, indent=1)])
    else:
        plan = load_plan()
        say([line for constat in constats for line in render_constat(constat, plan)])
    code = {Verdict.CONFORME: 0, Verdict.RESERVES: EXIT_RESERVES, Verdict.NON_CONFORME: EXIT_USER_ERROR}[worst]
    if code:
        raise typer.Exit(code)


def doc(
    fichier: Annotated[Path, typer.Argument(help="Glossaire à écrire.")] = Path("GLOSSAIRE.md"),
    verifier: Annotated[
        bool, typer.Option("--verifier", help="Ne rien écrire ; échouer si le fichier diffère.")
    ] = False,
) -> None:
    """Écrire le glossaire tiré du plan de marquage."""
    from marking_plan.glossaire import render_glossaire

    text = render_glossaire(load_plan())
    if not verifier:
        fichier.write_text(text, "utf-8")
    elif not fichier.exists() or fichier.read_text("utf-8") != text:
        say([f"{fichier} n'est pas à jour. Lancez « dnma plan doc »."])
        raise typer.Exit(EXIT_USER_ERROR)
