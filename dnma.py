"""The command line, and the only place that wires the folders together.

It must not count, decode or draw: each command calls one piece and tells the user, in French, what came of it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bench.simulation.errors import SimulationError
from ingest.errors import IngestUserError
from marking_plan import load_plan
from marking_plan.errors import MarkingPlanError
from metrics.errors import MetricsUserError

if TYPE_CHECKING:  # at run time each command imports what it needs: the help must come at once
    from ingest.dialects import DialectOptions
    from ingest.pipeline import Lake

# Exit codes, in one place: 0 done, 1 a bug, 2 wrong use of the command, 3 the user or the data are at fault.
EXIT_USER_ERROR = 3

app = typer.Typer(
    help="DNMA : mesure d'audience des espaces numériques de travail de l'école.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
plan_app = typer.Typer(help="Le plan de marquage : le vérifier, en tirer la documentation.", no_args_is_help=True)
app.add_typer(plan_app, name="plan")
console = Console(highlight=False, soft_wrap=True)

Donnees = Annotated[Path, typer.Option("--donnees", envvar="DNMA_DATA", help="Dossier des données.", file_okay=False)]
Fichier = Annotated[Path, typer.Argument(help="Fichier à lire.", exists=True, dir_okay=False)]
Annee = Annotated[
    str | None, typer.Option("--annee-scolaire", help="Année scolaire, par exemple 2025-2026 ; sinon celle du jour.")
]
DEFAULT_DONNEES = Path("donnees")
DEMO_ANNEE = "2025-2026"  # the simulation begins on Monday 1 September 2025 unless told otherwise


@contextmanager
def user_errors() -> Iterator[None]:
    """A user's mistake ends with one French sentence; a bug keeps its traceback."""
    try:
        yield
    except (IngestUserError, MetricsUserError, MarkingPlanError, SimulationError) as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"Erreur : {error}", markup=False)
        raise typer.Exit(EXIT_USER_ERROR) from error


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Callable[[str, int], None]]:
    """A bar that disappears when the work is done; call it with a text and how much is done so far."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda text, done: bar.update(task, description=f"{label} {text}", completed=done)


def key_folder(donnees: Path) -> Path:
    """Folder of the period keys: DNMA_CLES, else beside the data (design 6)."""
    configured = os.environ.get("DNMA_CLES")
    return Path(configured) if configured else donnees.with_name(f"{donnees.name}.cles")


@app.command()
def annuaire(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES, annee_scolaire: Annee = None) -> None:
    """Lire l'annuaire des écoles (fichier ouvert fr-en-annuaire-education)."""
    from ingest.referentiels import load_annuaire

    with user_errors():
        report = load_annuaire(donnees, fichier, annee_scolaire)
    _say(report)


@app.command()
def effectifs(
    fichier: Fichier,
    donnees: Donnees = DEFAULT_DONNEES,
    base: Annotated[
        str | None, typer.Option(help="Ce qui est compté : comptes_ouverts, comptes_actives ou eleves_onde.")
    ] = None,
    constate_le: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date du constat.")] = None,
) -> None:
    """Lire les effectifs par école et profil."""
    from ingest.referentiels import load_effectifs

    with user_errors():
        report = load_effectifs(donnees, fichier, load_plan(), base, constate_le.date() if constate_le else None)
    _say(report)


