"""French spelling of numbers, shares, durations, days and instants.

It must not know what is being shown: no label of the marking plan, no component.
"""

from datetime import date, datetime

ESPACE = "\u00a0"
ESPACE_FINE = "\u202f"
ABSENT = "–"
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MOIS_COURTS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def nombre(valeur: float | None) -> str:
    """12345 -> « 12 345 »; a mean is rounded to a whole number."""
    return ABSENT if valeur is None else f"{valeur:,.0f}".replace(",", ESPACE_FINE)


def pourcentage(part: float | None) -> str:
    """0.4251 -> « 43 % »; one decimal under 10 %, and a share that isn't nil never reads 0."""
    if part is None:
        return ABSENT
    if 0 < part < 0.001:
        return f"<{ESPACE}0,1{ESPACE_FINE}%"
    precision = 1 if 0 < part < 0.0995 else 0
    return f"{part:.{precision}%}".replace(".", ",").replace("%", f"{ESPACE_FINE}%")


def duree(secondes: float | None) -> str:
    """252 -> « 4 min 12 s »; 3900 -> « 1 h 05 min »."""
    if secondes is None:
        return ABSENT
    minutes, reste = divmod(round(secondes), 60)
    heures, minutes = divmod(minutes, 60)
    if heures:
        return f"{heures}{ESPACE}h{ESPACE}{minutes:02d}{ESPACE}min"
    if minutes:
        return f"{minutes}{ESPACE}min{ESPACE}{reste:02d}{ESPACE}s"
    return f"{reste}{ESPACE}s"


def jour(valeur: date | None) -> str:
    """« 1er septembre 2025 », « 6 octobre 2025 »."""
    if valeur is None:
        return ABSENT
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}{ESPACE}{MOIS[valeur.month - 1]} {valeur.year}"


def jour_court(valeur: date | None) -> str:
    """« 6 oct. 2025 », for narrow columns."""
    if valeur is None:
        return ABSENT
    return f"{valeur.day}{ESPACE}{MOIS_COURTS[valeur.month - 1]}{ESPACE}{valeur.year}"


def jour_sans_annee(valeur: date) -> str:
    """« 6 oct. », for an axis whose span is said above it."""
    return f"{'1er' if valeur.day == 1 else valeur.day}{ESPACE}{MOIS_COURTS[valeur.month - 1]}"


def semaine(lundi: date) -> str:
    """A week goes by its Monday: « semaine du 6 octobre 2025 »."""
    return f"semaine du {jour(lundi)}"


def etendue(du: date, au: date) -> str:
    """« de la semaine du … à celle du … »: no need of the last Sunday."""
    if du == au:
        return f"{semaine(du)}"
    return f"de la semaine du {jour(du)} à celle du {jour(au)}"


def instant(valeur: datetime) -> str:
    """« 24 novembre 2026 à 4 h 05 »."""
    return f"{jour(valeur.date())} à {valeur.hour}{ESPACE}h{ESPACE}{valeur.minute:02d}"


def heure(valeur: int) -> str:
    """« 8 h »."""
    return f"{valeur}{ESPACE}h"


def accord(valeur: float | None, singulier: str, pluriel: str) -> str:
    """« 1 visite », « 0 visite », « 2 visites »: French counts from two."""
    mot = pluriel if valeur is None or valeur >= 2 else singulier
    return f"{nombre(valeur)}{ESPACE}{mot}"


def majuscule(phrase: str) -> str:
    """A sentence's first letter, the rest untouched."""
    return phrase[:1].upper() + phrase[1:]
