"""A believable publication in memory, for the boards' tests: no file, no query, the same figures at each run.

It must not be taken for the simulation: figures are only plausible, and don't add up from one level to the next.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from marking_plan import load_plan
from metrics.errors import PublicationAbsente, TerritoireInconnu
from metrics.tableau import (
    AnneeOffre,
    Carte,
    Classe,
    Contour,
    Creneau,
    Enfant,
    FicheEcole,
    Lieu,
    Noeud,
    Offre,
    Part,
    PartService,
    Point,
    Portee,
    ProfilPublie,
    Publication,
    Synthese,
    Tableau,
    Trouvaille,
    Vue,
)  # fmt: skip
from metrics.tableau.protection import Protection
from metrics.tableau.qualite import Qualite
from tests.dashboards.fake_pages import make_protection, make_qualite

SEMAINES = tuple(date(2025, 9, 1) + timedelta(weeks=rang) for rang in range(20))
VACANCES = {date(2025, 10, 20), date(2025, 10, 27), date(2025, 12, 22), date(2025, 12, 29)}
REGION = Noeud("region", "76", "Occitanie")
ACADEMIE = Noeud("academie", "11", "Académie de Montpellier")
HERAULT = Noeud("departement", "034", "Hérault")
GARD = Noeud("departement", "030", "Gard")
LODEVE = Noeud("circonscription", "0341123X", "Lodève – Cœur d’Hérault")
BEZIERS = Noeud("circonscription", "0341124Y", "Béziers nord")
PAULHAN = Noeud("commune", "34194", "Paulhan")
DOLTO = Noeud("uai", "0340585B", "École maternelle Françoise Dolto")
ARC_EN_CIEL = Noeud("uai", "0342332A", "École élémentaire Arc en Ciel")
FORMULE = Noeud("uai", "0340001A", "=Cmd|' École piégée")
CHEMINS: dict[Noeud, tuple[Noeud, ...]] = {
    REGION: (),
    ACADEMIE: (REGION,),
    HERAULT: (REGION, ACADEMIE),
    GARD: (REGION, ACADEMIE),
    LODEVE: (REGION, ACADEMIE, HERAULT),
    BEZIERS: (REGION, ACADEMIE, HERAULT),
    DOLTO: (REGION, ACADEMIE, HERAULT, LODEVE),
    ARC_EN_CIEL: (REGION, ACADEMIE, HERAULT, LODEVE),
    FORMULE: (REGION, ACADEMIE, HERAULT, LODEVE),
}
TAILLES = {"region": 900, "academie": 500, "departement": 260, "circonscription": 60, "uai": 3}
PROFILS = {"eleve": 0.41, "parent": 0.36, "enseignant": 0.19, "directeur": 0.03, "admin_vie_scol_tech": 0.01}
SERVICES = {
    "accueil": 0.62, "messagerie_instantanee": 0.05, "courrier_electronique": 0.31, "cahier_liaison": 0.44,
    "actualites": 0.28, "cahier_textes": 0.22, "stockage_partage": 0.09, "production_collaborative": 0.07,
    "parcours_pedagogique": 0.04, "page_ent": 0.11, "hors_plan": 0.0004,
}  # fmt: skip
APPAREILS = {"smartphone": 0.48, "ordinateur": 0.39, "tablette": 0.09, "autre": 0.01, "non_renseigne": 0.03}
SYSTEMES = {
    "android": 0.35,
    "windows": 0.3,
    "ios": 0.2,
    "macos": 0.05,
    "chromeos": 0.04,
    "linux": 0.03,
    "autreos": 0.03,
}
NAVIGATEURS = {"chromemobile": 0.33, "chrome": 0.27, "safari": 0.21, "firefox": 0.1, "edge": 0.09}
DUREES = {
    "0s": 0.17, "moins_1min": 0.21, "1_5min": 0.29, "5_15min": 0.2, "15_30min": 0.08, "30_60min": 0.04, "60min_plus": 0.01,
}  # fmt: skip
HEURES = (0, 0, 0, 0, 0, 1, 4, 14, 30, 26, 22, 18, 10, 14, 22, 20, 26, 34, 30, 22, 14, 8, 3, 1)
JOURS = (10, 11, 7, 11, 9, 2, 3)
OFFRE = Offre(
    annees=(
        AnneeOffre(
            annee="2025-2026",
            semaines=SEMAINES,
            mois=tuple(date(2025, mois, 1) for mois in range(9, 13)),
            profils=tuple(ProfilPublie(code, True, True, True) for code in ("tous", *PROFILS)),
            finie=False,
            semaines_ecole=tuple(lundi for lundi in SEMAINES if lundi not in VACANCES),
            mois_ecole=tuple(date(2025, mois, 1) for mois in range(9, 13)),
        ),
    ),
    niveaux=(),
    dernier_mois=date(2025, 12, 1),
)


class FakeLecteur:
    """Answers like the engine's reader, over a small tree of made-up figures."""

    def __init__(self, simulee: bool = True) -> None:
        self.arretee = Publication(7, datetime(2026, 1, 19, 4, 12, tzinfo=UTC), "2026.1", "exacte", simulee)
        self.lectures = 0

    def publication(self) -> Publication:
        """The one publication there is."""
        return self.arretee

    def fichier(self) -> Path:
        """There is none."""
        raise PublicationAbsente("Rien n’est encore publié.")

    def restrict(self, portee: Portee, on_refusal: Callable[[str, str], None]) -> "FakeLecteur":
        """The same: what a scope leaves is tested on the engine's own reader."""
        return self

    def compteurs(self) -> dict[str, int]:
        """Boards read; nothing is remembered."""
        return {"lectures": self.lectures, "reprises": 0}

    def racine(self) -> Noeud:
        """The region."""
        return REGION

    def accueil(self) -> tuple[Noeud, ...]:
        """The region."""
        return (self.racine(),)

    def default_vue(self, niveau: str, territoire: str) -> Vue:
        """The whole published span."""
        _find_noeud(niveau, territoire)
        return Vue(niveau, territoire, SEMAINES[0], SEMAINES[-1])

    def read_offre(self, niveau: str, territoire: str) -> Offre:
        """One school year, whose profiles are all published."""
        _find_noeud(niveau, territoire)
        return OFFRE

    def search(self, texte: str) -> tuple[Trouvaille, ...]:
        """Nodes by name or code, schools last."""
        mots = texte.casefold()
        found = [n for n in CHEMINS if mots in f"{n.nom} {n.territoire}".casefold()]
        return tuple(Trouvaille(n, PAULHAN.nom if n.niveau == "uai" else "") for n in found)

    def read_qualite(self, annee: str | None = None, region: str | None = None) -> Qualite:
        """What came, one week incomplete."""
        if region and region != REGION.territoire:
            raise TerritoireInconnu("region", region)
        return make_qualite(self.arretee, REGION, (HERAULT, GARD), annee)

    def read_protection(self, annee: str | None = None) -> Protection:
        """A protected year."""
        return make_protection(self.arretee, annee)

    def read_lisez_moi(self) -> tuple[str, ...]:
        """Two sentences."""
        return ("Ce fichier contient la fréquentation d’un ENT.", "N’additionnez jamais des utilisateurs.")

    def read_tableau(self, vue: Vue) -> Tableau:
        """A whole board."""
        self.lectures += 1
        noeud = _find_noeud(vue.niveau, vue.territoire)
        serie = tuple(
            replace(_point(noeud, rang, s), dans_vue=vue.du <= s <= vue.au) for rang, s in enumerate(SEMAINES)
        )
        total = sum(p.visites or 0 for p in serie if p.dans_vue)
        ecole = noeud.niveau == "uai"
        return Tableau(
            vue=vue,
            noeud=noeud,
            ascendants=CHEMINS[noeud],
            publication=self.arretee,
            synthese=_synthese(noeud, serie, total),
            serie=serie,
            profils=_parts(PROFILS, total),
            services=_services(total),
            creneaux=_creneaux(noeud),
            appareils=_parts(APPAREILS, total),
            systemes=_parts(SYSTEMES, total),
            navigateurs=_parts(NAVIGATEURS, total),
            durees=_parts(DUREES, total),
            enfants=() if ecole else _enfants(noeud),
            ecole=_fiche(noeud) if ecole else None,
            offre=OFFRE,
            carte=make_carte(_enfants(noeud)) if _enfants(noeud) else None,
            semaines_tendance=SEMAINES[-6:],
        )