@app.command()
def deploiement(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Lire la liste des écoles inscrites par la convention."""
    from ingest.referentiels import load_deploiement

    with user_errors():
        report = load_deploiement(donnees, fichier)
    _say(report)


@app.command()
def couverture(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Lire les jours et écoles que le prestataire déclare avoir livrés."""
    from ingest.referentiels import load_couverture

    with user_errors():
        report = load_couverture(donnees, fichier)
    _say(report)


@app.command()
def ingest(
    chemins: Annotated[
        list[str] | None, typer.Argument(help="Fichiers, dossiers, motifs, ou - pour l'entrée standard.")
    ] = None,
    donnees: Donnees = DEFAULT_DONNEES,
    dialecte: Annotated[str | None, typer.Option(help="Dialecte des fichiers ; sinon il est reconnu.")] = None,
    xiti_table: Annotated[
        Path | None, typer.Option(help="Table « s;s2;uai » des marqueurs XiTi.", exists=True, dir_okay=False)
    ] = None,
    jour: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Jour des marqueurs XiTi sans date.")
    ] = None,
    rejouer: Annotated[
        Path | None,
        typer.Option(help="Relire les lignes refusées de ce fichier déjà reçu, sous le plan du jour.", exists=True),
    ] = None,
    retirer: Annotated[str | None, typer.Option(help="Retirer ce lot (premiers caractères de son nom).")] = None,
    bref: Annotated[bool, typer.Option("--bref", help="N'afficher que le total de toutes les livraisons.")] = False,
) -> None:
    """Faire entrer des livraisons dans le lac : chaque ligne est gardée, ou refusée avec un motif."""
    from ingest.dialects import DialectOptions
    from ingest.pipeline import Lake
    from ingest.rapport import render_lot

    if sum((bool(chemins), rejouer is not None, retirer is not None)) != 1:
        raise typer.BadParameter("Donnez des fichiers à ingérer, ou --rejouer FICHIER, ou --retirer LOT.")
    plan = load_plan()
    options = DialectOptions(dialecte, xiti_table, jour.date() if jour else None, plan.champs_personnels)
    lake = Lake(donnees, key_folder(donnees), plan)
    if chemins:
        _ingest_paths(lake, chemins, options, bref)
        return
    from ingest.reprise import replay_lot, retract_lot
    from ingest.sources import Source

    with user_errors():
        if rejouer is not None:
            _say(render_lot(replay_lot(lake, Source(rejouer.name, rejouer), options), plan))
        else:
            retired = retract_lot(lake, str(retirer))
            _say([f"{retired.source} : lot {retired.lot[:12]} retiré. Le même fichier peut être livré à nouveau."])


def _ingest_paths(lake: "Lake", chemins: list[str], options: "DialectOptions", bref: bool) -> None:
    from ingest.pipeline import ingest_sources
    from ingest.rapport import render_lot, render_total
    from ingest.sources import find_sources

    with user_errors(), progress_bar("Ingestion") as show:
        sources = find_sources(chemins)
        results = []
        for result in ingest_sources(lake, sources, options, lambda source, lines: show(source.name, lines)):
            results.append(result)
            if not bref:
                _say(render_lot(result, lake.plan))
    _say(render_total(results, lake.plan))


@app.command()
def publish(
    donnees: Donnees = DEFAULT_DONNEES,
    politique: Annotated[str, typer.Option(help="Politique de protection des petits effectifs.")] = "exacte",
) -> None:
    """Compter les visites et publier : un fichier DuckDB neuf, numéroté."""
    from metrics.publication import publish as publish_lake

    with user_errors(), progress_bar("Publication") as show:
        report = publish_lake(donnees, load_plan(), politique=politique, progress=lambda d: show(f"semaine du {d}", 0))
    _say(
        [
            f"Publication n° {report.numero} (politique {politique}) : {report.path}",
            f"  {report.semaines} semaines dont {report.semaines_comptees} comptées à nouveau, "
            f"{report.lots} lots, {report.lignes} lignes dans frequentation_semaine",
        ]
    )


@app.command()
def serve(
    donnees: Donnees = DEFAULT_DONNEES,
    port: Annotated[int, typer.Option(help="Port d'écoute sur 127.0.0.1.")] = 8050,
) -> None:
    """Servir les tableaux de bord sur cette machine (127.0.0.1 seulement)."""
    from metrics.store import current_publication

    with user_errors():
        current_publication(donnees)
    _serve(donnees, port)


