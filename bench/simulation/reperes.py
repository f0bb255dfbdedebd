"""What an operator adds by hand: the registers of series breaks and of what was done for schools, and the contours of départements.
Must not change a figure: the break it declares is the outage of the scenario."""

import shutil
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path

from bench.simulation.region import Ecole
from bench.simulation.scenario import Scenario

SOURCE_CONTOURS = "IGN, ADMIN EXPRESS, Licence Ouverte 2.0"

_RUPTURE = """# Rupture de série simulée.
[[ruptures]]
debut = {debut}
fin = {fin}
niveau = "circonscription"
territoire = "{code}"
nature = "panne_declaree"
titre = "Panne d’une plateforme (simulée)"
explication = "Le prestataire déclare qu’une plateforme de la circonscription {nom} n’a rien livré ces jours-là : {nombre} de ses écoles manquent aux totaux de ces jours, ce n’est pas une baisse d’usage."
"""


def write_ruptures(chemin: Path, region: tuple[Ecole, ...], scenario: Scenario) -> None:
    """The outage of a platform, as its vendor would declare it."""
    jours, ecoles = sorted(scenario.panne.jours), sorted(scenario.panne.ecoles)
    lieu = region[ecoles[0] if ecoles else 0]
    texte = _RUPTURE.format(
        debut=jours[0], fin=jours[-1], code=lieu.code_circonscription, nom=lieu.nom_circonscription, nombre=len(ecoles)
    )
    chemin.write_text(texte, encoding="utf-8")


def write_accompagnements(chemin: Path, region: tuple[Ecole, ...], scenario: Scenario) -> None:
    """A visit to schools that hardly use the ENT, in the second week; teachers trained in the first school."""
    visite = scenario.debut + timedelta(days=8)
    visitees = sorted(scenario.inutilisees | scenario.arretees | scenario.en_baisse)
    lignes = [f"{region[rang].uai};{visite};visite" for rang in visitees]
    chemin.write_text("\n".join(["uai;date;nature", f"{region[0].uai};{scenario.debut};formation", *lignes]), "utf-8")


def copy_contours(chemin: Path) -> None:
    """The départements of the simulated region."""
    with as_file(files("bench.simulation") / "donnees" / "occitanie_departements.geojson") as contours:
        shutil.copyfile(contours, chemin)
