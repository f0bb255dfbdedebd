"""The fake reader with everything boards say of schools: support, similar schools, peaks, months, what was received.

It must not be taken for the simulation: figures are only plausible.
"""

from dataclasses import replace
from datetime import date

from metrics.tableau import (
    Acces,
    Accompagnement,
    Comparaison,
    Constat,
    Debit,
    EcoleSuivie,
    Enfant,
    Mois,
    Noeud,
    Offre,
    Pic,
    Point,
    Semblables,
    Tableau,
    Vue,
)
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, DOLTO, HERAULT, LODEVE, PAULHAN, REGION, FakeLecteur

SEMAINE = date(2026, 1, 5)
CONSTATS = (
    Constat("jamais_demarree", "tous", 0, None, None, date(2025, 9, 1), 14),
    Constat("arret", "tous", 0, 103, None, date(2025, 11, 3), 5),
    Constat("baisse", "tous", 12.0, 41.0, 114.0, None, 6),
    Constat("parents_absents", "parents", 0, 340, None, None, 5),
    Constat("donnees_manquantes", None, 2, 4, None, None, 1),
)
COMPARAISONS = (
    Comparaison("visites_par_eleve", "tous", None, None, "valeur", 0.8, 0.6, 1.1, 1.5, "centrale_basse", 14, 2, 1),
    Comparaison("taux_utilisation", "eleve", "comptes_ouverts", date(2025, 12, 1), "valeur", 0.37, 0.41, 0.5, 0.62, "sous", 13, 4, 0),
)  # fmt: skip
SEMBLABLES = Semblables("elementaire", "de 100 à 199 élèves", "academie", "Académie de Montpellier", 10, 17, None, COMPARAISONS)  # fmt: skip
ACCES = Acces(
    pics=(
        Pic(date(2025, 12, 1), "valeur", 34, "2-matin"),
        Pic(date(2025, 12, 8), "secret", None, None),
        Pic(date(2025, 12, 15), "non_recu", None, None),
    ),
    mois=(
        Mois(date(2025, 11, 1), "valeur", 412, 96, False),
        Mois(date(2025, 12, 1), "secret", None, None, False),
        Mois(date(2026, 1, 1), "valeur", 120, 61, True),
    ),
    debit=Debit(date(2025, 8, 1), "valeur", 142, "eleves_onde", date(2025, 10, 1), 50, 34, 50, 65),
    pic=Pic(date(2025, 12, 1), "valeur", 34, "2-matin"),
)
SANS_EFFECTIF = Debit(date(2025, 8, 1), "sans_effectif", None, None, None, None, None, None, None)
LIGNES = (
    (ARC_EN_CIEL, Debit(date(2025, 8, 1), "valeur", 142, "eleves_onde", date(2025, 10, 1), 50, 34, 50, 65)),
    (DOLTO, SANS_EFFECTIF),
)
ETATS = ("valeur", "presume", "secret", "non_recu", "non_ouverte", "valeur")


class LecteurEcoles(FakeLecteur):
    """Answers for a commune too, and fills what the plain fake leaves out."""

    def read_tableau(self, vue: Vue) -> Tableau:
        """A whole board."""
        if vue.niveau == "commune":
            vue = replace(vue, niveau=LODEVE.niveau, territoire=LODEVE.territoire)
            return self._fill(replace(super().read_tableau(vue), noeud=PAULHAN), "commune")
        return self._fill(super().read_tableau(vue), vue.niveau)

    def default_vue(self, niveau: str, territoire: str) -> Vue:
        """The whole published span."""
        if niveau == "commune":
            return replace(super().default_vue(LODEVE.niveau, LODEVE.territoire), niveau=niveau, territoire=territoire)
        return super().default_vue(niveau, territoire)

    def read_offre(self, niveau: str, territoire: str) -> Offre:
        """The same everywhere."""
        return super().read_offre(
            *(("circonscription", LODEVE.territoire) if niveau == "commune" else (niveau, territoire))
        )

    def _fill(self, tableau: Tableau, niveau: str) -> Tableau:
        return replace(
            tableau,
            vue=replace(tableau.vue, niveau=niveau, territoire=tableau.noeud.territoire),
            serie=tuple(_receive(rang, point) for rang, point in enumerate(tableau.serie)),
            enfants=tuple(_follow(enfant) for enfant in tableau.enfants),
            accompagnement=list_ecoles(tableau.noeud),
            acces={"uai": ACCES, "commune": replace(ACCES, ecoles=LIGNES)}.get(niveau),
            semblables=SEMBLABLES if niveau == "uai" else None,
        )


def list_ecoles(noeud: Noeud) -> Accompagnement:
    """Every cause in a territory, one of a school; nothing under the Gard."""
    shown = {REGION: CONSTATS, HERAULT: CONSTATS, LODEVE: CONSTATS, ARC_EN_CIEL: CONSTATS[2:4]}.get(noeud, ())
    ecole = EcoleSuivie(ARC_EN_CIEL.territoire, ARC_EN_CIEL.nom, "elementaire", PAULHAN.nom, LODEVE.nom, shown)
    return Accompagnement(SEMAINE, (ecole,) if shown else (), tuple((c.cause, int(c in shown)) for c in CONSTATS))


def _receive(rang: int, point: Point) -> Point:
    """Three weeks out of four whole, one in part, one not at all."""
    recus = {3: 40, 7: 0}.get(rang, 100)
    return replace(point, jours_attendus=100, jours_recus=recus, part_recue=recus / 100, incomplete=recus < 100)


def _follow(enfant: Enfant) -> Enfant:
    if enfant.niveau != "uai":
        return replace(enfant, ecoles_a_accompagner=3)
    return replace(
        enfant,
        visites_eleves=None if enfant.territoire == DOLTO.territoire else 120,
        etat_eleves="secret" if enfant.territoire == DOLTO.territoire else "valeur",
        visites_parents=0,
        etat_parents="valeur",
        causes=("baisse", "parents_absents") if enfant.territoire == ARC_EN_CIEL.territoire else (),
        semaines_sans_chiffre=2,
        visites_semaines=(12, 0, None, None, None, 30),
        etats_semaines=ETATS,
    )
