"""The tables of the page « Protection »: what is masked, how nodes are grouped, what is kept.

They must not hold anything that isn't in the Protection.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboards import formats
from dashboards.tables.base import Colonne, Ligne, Table
from marking_plan import MarkingPlan
from metrics.tableau.protection import PeriodeOuverte, Perte, Protection

FORMES = {
    "detail": "chaque profil à part",
    "groupes": "élèves, parents, personnels",
    "familles": "élèves, parents",
    "adultes": "élèves, adultes",
    "tous": "tous ensemble seulement",
    "partiel": "une partie des groupes",
    "rien": "rien",
}
_PAR = {
    "seal": "scellement",
    "purge": "purge",
    "ingest": "ingestion",
    "publish": "publication",
    "aucune": formats.ABSENT,
}
_GENRES = {"semaine": "Semaine", "mois": "Mois", "annee": "Année scolaire"}


def masques(protection: Protection, plan: MarkingPlan) -> Table:
    """Share of masked cells: one row a level, one column a period, totals then details."""
    return _croise(protection, plan, "masques", "Part des cases masquées", lambda p: p.part_cases)


def visites_masquees(protection: Protection, plan: MarkingPlan) -> Table:
    """Share of visits that a level doesn't show, in the same shape."""
    return _croise(protection, plan, "visites_masquees", "Part des visites sans chiffre", lambda p: p.part_visites)


def _croise(
    protection: Protection, plan: MarkingPlan, code: str, titre: str, choose: Callable[[Perte], float | None]
) -> Table:
    pertes = {(p.niveau, p.periode, p.detail): choose(p) for p in protection.pertes}
    periodes = [(p.code, d) for d in (False, True) for p in plan.periodes if any((p.code, d) == k[1:] for k in pertes)]
    niveaux = [n.code for n in plan.niveaux if any(n.code == k[0] for k in pertes)]
    lignes = tuple(
        Ligne((formats.majuscule(plan.libelle("niveau", n)), *(pertes.get((n, p, d)) for p, d in periodes)))
        for n in niveaux
    )
    colonnes = tuple(
        Colonne(f"{'Détails' if detail else 'Totaux'} par {plan.libelle('periode', periode)}", "taux")
        for periode, detail in periodes
    )
    return Table(code, f"{titre}, {protection.annee}", (Colonne("Niveau"), *colonnes), lignes)


def cases(protection: Protection, plan: MarkingPlan) -> Table:
    """The counts behind both: one row a level and period, totals first, then details."""
    lignes = tuple(
        Ligne(
            (
                formats.majuscule(plan.libelle("niveau", p.niveau)),
                formats.majuscule(plan.libelle("periode", p.periode)),
                "détail (services, appareils, heures…)" if p.detail else "totaux",
                p.cases,
                p.secretes,
            )
        )
        for p in protection.pertes
    )
    colonnes = (
        Colonne("Niveau"),
        Colonne("Période"),
        Colonne("Chiffres"),
        Colonne("Cases", "nombre", aide="Cases publiées, sans les zéros."),
        Colonne("Cases masquées", "nombre"),
    )
    return Table("cases", f"Nombre de cases et de cases masquées, {protection.annee}", colonnes, lignes)


def regroupements(protection: Protection, plan: MarkingPlan) -> Table:
    """One row a level and way of grouping profiles."""
    rangs = {n.code: rang for rang, n in enumerate(plan.niveaux)}
    formes = list(FORMES)
    tries = sorted(protection.regroupements, key=lambda r: (rangs.get(r.niveau, 0), formes.index(r.forme)))
    lignes = tuple(
        Ligne((formats.majuscule(plan.libelle("niveau", r.niveau)), FORMES[r.forme], r.noeuds)) for r in tries
    )
    colonnes = (Colonne("Niveau"), Colonne("Profils publiés à part"), Colonne("Territoires", "nombre"))
    return Table("regroupements", f"Profils que les territoires publient, {protection.annee}", colonnes, lignes)


def periodes_ouvertes(protection: Protection, plan: MarkingPlan) -> Table:
    """One row a period whose key lives."""
    del plan
    lignes = tuple(Ligne((_GENRES[p.kind], p.debut, p.fin, _situation(p))) for p in protection.ouvertes)
    colonnes = (Colonne("Période"), Colonne("Du", "jour"), Colonne("Au", "jour"), Colonne("Situation"))
    return Table("periodes_ouvertes", "Périodes ouvertes, dont la clé existe", colonnes, lignes)


def _situation(periode: PeriodeOuverte) -> str:
    if periode.en_scellement:
        return "en cours de scellement"
    return "à sceller" if periode.echue else "ouverte"


def conservation(protection: Protection, plan: MarkingPlan) -> Table:
    """One row a store."""
    del plan
    lignes = tuple(
        Ligne(
            (
                formats.espaces(m.libelle),
                formats.espaces(f"{m.regle}, à compter {m.compte}"),
                m.pieces,
                m.plus_ancienne,
                m.echeance,
                "en retard" if m.en_retard else "conforme" if m.echeance else "",
                _PAR[m.par],
                formats.espaces(m.source),
            )
        )
        for m in protection.magasins
    )
    colonnes = (
        Colonne("Ce qui est gardé"),
        Colonne("Règle"),
        Colonne("Éléments", "nombre"),
        Colonne("Plus ancienne donnée", "jour"),
        Colonne("À retirer le", "jour"),
        Colonne("Situation"),
        Colonne("Retiré par"),
        Colonne("Source de la règle"),
    )
    depuis = formats.jour(protection.regles_depuis)
    titre = f"Conservation (règles version {protection.regles_version}, depuis le {depuis})"
    return Table("conservation", titre, colonnes, lignes)


def reserves(protection: Protection, plan: MarkingPlan) -> Table:
    """One row a period, those without such a cell too."""
    del plan
    lignes = tuple(Ligne((_GENRES[r.periode], r.debut, r.cases)) for r in protection.reserves)
    colonnes = (
        Colonne("Période"),
        Colonne("Premier jour", "jour"),
        Colonne(
            "Cases qui se déduisent encore",
            "nombre",
            aide="Cases secrètes de moins de k personnes pour lesquelles aucun masque n’a été trouvé, jours compris dans leur semaine.",
        ),
    )
    return Table("reserves", f"Cases secrètes qui se déduisent encore, {protection.annee}", colonnes, lignes)


def essais(protection: Protection, plan: MarkingPlan) -> Table:
    """One row an attack on a simulated region."""
    del plan
    lignes = tuple(Ligne((e.politique, e.taille, e.retrouvees)) for e in protection.essais)
    colonnes = (Colonne("Politique"), Colonne("Région simulée"), Colonne("Cases retrouvées", "nombre"))
    return Table("essais", "Essais d’attaque des masques", colonnes, lignes)


TABLES_PROTECTION: Mapping[str, Callable[[Protection, MarkingPlan], Table]] = MappingProxyType(
    {
        f.__name__: f
        for f in (masques, visites_masquees, cases, regroupements, periodes_ouvertes, conservation, reserves, essais)
    }
)
