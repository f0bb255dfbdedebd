"""Commands that write files for others: the national cell's weekly files, the convention's list; and the comparison.

It must not read a publication or a file: metrics.export does.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dnma.console import DEFAULT_DONNEES, Donnees, progress_bar, say, user_errors
from marking_plan import load_plan

if TYPE_CHECKING:  # at run time each command imports what it needs: the help must come at once
    import duckdb

    from metrics.export.national import Demande, FichierEcrit


Annee = Annotated[str | None, typer.Option("--annee-scolaire", help="Année scolaire, par exemple 2025-2026.")]
Dossier = Annotated[Path | None, typer.Argument(help="Dossier où écrire les fichiers.", file_okay=False)]
Semaines = Annotated[
    list[datetime] | None,
    typer.Option("--semaine", formats=["%Y-%m-%d"], help="Lundi d’une semaine, répétable ; sinon toutes les semaines."),
]
Long = Annotated[bool, typer.Option("--long", help="Écrire aussi la forme longue, une mesure par ligne.")]
Exact = Annotated[
    bool, typer.Option("--exact", help="Chiffres exacts, sans protection, pour la cellule nationale seule ; tracé.")
]
Motif = Annotated[str, typer.Option("--motif", help="Avec --exact : pourquoi, et pour qui. Gardé dans audit.jsonl.")]
Publie = Annotated[
    Path | None,
    typer.Option("--comparer", help="Fichier national publié, à comparer à nos chiffres.", exists=True, dir_okay=False),
]
Sortie = Annotated[
    Path | None,
    typer.Option("--sortie", help="Avec --comparer : CSV où écrire toutes les différences.", dir_okay=False),
]


def export(
    dossier: Dossier = None,
    donnees: Donnees = DEFAULT_DONNEES,
    semaine: Semaines = None,
    annee_scolaire: Annee = None,
    long: Long = False,
    exact: Exact = False,
    motif: Motif = "",
    comparer: Publie = None,
    sortie: Sortie = None,
) -> None:
    """Écrire les quatre fichiers hebdomadaires nationaux, ou comparer un fichier national publié à nos chiffres."""
    if (dossier is None) == (comparer is None):
        raise typer.BadParameter("Donnez le DOSSIER où écrire les fichiers, ou --comparer FICHIER.")
    if ((long or exact) and comparer) or (sortie and not comparer):
        raise typer.BadParameter("--long et --exact vont avec DOSSIER, --sortie avec --comparer.")
    if exact != bool(motif.strip()):
        raise typer.BadParameter('--exact et --motif "…" (pourquoi, et pour qui) vont ensemble.')
    voulues = [debut.date() for debut in semaine or []]
    with user_errors():
        if comparer is not None:
            _compare(donnees, comparer, voulues, annee_scolaire, sortie)
        elif dossier is not None and exact:
            _export_exact(donnees, dossier, voulues, annee_scolaire, long, motif.strip())
        elif dossier is not None:
            _export(donnees, dossier, voulues, annee_scolaire, long)


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


def _export(donnees: Path, dossier: Path, voulues: list[date], annee: str | None, long: bool) -> None:
    from metrics.engine import connect_publication
    from metrics.export.national import Demande, export_national
    from metrics.export.source import choose_semaines, list_semaines
    from metrics.store import current_publication

    with connect_publication(current_publication(donnees)) as connection:
        demande = Demande(dossier, choose_semaines(list_semaines(connection), voulues, annee), long)
        with progress_bar("Export", len(demande.semaines)) as show:
            files = export_national(
                connection, demande, lambda d: show(f"semaine du {d}", demande.semaines.index(d) + 1)
            )
        _tell(f"Export de {_nom(connection)}", demande.semaines, files)


def _export_exact(donnees: Path, dossier: Path, voulues: list[date], annee: str | None, long: bool, motif: str) -> None:
    """Exact figures: the audit line is on disk before the files take their names."""
    from ingest.lake.audit import append_audit
    from ingest.lake.files import lake_lock
    from metrics.export.exact import check_folder, open_exact
    from metrics.export.national import Demande, export_national
    from metrics.export.source import choose_semaines

    check_folder(donnees, dossier)
    now = datetime.now(UTC)
    with (
        lake_lock(donnees),
        progress_bar("Export exact") as show,
        open_exact(donnees, load_plan(), now, lambda d: show(f"comptage de la semaine du {d}", 0)) as exact,
    ):
        demande = Demande(dossier, choose_semaines(exact.semaines, voulues, annee), long, exact=True)

        def prepare(debut: date) -> None:
            show(f"semaine du {debut}", 0)
            exact.load(debut)

        def announce(files: list["FichierEcrit"]) -> None:
            append_audit(donnees, now, "export --exact", _trace(demande, motif, files))

        files = export_national(exact.connection, demande, prepare, announce)
    _tell("Export EXACT, sans protection, tracé dans audit.jsonl", demande.semaines, files)


def _trace(demande: "Demande", motif: str, files: list["FichierEcrit"]) -> dict[str, object]:
    """What the audit keeps of an exact export: no figure, no person."""
    return {
        "motif": motif,
        "semaines": [str(debut) for debut in demande.semaines],
        "fichiers": [{"nom": f.chemin.name, "lignes": f.lignes, "sha256": f.sha256} for f in files],
    }


def _tell(titre: str, semaines: Sequence[date], files: list["FichierEcrit"]) -> None:
    say([f"{titre} : {len(semaines)} semaines, du {semaines[0]} au {semaines[-1]}."])
    say([f"  {f.chemin} : {f.lignes} lignes, {f.chiffres} chiffres dont {f.non_publies} N/A" for f in files])


def _compare(donnees: Path, path: Path, voulues: list[date], annee: str | None, sortie: Path | None) -> None:
    from metrics.engine import connect_publication
    from metrics.export.bilan import render_comparaison, write_differences
    from metrics.export.comparaison import compare_national
    from metrics.export.fichier import recognize
    from metrics.store import current_publication

    with connect_publication(current_publication(donnees)) as connection:
        with progress_bar("Comparaison") as show:
            found = compare_national(
                connection, recognize(path), voulues, annee, lambda debut: show(f"semaine du {debut}", 0)
            )
        say([f"{path.name} comparé à {_nom(connection)} :", *render_comparaison(found)])
    if sortie is not None:
        write_differences(found, sortie)
        say([f"  Toutes les différences ({found.differences.height}) sont dans {sortie}"])


def _nom(connection: "duckdb.DuckDBPyConnection") -> str:
    from metrics.lecture.edition import read_publication

    publication = read_publication(connection)
    simulee = ", données simulées" if publication.simulee else ""
    return f"la publication n° {publication.numero} (politique {publication.politique}{simulee})"
