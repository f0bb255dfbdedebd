"""The tables of a board: one per block, read alike by the page and by the CSV file, so that both hold the same numbers.

They must not be drawn here, nor hold anything that isn't in the Tableau.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from dashboards import formats
from dashboards.sentences import libelle_modalite
from marking_plan import MarkingPlan
from metrics.tableau import Enfant, Part, PartService, Point, Tableau

Valeur = str | int | float | date | None
Genre = Literal["texte", "nombre", "part", "duree", "jour", "etat"]


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column's heading and the kind of its values; `tri` is the key children may be ordered by, `aide` a definition."""

    titre: str
    genre: Genre = "texte"
    tri: str = ""
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row. When `etat` isn't valeur, its missing numbers show that state instead of a blank."""

    cellules: tuple[Valeur, ...]
    etat: str = "valeur"


@dataclass(frozen=True, slots=True)
class Table:
    """A block's table: `code` names the CSV file, `titre` is the caption."""

    code: str
    titre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[Ligne, ...]


def _mesure(plan: MarkingPlan, nom: str, genre: Genre = "nombre", suite: str = "", tri: str = "") -> Colonne:
    """Column of an indicator, with the plan's label and definition; `suite` says what a board makes of it."""
    indicateur = plan.indicateur(nom)
    return Colonne(f"{indicateur.libelle}{suite}", genre, tri, indicateur.definition)


PAR_SEMAINE = " par semaine (moyenne)"


def _colonnes_parts(plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        Colonne("Part des visites", "part"),
        _mesure(plan, "visites"),
        _mesure(plan, "utilisateurs", suite=PAR_SEMAINE),
        _mesure(plan, "duree_moyenne_s", "duree"),
    )


def _colonnes_serie(plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        Colonne("Semaine du", "jour"),
        _mesure(plan, "visites"),
        _mesure(plan, "utilisateurs"),
        _mesure(plan, "duree_moyenne_s", "duree"),
        _mesure(plan, "duree_mediane_s", "duree"),
        Colonne("Jours d’école", "nombre"),
        *(_mesure(plan, nom) for nom in ("ouvertes", "mesurees", "actives")),
        Colonne("État", "etat"),
        Colonne("Remarques"),
    )


def display(valeur: Valeur, genre: Genre) -> str:
    """A cell as it is read on the page."""
    if valeur is None or isinstance(valeur, str):
        return valeur or formats.ABSENT
    if isinstance(valeur, date):
        return formats.jour_court(valeur)
    return {"part": formats.pourcentage, "duree": formats.duree}.get(genre, formats.nombre)(valeur)


