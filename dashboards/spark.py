"""A row's last school weeks as a tiny drawing that is part of the page: no script, no request.

It must not scale numbers itself: the drawing's own coordinates are weeks and visits.
"""

from collections.abc import Sequence
from urllib.parse import quote

from dashboards.balises import html
from dashboards.palette import NEUTRE, VISITES
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr

# The signs of the states, as the style sheet draws them beside their words.
SEMAINES = 6
GAUCHES = (2, 22, 42, 62, 82, 102)  # left of each week
SIGNES = {"secret": "◇", "non_recu": "✕", "non_ouverte": "—", "presume": "≈"}
# What an address may not hold, and how it is written there.
_ADRESSE = tuple((signe, quote(signe)) for signe in ("%", " ", '"', "#", "<", ">", *SIGNES.values()))


def sparkline(nom: str, visites: Sequence[int | None], etats: Sequence[str], plan: MarkingPlan) -> html.Img:
    """One bar a week; a zero is a line on the ground, a week without a counted figure the sign of its state."""
    image = _svg(visites, etats)
    for signe, ecrit in _ADRESSE:
        image = image.replace(signe, ecrit)
    return html.Img(src=f"data:image/svg+xml,{image}", alt=_alt(nom, visites, etats, plan), className="tendance")


def _svg(visites: Sequence[int | None], etats: Sequence[str]) -> str:
    sommet = max((v for v in visites if v is not None), default=0) or 1
    barres = "".join(
        f'<rect x="{rang}.08" width=".84" height="{valeur}"/>' for rang, valeur in enumerate(visites) if valeur
    )
    marques = "".join(_mark(*semaine) for semaine in zip(GAUCHES, visites, etats, strict=False))
    # The bars' box is flipped, so that a bar's height is its visits and grows upwards; signs lie outside, to keep their shape.
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="28">'
        f'<svg viewBox="0 -{sommet} {SEMAINES} {sommet}" width="120" height="27" preserveAspectRatio="none">'
        f'<g transform="scale(1,-1)" fill="{VISITES}">{barres}</g></svg>'
        f'<g fill="{NEUTRE}" font-family="sans-serif" font-size="13">{marques}</g></svg>'
    )


def _mark(gauche: int, visites: int | None, etat: str) -> str:
    """What stands on the ground where there is no bar."""
    if etat in SIGNES:
        return f'<text x="{gauche}" dx="4" y="24">{SIGNES[etat]}</text>'
    return "" if visites else f'<rect x="{gauche}" y="26" width="16" height="1.5"/>'


def _alt(nom: str, visites: Sequence[int | None], etats: Sequence[str], plan: MarkingPlan) -> str:
    if not visites:
        return f"{nom}\u00a0: aucune semaine d’école publiée"
    semaines = [
        count_fr(valeur, "visite", "visites") if etat == "valeur" else plan.libelle("etat", etat)
        for valeur, etat in zip(visites, etats, strict=True)
    ]
    return f"{nom}, de la plus ancienne à la dernière semaine\u00a0: {', '.join(semaines)}"