class LecteurVide(FakeLecteur):
    """The same, of a node that nothing is published about."""

    def read_tableau(self, vue: Vue) -> Tableau:
        """A board without a figure."""
        plein = super().read_tableau(vue)
        vide = replace(
            plein.synthese, visites=None, utilisateurs_moyens=None, duree_moyenne_s=None, semaine_max=None,
            visites_max=None, profil_premier=None, service_premier=None, effectif=None,
        )  # fmt: skip
        serie = tuple(_absent(p, "non_recu") for p in plein.serie)
        return replace(
            plein, synthese=vide, serie=serie, profils=(), services=(), creneaux=(), appareils=(), systemes=(),
            navigateurs=(), durees=(), enfants=(), carte=None,
        )  # fmt: skip


def _find_noeud(niveau: str, territoire: str) -> Noeud:
    for noeud in CHEMINS:
        if (noeud.niveau, noeud.territoire) == (niveau, territoire):
            return noeud
    raise TerritoireInconnu(niveau, territoire)


def _point(noeud: Noeud, rang: int, semaine: date) -> Point:
    taille = TAILLES[noeud.niveau]
    vacances = semaine in VACANCES
    visites = int(taille * (3 if vacances else 38 + 9 * ((rang * 7 + len(noeud.nom)) % 5) + rang))
    derniere = rang >= len(SEMAINES) - 1
    point = Point(
        debut=semaine, etat="valeur", visites=visites, utilisateurs=int(visites * 0.24), duree_s=visites * 312,
        duree_moyenne_s=312.4 - rang, duree_mediane_s=148, provisoire=derniere, incomplete=rang == 12,
        vacances=vacances, jours_ecole=0 if vacances else 4, inscrites=taille + 12, ouvertes=taille, mesurees=taille, actives=taille - 2 if taille > 3 else 1,
    )  # fmt: skip
    if noeud == ARC_EN_CIEL:
        return _absent(point, "non_ouverte") if rang < 2 else _absent(point, "non_recu") if rang == 9 else point
    if noeud == DOLTO and rang in (4, 6):
        return _absent(point, "secret")
    return replace(point, etat="presume") if noeud == DOLTO and rang == 10 else point


