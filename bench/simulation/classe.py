"""When the simulated schools have class, in the open shape fr-en-organisation-du-temps-scolaire.
Must not change the visits: they follow the same day everywhere."""

import csv
from pathlib import Path

from bench.simulation.drawing import seeded
from bench.simulation.region import Ecole

JOURS = ("LUNDI", "MARDI", "MERCREDI", "JEUDI", "VENDREDI", "SAMEDI")
SANS_APRES_MIDI = ("MERCREDI", "SAMEDI")  # the open shape has no column for these afternoons
PART_INCONNUES = 0.1
PART_MERCREDI = 0.2
PART_SAMEDI = 0.02
# Morning and afternoon of a school of four days, then of four and a half, whose afternoons are shorter.
QUATRE_JOURS = (
    ("08:30", "11:45", "13:30", "16:15"),
    ("08:30", "12:00", "14:00", "16:30"),
    ("08:45", "12:00", "13:45", "16:30"),
    ("09:00", "12:00", "13:30", "16:30"),
)
DEMI_JOURNEE = ("08:45", "11:45", "13:45", "16:00")

Journees = dict[str, tuple[str, ...]]


def write_horaires(chemin: Path, region: tuple[Ecole, ...], annees: list[str], graine: int) -> None:
    """Class hours of most schools, the same each school year; the others are not in the file."""
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        ecrivain = csv.DictWriter(fichier, _header(), delimiter=";", lineterminator="\n", restval="")
        ecrivain.writeheader()
        rng = seeded(graine, 5)
        for ecole, part, modele in zip(region, rng.random(len(region)), rng.random(len(region)), strict=True):
            if part >= PART_INCONNUES:
                heures = _hours(_week((part - PART_INCONNUES) / (1 - PART_INCONNUES), modele))
                ecrivain.writerows(_row(ecole, annee) | heures for annee in annees)


def _header() -> list[str]:
    return ["CODE_UAI", "CODE_NATURE", "NOM_ETABLISSEMENT", "ANNEE_SCOLAIRE", "MULTI_RYTHME"] + [
        f"{jour}_{demi}_{borne}"
        for jour in JOURS
        for demi in ("MATIN", "APRES_MIDI")
        for borne in ("DEBUT", "FIN")
        if demi == "MATIN" or jour not in SANS_APRES_MIDI
    ]


def _row(ecole: Ecole, annee: str) -> dict[str, str]:
    return {
        "CODE_UAI": ecole.uai,
        "CODE_NATURE": "MATERNELLE" if ecole.type_ecole == "maternelle" else "ELEMENTAIRE",
        "NOM_ETABLISSEMENT": ecole.nom.upper(),
        "ANNEE_SCOLAIRE": annee,
        "MULTI_RYTHME": "N",
    }


def _week(part: float, modele: float) -> Journees:
    """Days of class of a school drawn at `part` of the region, all along one model."""
    ordinaires = ("LUNDI", "MARDI", "JEUDI", "VENDREDI")
    if part >= PART_MERCREDI + PART_SAMEDI:
        return dict.fromkeys(ordinaires, QUATRE_JOURS[int(modele * len(QUATRE_JOURS))])
    cinquieme = "SAMEDI" if part < PART_SAMEDI else "MERCREDI"
    return dict.fromkeys(ordinaires, DEMI_JOURNEE) | {cinquieme: DEMI_JOURNEE[:2]}


def _hours(semaine: Journees) -> dict[str, str]:
    bornes = ("MATIN_DEBUT", "MATIN_FIN", "APRES_MIDI_DEBUT", "APRES_MIDI_FIN")
    return {
        f"{jour}_{borne}": heure
        for jour, heures in semaine.items()
        for borne, heure in zip(bornes, heures, strict=False)
    }
