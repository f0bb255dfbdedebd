"""The referentials that come with the deliveries: annuaire, effectifs, deploiement, couverture.
Must not draw anything: the region, the population and the scenario say it all."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from bench.simulation.population import Population
from bench.simulation.region import Ecole
from bench.simulation.scenario import Scenario
from bench.simulation.usage import PROFILS
from marking_plan.semaines import annee_scolaire

# The published order of fr-en-annuaire-education, 2026 export.
COLONNES_ANNUAIRE = tuple(
    (files("bench.simulation") / "donnees" / "annuaire_colonnes.txt").read_text(encoding="utf-8").split()
)
MONTANT_ANNUEL = 40
AVANT_RENTREE = timedelta(days=60)


def write_annuaire(chemin: Path, region: Iterable[Ecole], debut: date) -> None:
    """The open 71-column shape; telephone and mail stay empty."""
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        ecrivain = csv.DictWriter(fichier, COLONNES_ANNUAIRE, delimiter=";", lineterminator="\n")
        ecrivain.writeheader()
        ecrivain.writerows(_annuaire_row(ecole, debut) for ecole in region)


def _annuaire_row(ecole: Ecole, debut: date) -> dict[str, str]:
    maternelle = ecole.type_ecole == "maternelle"
    return _place(ecole) | {
        "Identifiant_de_l_etablissement": ecole.uai,
        "Nom_etablissement": ecole.nom,
        "Type_etablissement": "Ecole",
        "Statut_public_prive": "Public",
        "Ecole_maternelle": str(int(ecole.type_ecole != "elementaire")),
        "Ecole_elementaire": str(int(not maternelle)),
        "Restauration": "1",
        "Hebergement": "0",
        "ULIS": "0",
        "Type_contrat_prive": "SANS OBJET",
        "Code_type_contrat_prive": "99",
        "date_ouverture": "1965-05-01",
        "date_maj_ligne": (debut - AVANT_RENTREE).isoformat(),
        "etat": "OUVERT",
        "ministere_tutelle": "MINISTERE DE L'EDUCATION NATIONALE",
        "multi_uai": "0",
        "rpi_concentre": "0",
        "rpi_disperse": ecole.rpi,
        "code_nature": "101" if maternelle else "151",
        "libelle_nature": "ECOLE MATERNELLE" if maternelle else "ECOLE DE NIVEAU ELEMENTAIRE",
    }


def _place(ecole: Ecole) -> dict[str, str]:
    return {
        "Code_commune": ecole.commune.code,
        "Nom_commune": ecole.commune.nom,
        "Code_departement": ecole.departement.prefixe_uai,
        "Libelle_departement": ecole.departement.nom,
        "Code_academie": ecole.departement.code_academie,
        "Libelle_academie": ecole.departement.nom_academie,
        "Code_region": "76",
        "Libelle_region": "Occitanie",
        "code_circonscription": ecole.code_circonscription,
        "nom_circonscription": f"Circonscription d'inspection du 1er degré de {ecole.nom_circonscription}",
        "latitude": str(ecole.latitude),
        "longitude": str(ecole.longitude),
        "position": f"{ecole.latitude}, {ecole.longitude}",
        "precision_localisation": "Rue",
    }


def write_effectifs(chemin: Path, region: tuple[Ecole, ...], population: Population, dates: Iterable[date]) -> None:
    """Accounts open by school and profile, none included, counted once a school year, at each of `dates`."""
    comptes = population.headcount(len(region)).tolist()
    lignes = (
        (ecole.uai, profil, effectif, "comptes_ouverts", jour.isoformat())
        for jour in dates
        for ecole, effectifs in zip(region, comptes, strict=True)
        for profil, effectif in zip(PROFILS, effectifs, strict=True)
    )
    _write_csv(chemin, ("uai", "profil", "effectif", "base", "constate_le"), lignes)


def write_deploiement(chemin: Path, region: tuple[Ecole, ...], scenario: Scenario, dates: Iterable[date]) -> None:
    """Payers of each school, for the school year of each of `dates`; the communes of an RPI share it."""
    entete = (
        "annee_scolaire",
        "uai",
        "siret_payeur",
        "nom_payeur",
        "type_payeur",
        "montant",
        "inscrite_le",
        "ouverte_le",
        "retiree_le",
    )
    inscrite = (scenario.debut - AVANT_RENTREE).isoformat()
    lignes = (
        (annee_scolaire(jour), ecole.uai, *payeur, inscrite, ouverture.isoformat(), "")
        for jour in dates
        for ecole, ouverture in zip(region, scenario.ouvertures, strict=True)
        for payeur in _payers(ecole, region)
    )
    _write_csv(chemin, entete, lignes)


def _payers(ecole: Ecole, region: tuple[Ecole, ...]) -> Iterator[tuple[str, str, str, str]]:
    """SIRET, name, type and amount of each payer: the commune, or those of the RPI in equal parts."""
    membres = [e for e in region if e.rpi == ecole.rpi] if ecole.rpi else [ecole]
    communes = {e.commune.code: e.commune.nom for e in membres}
    for code, nom in sorted(communes.items()):
        yield make_siret(code), f"Commune de {nom}", "commune", f"{MONTANT_ANNUEL / len(communes):.2f}"


def make_siret(code_commune: str) -> str:
    """A fictive SIRET with both Luhn digits valid; no SIREN begins with 999."""
    siren = _add_luhn(f"999{code_commune}")
    return _add_luhn(f"{siren}0001")


def _add_luhn(chiffres: str) -> str:
    doubles = [int(c) * (2 if rang % 2 == 0 else 1) for rang, c in enumerate(reversed(chiffres))]
    return f"{chiffres}{-sum(n // 10 + n % 10 for n in doubles) % 10}"


def write_couverture(chemin: Path, region: tuple[Ecole, ...], scenario: Scenario, semaines: int) -> None:
    """Days the vendors say they delivered, by school: those open, outage left out."""
    jours = (scenario.debut + timedelta(days=n) for n in range(7 * semaines))
    lignes = (
        (jour.isoformat(), ecole.uai)
        for jour in jours
        for i, ecole in enumerate(region)
        if scenario.is_covered(i, jour)
    )
    _write_csv(chemin, ("jour", "uai"), lignes)


def _write_csv(chemin: Path, entete: tuple[str, ...], lignes: Iterable[tuple[object, ...]]) -> None:
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        ecrivain = csv.writer(fichier, delimiter=";", lineterminator="\n")
        ecrivain.writerow(entete)
        ecrivain.writerows(lignes)