def _absent(point: Point, etat: str) -> Point:
    return replace(
        point,
        etat=etat,
        visites=None,
        utilisateurs=None,
        duree_s=None,
        duree_moyenne_s=None,
        duree_mediane_s=None,
    )


def _synthese(noeud: Noeud, serie: tuple[Point, ...], total: int) -> Synthese:
    connus = [p for p in serie if p.visites is not None]
    pointe = max(connus, key=lambda p: p.visites or 0, default=None)
    taille = TAILLES[noeud.niveau]
    ecole = noeud.niveau == "uai"
    return Synthese(
        visites=total, utilisateurs_moyens=total * 0.24 / max(len(connus), 1), duree_moyenne_s=301.7,
        semaines=sum(not p.vacances for p in connus), semaine_max=pointe.debut if pointe else None,
        visites_max=pointe.visites if pointe else None, profil_premier="eleve", part_profil_premier=0.41,
        service_premier="cahier_liaison", part_service_premier=0.44, inscrites=1 if ecole else taille + 12,
        ouvertes=1 if ecole else taille, mesurees=1 if ecole else taille, actives=1 if ecole else taille - 9,
        effectif=187 if ecole else taille * 120,
    )  # fmt: skip


def _parts(parts: dict[str, float], total: int) -> tuple[Part, ...]:
    return tuple(
        Part(code, int(total * part), part, 180 + 400 * part, total * part / 80) for code, part in parts.items()
    )


