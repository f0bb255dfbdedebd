"""The rates of a board, from the lines that cellules.py reads: one a profil, on the base that tells most.

It must not query or judge: the table `taux` says what a rate is and when there is none.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from metrics.lecture.parts import TAUX, Ligne
from metrics.ratios import ratio
from metrics.tableau import Taux

# Most telling first: adoption is over those who could come.
BASES = ("comptes_ouverts", "comptes_actives", "eleves_onde")


def build_taux(lignes: Iterable[Ligne], profils: Sequence[str], reference: date | None) -> tuple[Taux, ...]:
    """One rate a profil that has one at the reference period, beside the one of the other period read."""
    rates = [ligne for ligne in lignes if ligne.coupe == TAUX]
    found = []
    for profil in dict.fromkeys(profils):
        now = [r for r in rates if r.modalite == profil and r.debut == reference]
        if now:
            best = min(now, key=lambda r: (r.visites is None, BASES.index(r.base or "eleves_onde")))
            before = next(
                (r for r in rates if r.modalite == profil and r.debut != reference and r.base == best.base), None
            )
            found.append(_taux(best, before))
    return tuple(found)


def _taux(now: Ligne, before: Ligne | None) -> Taux:
    assert now.debut is not None
    return Taux(
        profil=now.modalite,
        debut=now.debut,
        etat=now.etat,
        taux=ratio(now.visites, now.utilisateurs),
        utilisateurs=now.visites,
        effectif=now.utilisateurs,
        base=now.base or "",
        constate_le=now.constate_le,
        depasse_effectif=now.depasse_effectif,
        pour_100_eleves=now.pour_100_eleves,
        ecoles_sans_effectif=now.ecoles_sans_effectif,
        ecoles_non_recues=now.ecoles_non_recues,
        ecoles_preelementaire=now.ecoles_preelementaire,
        precedent=ratio(before.visites, before.utilisateurs) if before else None,
    )
