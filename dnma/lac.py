"""Commands on the lake of events: take deliveries in, come back on one, check the whole.

It must not decode or count: ingest does.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dnma.console import DEFAULT_DONNEES, EXIT_USER_ERROR, Donnees, key_folder, progress_bar, say, user_errors
from marking_plan import load_plan

if TYPE_CHECKING:  # at run time each command imports what it needs: the help must come at once
    from ingest.dialects import DialectOptions
    from ingest.pipeline import Lake

Dialecte = Annotated[str | None, typer.Option(help="Dialecte des fichiers ; sinon il est reconnu.")]
XitiTable = Annotated[
    Path | None, typer.Option(help="Table « s;s2;uai » des marqueurs XiTi.", exists=True, dir_okay=False)
]
Jour = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Jour des marqueurs XiTi sans date.")]


def ingest(
    chemins: Annotated[
        list[str] | None, typer.Argument(help="Fichiers, dossiers, motifs, ou - pour l'entrée standard.")
    ] = None,
    donnees: Donnees = DEFAULT_DONNEES,
    dialecte: Dialecte = None,
    xiti_table: XitiTable = None,
    jour: Jour = None,
    rejouer: Annotated[
        Path | None,
        typer.Option(help="Relire les lignes refusées de ce fichier déjà reçu, sous le plan du jour.", exists=True),
    ] = None,
    retirer: Annotated[str | None, typer.Option(help="Retirer ce lot (premiers caractères de son nom).")] = None,
    journal: Annotated[
        bool, typer.Option("--journal", help="Faire entrer ce que la collecte a reçu (ses segments clos).")
    ] = False,
    bref: Annotated[bool, typer.Option("--bref", help="N'afficher que le total de toutes les livraisons.")] = False,
) -> None:
    """Faire entrer des livraisons dans le lac : chaque ligne est gardée, ou refusée avec un motif."""
    from ingest.dialects import DialectOptions
    from ingest.pipeline import Lake

    if sum((bool(chemins), journal, rejouer is not None, retirer is not None)) != 1:
        raise typer.BadParameter("Donnez des fichiers à ingérer, ou --journal, ou --rejouer FICHIER, ou --retirer LOT.")
    plan = load_plan()
    options = DialectOptions(dialecte, xiti_table, jour.date() if jour else None, plan.champs_personnels)
    lake = Lake(donnees, key_folder(donnees), plan)
    with user_errors():
        if chemins:
            _ingest_paths(lake, chemins, options, bref)
        elif journal:
            _hand_over(lake, bref)
        elif rejouer is not None:
            _replay(lake, rejouer, options)
        else:
            _retract(lake, str(retirer))


def _hand_over(lake: "Lake", bref: bool) -> None:
    from ingest.collecte.remise import hand_over
    from ingest.errors import DossierAbsent
    from ingest.rapport import render_lot, render_total

    if not lake.donnees.exists():
        raise DossierAbsent(
            f"Le dossier des données {lake.donnees} n'existe pas. Nommez-le par --donnees (ou DNMA_DATA)."
        )
    results = list(hand_over(lake))
    for result in [] if bref else results:
        say(render_lot(result, lake.plan))
    say(render_total(results, lake.plan) if results else ["Le journal de la collecte n'a rien à faire entrer."])


def _replay(lake: "Lake", fichier: Path, options: "DialectOptions") -> None:
    from ingest.rapport import render_lot
    from ingest.reprise import replay_lot
    from ingest.sources import Source

    say(render_lot(replay_lot(lake, Source(fichier.name, fichier), options), lake.plan))


def _retract(lake: "Lake", nom: str) -> None:
    from ingest.reprise import retract_lot

    retired = retract_lot(lake, nom)
    say([f"{retired.source} : lot {retired.lot[:12]} retiré. Le même fichier peut être livré à nouveau."])


def _ingest_paths(lake: "Lake", chemins: list[str], options: "DialectOptions", bref: bool) -> None:
    from ingest.pipeline import ingest_sources
    from ingest.rapport import render_lot, render_total
    from ingest.sources import find_sources

    results = []
    with progress_bar("Ingestion") as show:
        sources = find_sources(chemins)
        for result in ingest_sources(lake, sources, options, lambda source, lines: show(source.name, lines)):
            results.append(result)
            if not bref:
                say(render_lot(result, lake.plan))
    say(render_total(results, lake.plan))


def check(donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Relire tout le lac : empreintes, comptes, clés, fichiers que rien ne nomme."""
    from ingest.lake.verification import verify_lake
    from ingest.rapport import render_verification

    with user_errors():
        result = verify_lake(donnees, key_folder(donnees))
    say(render_verification(result))
    if result.defauts:
        raise typer.Exit(EXIT_USER_ERROR)
