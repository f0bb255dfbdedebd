"""Commands on the marking plan: check it, write its glossary.

It must not hold a rule of the plan: marking_plan does.
"""

from pathlib import Path
from typing import Annotated

import typer

from dnma.console import EXIT_USER_ERROR, say, user_errors
from marking_plan import load_plan
from marking_plan.phrases import count_fr
from marking_plan.ruptures import load_ruptures


def check() -> None:
    """Vérifier le plan de marquage embarqué."""
    with user_errors():
        plan, ruptures = load_plan(), load_ruptures()
    series = count_fr(len(ruptures), "rupture de série", "ruptures de série")
    counts = f"{len(plan.profils)} profils, {len(plan.services)} services, {series}"
    say([f"Plan de marquage {plan.version} : {counts}, valide."])


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