def serie(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a week, absent figures with their state."""
    lignes = tuple(_ligne_serie(point, plan) for point in tableau.serie)
    return Table("serie", "Fréquentation semaine par semaine", _colonnes_serie(plan), lignes)


def _ligne_serie(point: Point, plan: MarkingPlan) -> Ligne:
    remarques = [
        mot
        for mot, vrai in (
            ("vacances", point.vacances),
            ("semaine incomplète", point.incomplete),
            ("chiffres provisoires", point.provisoire),
        )
        if vrai
    ]
    cellules = (
        point.debut, point.visites, point.utilisateurs, point.duree_moyenne_s, point.duree_mediane_s,
        point.jours_ecole, point.ouvertes, point.mesurees, point.actives,
        plan.libelle("etat", point.etat), ", ".join(remarques),
    )  # fmt: skip
    return Ligne(cellules, point.etat)


def _parts(code: str, titre: str, kind: str, parts: tuple[Part, ...], plan: MarkingPlan) -> Table:
    lignes = tuple(
        Ligne(
            (
                libelle_modalite(kind, p.code, plan),
                p.part,
                p.visites,
                p.utilisateurs_moyens,
                p.duree_moyenne_s,
            )
        )
        for p in parts
    )
    return Table(code, titre, (Colonne(titre_modalite(kind)), *_colonnes_parts(plan)), lignes)


def titre_modalite(kind: str) -> str:
    """Heading of the column that names the modalities of a cut."""
    return {"tranche": "Durée de la visite", "systeme": "Système"}.get(kind, formats.majuscule(kind))


def profils(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by profil."""
    return _parts("profils", "Visites par profil", "profil", tableau.profils, plan)


def appareils(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by device."""
    return _parts("appareils", "Visites par appareil", "appareil", tableau.appareils, plan)


def systemes(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by operating system."""
    return _parts("systemes", "Visites par système", "systeme", tableau.systemes, plan)


def navigateurs(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by browser."""
    return _parts("navigateurs", "Visites par navigateur", "navigateur", tableau.navigateurs, plan)


def durees(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by duration band."""
    return _parts("durees", "Visites par durée", "tranche", tableau.durees, plan)


def _colonnes_services(plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (Colonne("Service"), *_colonnes_parts(plan)[:3])


def services(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by service, all families one after the other."""
    colonnes = (Colonne("Famille"), *_colonnes_services(plan))
    lignes = tuple(
        Ligne((plan.libelle("famille", s.famille), *_cellules_service(s, plan))) for s in _services_vus(tableau, plan)
    )
    return Table("services", "Visites par service", colonnes, lignes)


def services_famille(tableau: Tableau, plan: MarkingPlan, famille: str) -> Table:
    """The rows of `services` that belong to one family."""
    lignes = tuple(Ligne(_cellules_service(s, plan)) for s in _services_vus(tableau, plan) if s.famille == famille)
    return Table("services", plan.libelle("famille", famille), _colonnes_services(plan), lignes)


def _services_vus(tableau: Tableau, plan: MarkingPlan) -> list[PartService]:
    """Most seen first; a service of the plan without row is zero, unless nothing at all is published."""
    if not tableau.services:
        return []
    vus = {s.code: s for s in tableau.services if s.visites}
    rangs = {f.code: rang for rang, f in enumerate(plan.familles)}
    retenus = [
        vus.get(s.code) or PartService(s.code, s.famille, 0, 0.0, 0.0)
        for s in plan.services
        if s.code in vus or s.degre != "second"
    ]
    return sorted(retenus, key=lambda s: (rangs[s.famille], -s.visites))


def _cellules_service(service: PartService, plan: MarkingPlan) -> tuple[Valeur, ...]:
    return (plan.libelle("service", service.code), service.part, service.visites, service.utilisateurs_moyens)


def services_absents(tableau: Tableau, plan: MarkingPlan) -> tuple[str, ...]:
    """Names of the second-degree services with no visit at all."""
    vus = {s.code for s in tableau.services if s.visites}
    return tuple(s.libelle for s in plan.services if s.degre == "second" and s.code not in vus)


def creneaux(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row an hour, one column a weekday: reads well on a narrow screen."""
    del plan
    visites = {(c.jour, c.heure): c.visites for c in tableau.creneaux}
    colonnes = (Colonne("Heure de début"), *(Colonne(formats.majuscule(j), "nombre") for j in formats.JOURS))
    lignes = tuple(
        Ligne((formats.heure(heure), *(visites.get((jour, heure), 0) for jour in range(1, 8))))
        for heure in range(24)
        if visites
    )
    return Table("creneaux", "Visites par jour et par heure de début", colonnes, lignes)


def enfants(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row a child territory, in the order of `tableau.enfants`."""
    niveau = tableau.enfants[0].niveau if tableau.enfants else "uai"
    ecoles = niveau == "uai"
    pluriel = {n.code: n.libelle_pluriel for n in plan.niveaux}[niveau]
    lignes = tuple(_ligne_enfant(enfant, ecoles, plan) for enfant in tableau.enfants)
    nom = Colonne(formats.majuscule(plan.libelle("niveau", niveau)), tri="nom")
    mesures = (
        _mesure(plan, "visites", tri="visites"),
        _mesure(plan, "utilisateurs", suite=PAR_SEMAINE, tri="utilisateurs"),
        _mesure(plan, "duree_moyenne_s", "duree", tri="duree"),
    )
    fin = COLONNES_ECOLES if ecoles else _colonnes_territoires(plan)
    return Table("enfants", formats.majuscule(pluriel), (Colonne("Code"), nom, *mesures, *fin), lignes)


COLONNES_ECOLES = (
    Colonne("Effectif", "nombre", "effectif"),
    Colonne("Dernière semaine active", "jour", "derniere"),
    Colonne("Type"),
    Colonne("État", "etat"),
)


def _colonnes_territoires(plan: MarkingPlan) -> tuple[Colonne, ...]:
    schools = tuple(_mesure(plan, nom, tri=nom) for nom in ("actives", "ouvertes"))
    return (*schools, Colonne("État", "etat"))


def _ligne_enfant(enfant: Enfant, ecole: bool, plan: MarkingPlan) -> Ligne:
    fin: tuple[Valeur, ...] = (enfant.ecoles_actives, enfant.ecoles_ouvertes)
    if ecole:
        fin = (enfant.effectif, enfant.derniere_semaine_active, plan.libelle("type_ecole", enfant.type_ecole or ""))
    mesures = (enfant.visites, enfant.utilisateurs_moyens, enfant.duree_moyenne_s)
    cellules = (enfant.territoire, enfant.nom, *mesures, *fin, plan.libelle("etat", enfant.etat))
    return Ligne(cellules, enfant.etat)


TABLES: Mapping[str, Callable[[Tableau, MarkingPlan], Table]] = MappingProxyType(
    {f.__name__: f for f in (serie, profils, services, creneaux, durees, appareils, systemes, navigateurs, enfants)}
)