def _services(total: int) -> tuple[PartService, ...]:
    familles = {service.code: service.famille for service in load_plan().services}
    return tuple(
        PartService(code, familles[code], int(total * part), part, total * part / 70) for code, part in SERVICES.items()
    )


def _creneaux(noeud: Noeud) -> tuple[Creneau, ...]:
    taille = TAILLES[noeud.niveau]
    return tuple(
        Creneau(jour + 1, heure, taille * poids * volume // 30)
        for jour, poids in enumerate(JOURS)
        for heure, volume in enumerate(HEURES)
        if volume
    )


def _enfants(noeud: Noeud) -> tuple[Enfant, ...]:
    directs = [n for n, chemin in CHEMINS.items() if chemin and chemin[-1] == noeud]
    return tuple(_enfant(enfant, rang) for rang, enfant in enumerate(directs))


def _enfant(noeud: Noeud, rang: int) -> Enfant:
    serie = [_point(noeud, i, s) for i, s in enumerate(SEMAINES)]
    secret = noeud == FORMULE
    choose: Callable[[float], float | None] = lambda valeur: None if secret else valeur  # noqa: E731
    ecole = noeud.niveau == "uai"
    return Enfant(
        niveau=noeud.niveau, territoire=noeud.territoire, nom=noeud.nom,
        type_ecole=("maternelle" if rang == 0 else "élémentaire") if ecole else None,
        etat="secret" if secret else "valeur",
        visites=None if secret else sum(p.visites or 0 for p in serie),
        utilisateurs_moyens=choose(34.2 + rang), duree_moyenne_s=choose(290.0 - rang), effectif=187 - rang,
        derniere_semaine_active=None if secret else SEMAINES[-1],
        visites_semaines=tuple(None if secret else p.visites for p in serie[-6:]),
        etats_semaines=tuple("secret" if secret else p.etat for p in serie[-6:]),
        commune=PAULHAN.nom if ecole else "", ecoles_actives=TAILLES[noeud.niveau] - 2, ecoles_ouvertes=TAILLES[noeud.niveau],
    )  # fmt: skip


def make_carte(enfants: tuple[Enfant, ...]) -> Carte | None:
    """Children in a row: contours of départements, points of the others; one class each, but for who has no figure."""
    if len(enfants) < 2:
        return None
    connus = sorted({e.visites for e in enfants if e.visites is not None})
    carre = Contour((3.0, 4.0, 4.0, 3.0, 3.0, None), (43.0, 43.0, 44.0, 44.0, 43.0, None))
    lieux = tuple(
        Lieu(e.territoire, e.nom, e.visites, e.etat, None if e.visites is None else connus.index(e.visites),
             3.2 + rang / 5, 43.5, carre if e.niveau == "departement" else None)
        for rang, e in enumerate(enfants)
    )  # fmt: skip
    classes = tuple(Classe(v, v) for v in connus)
    return Carte(enfants[0].niveau, classes, lieux, carre, 1.38, 1, "IGN")


def _fiche(noeud: Noeud) -> FicheEcole:
    return FicheEcole(
        uai=noeud.territoire, nom=noeud.nom, type_ecole="élémentaire", secteur="public", commune=PAULHAN,
        circonscription=LODEVE, ouverte_le=date(2025, 9, 15), rattachement="annuaire",
        effectifs=(("eleve", 142), ("enseignant", 7), ("parent", 231)),
    )  # fmt: skip
