"""What is known of each cut besides its parts: why it has none, what is masked, what the parts leave of the whole.

It must not query.
"""

from collections.abc import Collection, Sequence

from marking_plan import MarkingPlan
from metrics.lecture.parts import Decoupe, Modalite
from metrics.protection.groupes import PARTS
from metrics.ratios import share
from metrics.tableau import MOIS, AnneeOffre, Coupe, Vue

COUPES = ("profil", "service", "famille", "moment", "creneau", "appareil", "systeme", "navigateur", "duree")
_FINES = "creneau"


def choose_profils(published: Collection[str], groupe: str = "tous") -> tuple[str, ...]:
    """The finest published profiles and groups that never count a visit twice."""
    chosen: list[str] = []
    for part in PARTS[groupe]:
        finer = choose_profils(published, part) if part in PARTS else ()
        chosen += finer or ([part] if part in published else [])
    return tuple(chosen)


def find_groupe(published: Collection[str], profil: str) -> str:
    """The smallest published group that counts a profil, where it isn't published apart; empty when it is, or when none does."""
    above = {part: groupe for groupe, parts in PARTS.items() for part in parts}
    code = profil
    while code and code not in published:
        code = above.get(code, "")
    return "" if code == profil else code


def describe_coupe(
    decoupe: Decoupe, shown: Sequence[Modalite], entier: int | None, why_not: str, partition: bool
) -> Coupe:
    """What a cut leaves unsaid. `entier`: the node's visits; `why_not`: why it isn't published, if it isn't."""
    absence = why_not or _empty(decoupe, shown, entier)
    reste = max(0, (entier or 0) - sum(m.visites for m in shown)) if partition and not absence else 0
    secrets = () if absence else tuple(sorted(decoupe.secrets))
    return Coupe(absence, secrets, reste, share(reste, entier or 0), entier)


def _empty(decoupe: Decoupe, shown: Sequence[Modalite], entier: int | None) -> str:
    if decoupe.withheld or (decoupe.secrets and not shown):
        return "secrete"
    if entier is None:
        return "sans_chiffre"
    return "" if shown and entier else "sans_visite"


def explain_absence(coupe: str, vue: Vue, annee: AnneeOffre | None, plan: MarkingPlan) -> str:
    """Why a node doesn't publish a cut of a profil by a period; empty when it does."""
    periodes = {c.code: c.periodes for c in plan.coupes}
    if coupe == "profil":
        return ""
    if vue.periode not in periodes[coupe]:
        return "sans_annee"
    profil = annee.find_profil(vue.profil) if annee else None
    if profil is not None and profil.publishes_cuts(vue.periode):
        return "" if coupe != _FINES or profil.coupes_fines else "fines"
    if profil is not None and profil.coupes_mois and vue.periode != MOIS:
        return "par_mois" if coupe != _FINES or profil.coupes_fines else "fines"
    others = annee.profils if annee else ()
    if any(other.publishes_cuts(vue.periode) or other.coupes_mois for other in others):
        return "profil"
    return "totaux_seuls"
