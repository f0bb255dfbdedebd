"""The tables of cuts: profiles, services, durations, devices.

They must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.sentences import libelle_modalite
from dashboards.tables.base import PAR_SEMAINE, Colonne, Ligne, Table, Valeur, mesure
from marking_plan import MarkingPlan
from metrics.tableau import Part, PartService, Tableau


def _colonnes_parts(plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        Colonne("Part des visites", "part"),
        mesure(plan, "visites"),
        mesure(plan, "utilisateurs", suite=PAR_SEMAINE),
        mesure(plan, "duree_moyenne_s", "duree"),
    )


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