@app.command()
def check(donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Relire tout le lac : empreintes, comptes, clés, fichiers que rien ne nomme."""
    from ingest.verification import verify_lake

    with user_errors():
        result = verify_lake(donnees, key_folder(donnees))
    _say(
        [
            *result.defauts,
            *(f"{chemin} : aucun lot ne le nomme (livraison interrompue, à relancer)." for chemin in result.orphelins),
        ]
    )
    _say(
        [
            f"{result.lots} lots, {result.fichiers} fichiers, {len(result.defauts)} défauts. Contenu : {result.empreinte[:16]}"
        ]
    )
    if result.defauts:
        raise typer.Exit(EXIT_USER_ERROR)


@app.command()
def simulate(
    dossier: Annotated[Path, typer.Argument(help="Dossier où écrire les livraisons simulées.", file_okay=False)],
    ecoles: Annotated[int, typer.Option(help="Nombre d'écoles.", min=2)] = 60,
    semaines: Annotated[int, typer.Option(help="Nombre de semaines.", min=1)] = 12,
    graine: Annotated[int, typer.Option(help="Graine : la même donne les mêmes fichiers.")] = 1,
    debut: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Premier lundi.")] = None,
) -> None:
    """Simuler une région : annuaire, effectifs, livraisons avec leurs défauts, et la vérité connue."""
    from bench.simulation import simulate as simulate_region

    first = debut.date() if debut else None
    with user_errors(), progress_bar("Simulation", semaines) as show:
        result = simulate_region(
            dossier, ecoles=ecoles, semaines=semaines, graine=graine, debut=first, progress=lambda _, n, __: show("", n)
        )
    _say([f"Région simulée dans {result.dossier} : {ecoles} écoles, {semaines} semaines, graine {graine}."])


@app.command()
def demo(
    donnees: Donnees = Path("donnees-demo"),
    ecoles: Annotated[int, typer.Option(help="Nombre d'écoles simulées.", min=2)] = 60,
    semaines: Annotated[int, typer.Option(help="Nombre de semaines simulées.", min=1)] = 12,
    sans_serveur: Annotated[bool, typer.Option("--sans-serveur", help="S'arrêter après la publication.")] = False,
    port: Annotated[int, typer.Option(help="Port d'écoute sur 127.0.0.1.")] = 8050,
) -> None:
    """Tout montrer sur des données simulées : simuler, ingérer, publier, servir."""
    livraisons = donnees.with_name(f"{donnees.name}.simulation")
    simulate(livraisons, ecoles=ecoles, semaines=semaines)
    annuaire(livraisons / "annuaire.csv", donnees, DEMO_ANNEE)
    effectifs(livraisons / "effectifs.csv", donnees)
    deploiement(livraisons / "deploiement.csv", donnees)
    couverture(livraisons / "couverture.csv", donnees)
    ingest([str(livraisons / "livraisons")], donnees, xiti_table=livraisons / "xiti-etablissements.csv", bref=True)
    publish(donnees)
    if not sans_serveur:
        _serve(donnees, port)


@plan_app.command("check")
def plan_check() -> None:
    """Vérifier le plan de marquage embarqué."""
    with user_errors():
        plan = load_plan()
    _say([f"Plan de marquage {plan.version} : {len(plan.profils)} profils, {len(plan.services)} services, valide."])


@plan_app.command("doc")
def plan_doc(
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
        _say([f"{fichier} n'est pas à jour. Lancez « dnma plan doc »."])
        raise typer.Exit(EXIT_USER_ERROR)


def _serve(donnees: Path, port: int) -> None:
    from dashboards.serve import serve as serve_boards

    _say([f"Tableaux de bord : http://127.0.0.1:{port}  (Ctrl+C pour arrêter)"])
    serve_boards(donnees, port)


def _say(lines: list[str]) -> None:
    for line in lines:
        console.print(line, markup=False)


def main() -> None:
    """Entry point of the `dnma` command."""
    app()


if __name__ == "__main__":
    main()
