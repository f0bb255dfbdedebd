"""The command line, and the only place that wires the folders together: one module a family of commands.

It must not count, decode or draw: each command calls one piece and tells the user, in French, what came of it.
"""

import typer

from dnma import collecte, conservation, demonstration, exports, lac, plan, publication, referentiels, scellement
from dnma.console import EXIT_USER_ERROR

__all__ = ["EXIT_USER_ERROR", "app", "main", "plan_app"]

app = typer.Typer(
    help="DNMA : mesure d'audience des espaces numériques de travail de l'école.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    referentiels.annuaire,
    referentiels.effectifs,
    referentiels.deploiement,
    referentiels.couverture,
    referentiels.horaires,
    referentiels.ruptures,
    referentiels.accompagnements,
    referentiels.carte,
    lac.ingest,
    collecte.collect,
    scellement.seal,
    lac.check,
    conservation.purge,
    publication.publish,
    publication.serve,
    publication.habilitations,
    exports.export,
    exports.export_convention,
    demonstration.simulate,
    demonstration.demo,
):
    app.command()(command)

plan_app = typer.Typer(help="Le plan de marquage : le vérifier, en tirer la documentation.", no_args_is_help=True)
plan_app.command("check")(plan.check)
plan_app.command("doc")(plan.doc)
app.add_typer(plan_app, name="plan")


def main() -> None:
    """Entry point of the `dnma` command."""
    app()
