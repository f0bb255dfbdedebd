"""French spelling of numbers, shares, durations, days and instants.

It must not know what is being shown: no label of the marking plan, no component.
"""

from datetime import date, datetime

from marking_plan.phrases import number_fr

ESPACE = "\u00a0"
ESPACE_FINE = "\u202f"
ABSENT = "–"
MOINS = "\u2212"
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
    return ABSENT if valeur is None else number_fr(valeur)


def pourcentage(part: float | None) -> str:
    """0.4251 -> « 43 % »; one decimal under 10 %; a share that isn't nil never reads 0, nor one that isn't whole 100."""
    if part is None:
        return ABSENT
    if 0 < part < 0.001:
        return f"<{ESPACE}0,1{ESPACE_FINE}%"
    if 0.9995 <= part < 1:
        return f">{ESPACE}99,9{ESPACE_FINE}%"
    precision = 1 if 0 < part < 0.0995 or 0.995 <= part < 1 else 0
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
    """« 1er oct. 2025 », for narrow columns."""
    if valeur is None:
        return ABSENT
    return f"{jour_sans_annee(valeur)}{ESPACE}{valeur.year}"


def jour_sans_annee(valeur: date) -> str:
    """« 6 oct. », for an axis whose span is said above it."""
    return f"{'1er' if valeur.day == 1 else valeur.day}{ESPACE}{MOIS_COURTS[valeur.month - 1]}"


def mois(premier: date) -> str:
    """« octobre 2025 »."""
    return f"{MOIS[premier.month - 1]} {premier.year}"


def variation(part: float | None) -> str:
    """0.04 -> « + 4,0 % », -0.25 -> « − 25 % »: always with its sign; under half a thousandth it is « stable »."""
    if part is None:
        return ABSENT
    if abs(part) < 0.0005:
        return "stable"
    return f"{'+' if part > 0 else MOINS}{ESPACE_FINE}{pourcentage(abs(part))}"


def points(ecart: float) -> str:
    """0.021 -> « 2,1 points »; a tenth of a point at least."""
    texte = f"{abs(ecart) * 100:.{1 if abs(ecart) < 0.1 else 0}f}".replace(".", ",")
    return f"{texte}{ESPACE}{'points' if abs(ecart) >= 0.02 else 'point'}"


def semaine(lundi: date) -> str:
    """A week goes by its Monday: « semaine du 6 octobre 2025 »."""
    return f"semaine du {jour(lundi)}"


def etendue(du: date, au: date) -> str:
    """« de la semaine du … à celle du … »: no need of the last Sunday."""
    if du == au:
        return semaine(du)
    return f"de la semaine du {jour(du)} à celle du {jour(au)}"


def instant(valeur: datetime) -> str:
    """« 24 novembre 2026 à 4 h 05 »."""
    return f"{jour(valeur.date())} à {valeur.hour}{ESPACE}h{ESPACE}{valeur.minute:02d}"


def heure(valeur: int) -> str:
    """« 8 h »."""
    return f"{valeur}{ESPACE}h"


def espaces(texte: str) -> str:
    """A text of the plan with the unbreakable spaces of French print: before ; : ? ! and within quotation marks."""
    for avant, apres in (
        (" ;", "\u202f;"),
        (" ?", "\u202f?"),
        (" !", "\u202f!"),
        (" :", "\u00a0:"),
        ("« ", "«\u00a0"),
        (" »", "\u00a0»"),
    ):
        texte = texte.replace(avant, apres)
    return texte


def majuscule(phrase: str) -> str:
    """A sentence's first letter, the rest untouched."""
    return phrase[:1].upper() + phrase[1:]


def decimal(valeur: float | None) -> str:
    """0.8047 -> « 0,80 », 12.44 -> « 12,4 »: as many figures as tell schools apart; nil is « 0 »."""
    if not valeur:
        return nombre(valeur)
    precision = 2 if abs(valeur) < 9.995 else 1 if abs(valeur) < 99.95 else 0
    return f"{valeur:,.{precision}f}".replace(",", ESPACE_FINE).replace(".", ",")


def demi_journee(code: str | None) -> str:
    """« 2-matin » -> « mardi matin »."""
    if code is None:
        return ABSENT
    jour_semaine, moment = code.split("-", 1)
    return f"{JOURS[int(jour_semaine) - 1]} {'matin' if moment == 'matin' else 'après-midi'}"
