"""Commands that write files for others: the national cell's weekly files, the convention's list; and the comparison.

It must not read a publication or a file: metrics.export does.
"""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dnma.console import DEFAULT_DONNEES, Donnees, progress_bar, say, user_errors

if TYPE_CHECKING:  # at run time each command imports what it needs: the help must come at once
    import duckdb


Annee = Annotated[str | None, typer.Option("--annee-scolaire", help="Année scolaire, par exemple 2025-2026.")]


def export(
    dossier: Annotated[Path | None, typer.Argument(help="Dossier où écrire les fichiers.", file_okay=False)] = None,
    donnees: Donnees = DEFAULT_DONNEES,
    semaine: Annotated[
        list[datetime] | None,
        typer.Option(formats=["%Y-%m-%d"], help="Lundi d’une semaine, répétable ; sinon toutes les semaines."),
    ] = None,
    annee_scolaire: Annee = None,
    long: Annotated[bool, typer.Option("--long", help="Écrire aussi la forme longue, une mesure par ligne.")] = False,
    comparer: Annotated[
        Path | None,
        typer.Option(help="Fichier national publié, à comparer à nos chiffres.", exists=True, dir_okay=False),
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option(help="Avec --comparer : CSV où écrire toutes les différences.", dir_okay=False)
    ] = None,
) -> None:
    """Écrire les quatre fichiers hebdomadaires nationaux, ou comparer un fichier national publié à nos chiffres."""
    from metrics.engine import connect_publication
    from metrics.store import current_publication

    if (dossier is None) == (comparer is None):
        raise typer.BadParameter("Donnez le DOSSIER où écrire les fichiers, ou --comparer FICHIER.")
    if (long and comparer) or (sortie and not comparer):
        raise typer.BadParameter("--long va avec DOSSIER, --sortie avec --comparer.")
    voulues = [debut.date() for debut in semaine or []]
    with user_errors(), connect_publication(current_publication(donnees)) as connection:
        if dossier is not None:
            _export(connection, dossier, voulues, annee_scolaire, long)
        elif comparer is not None:
            _compare(connection, comparer, voulues, annee_scolaire, sortie)


def export_convention(
    fichier: Annotated[Path, typer.Argument(help="Fichier CSV à écrire.", dir_okay=False)],
    annee_scolaire: Annotated[str, typer.Option("--annee-scolaire", help="Année scolaire, par exemple 2025-2026.")],
    donnees: Donnees = DEFAULT_DONNEES,
) -> None:
    """Écrire les écoles inscrites par la convention et leur coût, par payeur, pour une année scolaire."""
    from metrics.export.convention import export_convention as export_list

    with user_errors():
        ecrite = export_list(donnees, fichier, annee_scolaire)
    euros = f"{ecrite.centimes // 100},{ecrite.centimes % 100:02}"
    say(
        [
            f"Convention {annee_scolaire} : {ecrite.ecoles} écoles, {ecrite.payeurs} payeurs, {euros} €.",
            f"  {ecrite.payeurs_fichier} : une ligne par payeur, puis le total",
            f"  {ecrite.ecoles_fichier} : une ligne par école et payeur",
        ]
    )
    if ecrite.sirets_a_corriger:
        say([f"  Attention : {ecrite.sirets_a_corriger} payeurs sans SIRET valide (colonne siret_controle)."])


def _export(
    connection: "duckdb.DuckDBPyConnection", dossier: Path, voulues: list[date], annee: str | None, long: bool
) -> None:
    from metrics.export.national import export_national
    from metrics.export.source import choose_semaines, list_semaines

    semaines = choose_semaines(list_semaines(connection), voulues, annee)
    with progress_bar("Export", len(semaines)) as show:
        files = export_national(
            connection, dossier, semaines, long=long, progress=lambda d: show(f"semaine du {d}", semaines.index(d) + 1)
        )
    say([f"Export de {_nom(connection)} : {len(semaines)} semaines, du {semaines[0]} au {semaines[-1]}."])
    say([f"  {f.chemin} : {f.lignes} lignes, {f.chiffres} chiffres dont {f.non_publies} N/A" for f in files])


def _compare(
    connection: "duckdb.DuckDBPyConnection", path: Path, voulues: list[date], annee: str | None, sortie: Path | None
) -> None:
    from metrics.export.bilan import render_comparaison, write_differences
    from metrics.export.comparaison import compare_national
    from metrics.export.fichier import recognize

    with progress_bar("Comparaison") as show:
        found = compare_national(
            connection, recognize(path), voulues, annee, lambda debut: show(f"semaine du {debut}", 0)
        )
    say([f"{path.name} comparé à {_nom(connection)} :", *render_comparaison(found)])
    if sortie is not None:
        write_differences(found, sortie)
        say([f"  Toutes les différences ({found.differences.height}) sont dans {sortie}"])


def _nom(connection: "duckdb.DuckDBPyConnection") -> str:
    from metrics.export.source import read_publication

    publication = read_publication(connection)
    simulee = ", données simulées" if publication.simulee else ""
    return f"la publication n° {publication.numero} (politique {publication.politique}{simulee})"
