"""What a collectivité reads of a node (design 1): totals by month and school year, put together from nothing.

It must not let through what it does not name: what a board gains later stays out until it is written here.
"""

from dataclasses import replace

from metrics.errors import VueReservee
from metrics.tableau import ANNEE, MOIS, Acces, Enfant, FicheEcole, Offre, ProfilPublie, Synthese, Tableau, Vue

PERIODES = (MOIS, ANNEE)
TOUS = "tous"


def narrow_offre(offre: Offre) -> Offre:
    """Months and school years, everybody together, no cut."""
    annees = tuple(
        replace(a, profils=(ProfilPublie(TOUS, False, False, False),) if a.find_profil(TOUS) else ())
        for a in offre.annees
    )
    return replace(offre, annees=annees, periodes=PERIODES)


def check_vue(vue: Vue) -> None:
    """Raises VueReservee for what is not a total of a month or a school year."""
    if vue.periode not in PERIODES or vue.profil != TOUS or vue.service or vue.perimetre != "reel":
        raise VueReservee


def keep_totals(tableau: Tableau) -> Tableau:
    """The totals of a board, those of its children, its months and the access that it suggests."""
    return Tableau(
        vue=tableau.vue,
        noeud=tableau.noeud,
        ascendants=tableau.ascendants,
        publication=tableau.publication,
        synthese=_synthese(tableau.synthese),
        serie=(),
        profils=(),
        services=(),
        creneaux=(),
        appareils=(),
        systemes=(),
        navigateurs=(),
        durees=(),
        enfants=tuple(_enfant(enfant) for enfant in tableau.enfants),
        ecole=tableau.ecole and _fiche(tableau.ecole),
        offre=narrow_offre(tableau.offre),
        acces=tableau.acces and _acces(tableau.acces),
        derniere_annee=tableau.derniere_annee,
        totaux_seuls=True,
    )


def _synthese(synthese: Synthese) -> Synthese:
    return Synthese(
        visites=synthese.visites,
        utilisateurs_moyens=None,
        duree_moyenne_s=None,
        semaines=0,
        semaine_max=None,
        visites_max=None,
        profil_premier=None,
        part_profil_premier=None,
        service_premier=None,
        part_service_premier=None,
        inscrites=synthese.inscrites,
        ouvertes=synthese.ouvertes,
        mesurees=0,
        actives=0,
        effectif=synthese.effectif,
        utilisateurs=synthese.utilisateurs,
        etat=synthese.etat,
    )


def _enfant(enfant: Enfant) -> Enfant:
    """Its visits and users; `utilisateurs_moyens` of a month or a year are those of that period."""
    return Enfant(
        niveau=enfant.niveau,
        territoire=enfant.territoire,
        nom=enfant.nom,
        type_ecole=enfant.type_ecole,
        etat=enfant.etat,
        visites=enfant.visites,
        utilisateurs_moyens=enfant.utilisateurs_moyens,
        duree_moyenne_s=None,
        effectif=enfant.effectif,
        derniere_semaine_active=None,
        visites_semaines=(),
        ecoles_actives=0,
        ecoles_ouvertes=enfant.ecoles_ouvertes,
    )


def _acces(acces: Acces) -> Acces:
    """Its months, and how wide its line must be, school by school: what a commune pays for."""
    return Acces(mois=acces.mois, debit=acces.debit, ecoles=acces.ecoles)


def _fiche(fiche: FicheEcole) -> FicheEcole:
    return replace(fiche, effectifs=())
