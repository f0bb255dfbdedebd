"""Commands that load the referentials: directory, headcounts, schools of the project, declared coverage,
hours of class, registers.

It must not read a file: ingest.referentiels does.
"""

from datetime import datetime
from typing import Annotated

import typer

from dnma.console import DEFAULT_DONNEES, Donnees, Fichier, say, user_errors
from marking_plan import load_plan

Annee = Annotated[
    str | None, typer.Option("--annee-scolaire", help="Année scolaire, par exemple 2025-2026 ; sinon celle du jour.")
]


def annuaire(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES, annee_scolaire: Annee = None) -> None:
    """Lire l'annuaire des écoles (fichier ouvert fr-en-annuaire-education)."""
    from ingest.referentiels import load_annuaire

    with user_errors():
        report = load_annuaire(donnees, fichier, annee_scolaire)
    say(report)


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
    say(report)


def deploiement(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Lire la liste des écoles inscrites par la convention."""
    from ingest.referentiels import load_deploiement

    with user_errors():
        report = load_deploiement(donnees, fichier)
    say(report)


def couverture(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Lire les jours et écoles que le prestataire déclare avoir livrés."""
    from ingest.referentiels import load_couverture

    with user_errors():
        report = load_couverture(donnees, fichier)
    say(report)


def horaires(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES, annee_scolaire: Annee = None) -> None:
    """Lire les heures de classe des écoles (fichier ouvert fr-en-organisation-du-temps-scolaire)."""
    from ingest.referentiels import load_horaires

    with user_errors():
        report = load_horaires(donnees, fichier, annee_scolaire)
    say(report)


def ruptures(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Lire le registre des ruptures de série : pannes déclarées, changements, périodes erronées (TOML)."""
    from ingest.referentiels.ruptures import load_ruptures

    with user_errors():
        report = load_ruptures(donnees, fichier)
    say(report)


def accompagnements(fichier: Fichier, donnees: Donnees = DEFAULT_DONNEES) -> None:
    """Lire le registre de ce qui a été fait pour les écoles : visites, formations… (CSV : uai ; date ; nature)."""
    from ingest.referentiels import load_accompagnements

    with user_errors():
        report = load_accompagnements(donnees, fichier)
    say(report)


def carte(
    fichier: Fichier,
    source: Annotated[str, typer.Option(help="Origine et licence, écrites sous la carte.")],
    donnees: Donnees = DEFAULT_DONNEES,
) -> None:
    """Lire les contours des départements ou des communes (GeoJSON), pour la carte des tableaux de bord."""
    from ingest.referentiels.carte import load_carte

    with user_errors():
        report = load_carte(donnees, fichier, source)
    say(report)
