"""The tables of peaks, of the suggested access and of the months of a school or a commune.

They must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.tables.base import (
    Colonne,
    Ligne,
    Table,
    Valeur,
    colonne_etat,
    colonne_remarques,
    mesure,
    or_manque,
    reserve_etat,
)
from dashboards.tables.taux import BASES
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Acces, Debit, Mois, Tableau

_BASES = {
    **BASES,
    "eleves_onde": "élèves recensés à la rentrée",
    "plusieurs": "décomptes différents selon les écoles",
}


def pics(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a week; peaks never add up."""
    colonnes = (
        Colonne("Semaine du", "jour"),
        mesure(plan, "pic_simultane"),
        Colonne("Demi-journée"),
        colonne_etat(),
    )
    lignes = tuple(
        Ligne(
            (
                pic.debut,
                or_manque(pic.pic_simultane, pic.etat, plan),
                formats.demi_journee(pic.demi_journee),
                plan.libelle("etat", pic.etat),
            ),
            pic.etat,
        )
        for pic in _acces(tableau).pics
    )
    return Table("pics", "Pics de visites simultanées en classe", colonnes, lignes)


def acces(tableau: Tableau, plan: MarkingPlan) -> Table:
    """What the suggested access is computed from, and the access."""
    lu = _acces(tableau)
    colonnes = (Colonne("Ce qui est compté"), Colonne("Valeur", "nombre"), Colonne("Unité"), Colonne("D’où cela vient"))
    return Table(
        "acces", "Accès à Internet suggéré", colonnes, _lignes_acces(lu.debit, lu.pic_secret, plan) if lu.debit else ()
    )


def _lignes_acces(debit: Debit, pic_secret: bool, plan: MarkingPlan) -> tuple[Ligne, ...]:
    base = _BASES.get(debit.base or "", "effectif inconnu")
    pic = or_manque(debit.pic_max, "secret", plan) if pic_secret else debit.pic_max
    constat = f"{base}, au {formats.jour(debit.constate_le)}" if debit.constate_le else base
    lignes: tuple[tuple[str, Valeur, str, str], ...] = (
        ("Élèves", debit.eleves, "élèves", constat),
        ("Élèves à connecter ensemble", debit.eleves_prevus, "élèves", "une classe par tranche d’élèves, une au moins"),
        ("Plus grand pic publié de l’année", pic, "visites", "élèves et enseignants, en classe"),
        ("Personnes retenues", debit.personnes_retenues, "personnes", "le plus grand des deux nombres précédents"),
        (
            plan.indicateur("debit_suggere_mbit_s").libelle,
            or_manque(debit.debit_suggere_mbit_s, debit.etat, plan),
            plan.indicateur("debit_suggere_mbit_s").unite,
            "débit par personne, marge et minimum du plan",
        ),
    )
    return tuple(Ligne(ligne) for ligne in lignes)


def acces_ecoles(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a school of a commune: each building has its own line."""
    debit = plan.indicateur("debit_suggere_mbit_s")
    colonnes = (
        Colonne("UAI"),
        Colonne("École"),
        Colonne("Élèves", "nombre"),
        Colonne("Personnes retenues", "nombre"),
        Colonne(f"{debit.libelle} ({debit.unite})", "nombre", aide=debit.definition),
    )
    lignes = tuple(
        Ligne(
            (
                noeud.territoire,
                noeud.nom,
                suggere.eleves,
                suggere.personnes_retenues,
                or_manque(suggere.debit_suggere_mbit_s, suggere.etat, plan),
            )
        )
        for noeud, suggere in _acces(tableau).ecoles
    )
    return Table("acces_ecoles", "Accès suggéré, école par école", colonnes, lignes)


def mois(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a month of the school year; users of several months are never added."""
    colonnes = (
        Colonne("Mois"),
        mesure(plan, "visites"),
        mesure(plan, "utilisateurs", suite=" dans le mois"),
        colonne_etat(),
        colonne_remarques("Remarque", (_remarque(m, plan) for m in _acces(tableau).mois)),
    )
    lignes = tuple(
        Ligne(
            (
                formats.majuscule(formats.mois(m.debut)),
                or_manque(m.visites, m.etat, plan),
                or_manque(m.utilisateurs, m.etat, plan),
                plan.libelle("etat", m.etat),
                _remarque(m, plan),
            ),
            m.etat,
        )
        for m in _acces(tableau).mois
    )
    return Table("mois", "Totaux mensuels", colonnes, lignes)


def _remarque(m: Mois, plan: MarkingPlan) -> str:
    """What a month's figures lack."""
    incompletes = count_fr(m.semaines_incompletes, "semaine incomplète", "semaines incomplètes")
    etat = reserve_etat(m.visites, m.etat, plan)
    mots = ((etat, etat), (m.semaines_incompletes, incompletes), (m.provisoire, "chiffres provisoires"))
    return ", ".join(texte for vrai, texte in mots if vrai)


def _acces(tableau: Tableau) -> Acces:
    return tableau.acces or Acces()
