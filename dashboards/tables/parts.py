"""The tables of cuts: profiles, services, families, durations, devices.

They must not hold anything that isn't in the Tableau.
"""

from itertools import groupby

from dashboards import formats
from dashboards.phrases.noms import libelle_modalite
from dashboards.tables.base import PAR_SEMAINE, Colonne, Ligne, Table, Valeur, mesure
from marking_plan import MarkingPlan
from metrics.tableau import MOIS, SEMAINE, Coupe, Part, PartService, Tableau

RESTE = "Non détaillé"
KINDS = {"duree": "tranche"}  # what the plan calls the modalities of a cut that has another name


def _users(tableau: Tableau, kind: str, plan: MarkingPlan) -> tuple[Colonne, ...]:
    """Users of a cut: a weekly mean, or those of the month or year, which only profiles have."""
    if tableau.vue.periode == SEMAINE:
        return (mesure(plan, "utilisateurs", suite=PAR_SEMAINE),)
    suite = " du mois" if tableau.vue.periode == MOIS else " de l’année"
    return (mesure(plan, "utilisateurs", suite=suite),) if kind == "profil" else ()


def _parts(code: str, titre: str, nom: str, parts: tuple[Part, ...], tableau: Tableau, plan: MarkingPlan) -> Table:
    kind = KINDS.get(nom, nom)
    users = _users(tableau, kind, plan)
    lignes = [
        Ligne(
            (
                libelle_modalite(kind, p.code, plan),
                p.part,
                p.visites,
                *([p.utilisateurs_moyens] if users else []),
                p.duree_moyenne_s,
            )
        )
        for p in parts
    ]
    coupe = tableau.coupes.get(nom, Coupe())
    if lignes and coupe.reste:
        rien: tuple[Valeur, ...] = (None,) * (1 + len(users))
        lignes.append(Ligne((RESTE, coupe.part_reste, coupe.reste, *rien), "reste"))
    colonnes = (
        Colonne(_titre_modalite(kind)),
        Colonne("Part des visites", "part"),
        mesure(plan, "visites"),
        *users,
        mesure(plan, "duree_moyenne_s", "duree"),
    )
    return Table(code, titre, colonnes, tuple(lignes))


def _titre_modalite(kind: str) -> str:
    """Heading of the column that names the modalities of a cut."""
    return {"tranche": "Durée de la visite", "systeme": "Système"}.get(kind, formats.majuscule(kind))


def profils(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by profil."""
    return _parts("profils", "Visites par profil", "profil", tableau.profils, tableau, plan)


def appareils(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by device."""
    return _parts("appareils", "Visites par appareil", "appareil", tableau.appareils, tableau, plan)


def systemes(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by operating system."""
    return _parts("systemes", "Visites par système", "systeme", tableau.systemes, tableau, plan)


def navigateurs(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by browser."""
    return _parts("navigateurs", "Visites par navigateur", "navigateur", tableau.navigateurs, tableau, plan)


def moments(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits in class, outside it by day, in the evening, at the week-end."""
    return _parts("moments", "Visites par moment", "moment", tableau.moments, tableau, plan)


def durees(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by duration band."""
    return _parts("durees", "Visites par durée", "duree", tableau.durees, tableau, plan)


def familles(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by family of services, as published."""
    return _parts("familles", "Visites par famille de services", "famille", tableau.familles, tableau, plan)


def _colonnes_services(tableau: Tableau, plan: MarkingPlan) -> tuple[Colonne, ...]:
    return (
        Colonne("Service"),
        Colonne("Part des visites", "part"),
        mesure(plan, "visites"),
        *_users(tableau, "service", plan),
    )


def services(tableau: Tableau, plan: MarkingPlan) -> Table:
    """Visits by service, all families one after the other."""
    colonnes = (Colonne("Famille"), *_colonnes_services(tableau, plan))
    lignes = tuple(
        Ligne((plan.libelle("famille", s.famille), *_cellules_service(s, tableau, plan)))
        for s in _services_vus(tableau, plan)
    )
    return Table("services", "Visites par service", colonnes, lignes)


def services_familles(tableau: Tableau, plan: MarkingPlan) -> tuple[Table, ...]:
    """The rows of `services`, in one table a family that has some."""
    colonnes = _colonnes_services(tableau, plan)
    return tuple(
        Table(
            "services",
            plan.libelle("famille", famille),
            colonnes,
            tuple(Ligne(_cellules_service(s, tableau, plan)) for s in vus),
        )
        for famille, vus in groupby(_services_vus(tableau, plan), key=lambda s: s.famille)
    )


def _services_vus(tableau: Tableau, plan: MarkingPlan) -> list[PartService]:
    """By family, most seen first; a service of the plan without row is zero, unless it is masked or nothing at all is published."""
    if not tableau.services:
        return []
    vus = {s.code: s for s in tableau.services if s.visites}
    secrets = tableau.coupes.get("service", Coupe()).secrets
    rangs = {f.code: rang for rang, f in enumerate(plan.familles)}
    retenus = [
        vus.get(s.code) or PartService(s.code, s.famille, 0, 0.0, 0.0)
        for s in plan.services
        if s.code in vus or (s.degre != "second" and s.code not in secrets)
    ]
    return sorted(retenus, key=lambda s: (rangs[s.famille], -s.visites))


def _cellules_service(service: PartService, tableau: Tableau, plan: MarkingPlan) -> tuple[Valeur, ...]:
    users = (service.utilisateurs_moyens,) if _users(tableau, "service", plan) else ()
    return (plan.libelle("service", service.code), service.part, service.visites, *users)


def services_absents(tableau: Tableau, plan: MarkingPlan) -> tuple[str, ...]:
    """Names of the second-degree services with no visit at all: a masked one has some."""
    vus = {s.code for s in tableau.services if s.visites} | set(tableau.coupes.get("service", Coupe()).secrets)
    return tuple(s.libelle for s in plan.services if s.degre == "second" and s.code not in vus)
