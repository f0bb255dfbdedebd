"""A believable Qualite and Protection in memory: one incomplete week, one silent service, one doubt, masks in schools.

They must not be taken for the simulation: figures are only plausible.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from metrics.tableau import Noeud, Publication
from metrics.tableau.protection import (
    EssaiAttaque,
    MagasinGarde,
    PeriodeOuverte,
    Perte,
    PolitiqueEnVigueur,
    Protection,
    Regroupement,
    Reserve,
)
from metrics.tableau.qualite import BilanQualite, Detail, Doute, Livraison, Qualite, SemaineRecue, ServiceMuet

ANNEES = ("2025-2026", "2024-2025")
LUNDIS = tuple(date(2025, 9, 1) + timedelta(weeks=n) for n in range(6))
INCOMPLETE, PROVISOIRE = LUNDIS[2], LUNDIS[-1]
_RECU = datetime(2026, 1, 18, 21, 30, tzinfo=UTC)


def make_qualite(publication: Publication, region: Noeud, departements: Sequence[Noeud], annee: str | None) -> Qualite:
    """Six school weeks: the third lacks half its days, the last is provisional."""
    weeks = [make_week(region, lundi, 400) for lundi in LUNDIS]
    return Qualite(
        publication=publication,
        noeud=region,
        regions=(region,),
        commun=True,
        annees=ANNEES,
        annee=annee if annee in ANNEES else ANNEES[0],
        bilan=BilanQualite(
            seuil=0.95,
            semaines=6,
            completes=5,
            jours_attendus=2400,
            jours_recus=2200,
            part_recue=2200 / 2400,
            lots=12,
            recues=10_000,
            gardees=9_000,
            doublons=100,
            refusees=900,
            part_refusee=0.09,
            derniere_livraison=_RECU,
        ),
        region=tuple(weeks),
        departements=tuple(make_week(noeud, lundi, 200) for lundi in LUNDIS for noeud in departements),
        livraisons=(
            Livraison("ENT-A", LUNDIS[1], 2, _RECU, 4_000, 40, 40 / 4_040, 0.98, 12, 3, 1),
            Livraison("ENT-A", LUNDIS[0], 2, _RECU, 3_900, 400, 400 / 4_300, None, 0, 0, 0),
            Livraison(None, None, 1, _RECU, 0, 60, 1.0, None, 0, 0, 0),
        ),
        refus=(Detail("robot", 600, 0.06), Detail("uai_invalide", 300, 0.03)),
        hors_plan=(Detail("service:=MODULE_42", 24, 0.0024),),
        services_muets=(ServiceMuet(region, "cahier_textes", LUNDIS[2], 3, 812.5),),
        doutes=(Doute("non_recu", "Rien n’a été reçu d’une semaine.", 1, "2025-09-15"),),
    )


def make_week(noeud: Noeud, lundi: date, attendus: int) -> SemaineRecue:
    """A week of a node, whole but for the one that is incomplete."""
    manquants = attendus // 2 if lundi == INCOMPLETE else 0
    presumes = 4
    return SemaineRecue(
        noeud=noeud,
        debut=lundi,
        ouvertes=100,
        mesurees=100,
        attendus=attendus,
        recus=attendus - manquants - presumes,
        presumes=presumes,
        manquants=manquants,
        part=1 - manquants / attendus,
        complete=not manquants,
        provisoire=lundi == PROVISOIRE,
    )


def make_protection(publication: Publication, annee: str | None) -> Protection:
    """The policy « groupes », details of schools masked by month, one store kept for too long."""
    return Protection(
        publication=publication,
        annees=ANNEES,
        annee=annee if annee in ANNEES else ANNEES[0],
        politique=PolitiqueEnVigueur("groupes-3", "Groupes fixes", 5, 2000, 2000, 100),
        pertes=(
            Perte("semaine", "region", False, 150, 0, 0.0, 0.0),
            Perte("mois", "regroupement", False, 30, 0, 0.0, None),
            Perte("mois", "region", True, 3000, 300, 0.1, 0.012),
            Perte("mois", "uai", True, 8000, 3600, 0.45, 0.087),
        ),
        regroupements=(Regroupement("region", "detail", 1), Regroupement("uai", "groupes", 40)),
        ouvertes=(
            PeriodeOuverte("annee", date(2025, 8, 1), date(2026, 7, 31), False, False),
            PeriodeOuverte("semaine", date(2025, 9, 1), date(2025, 9, 7), False, True),
        ),
        scellees=4,
        magasins=(
            MagasinGarde(
                "Lignes refusées",
                "12 mois au plus",
                "de l’arrivée du lot",
                "purge",
                "règle du projet",
                3,
                date(2024, 9, 2),
                date(2025, 9, 3),
                True,
            ),
            MagasinGarde(
                "Comptes", "sans limite", "du premier jour", "aucune", "agrégats", 12, date(2025, 9, 1), None, False
            ),
        ),
        regles_version="1",
        regles_depuis=date(2025, 11, 25),
        reserves=(
            Reserve("semaine", date(2025, 9, 1), 0),
            Reserve("mois", date(2025, 9, 1), 52),
            Reserve("annee", date(2025, 8, 1), 2),
        ),
        essais=(
            EssaiAttaque("groupes", "20 écoles", 0),
            EssaiAttaque("familles", "20 écoles", 4),
        ),
        essais_le=date(2025, 11, 25),
    )
