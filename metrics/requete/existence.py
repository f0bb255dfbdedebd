"""Whether the figure that a query names exists: by that period, cut, level and profil, and in one published table.

It must not look at sums. Each rule gives the French sentence of its refusal, or None.
"""

from typing import TYPE_CHECKING

from marking_plan import MarkingPlan
from marking_plan.records import Indicateur
from marking_plan.schema import load_tables
from metrics.requete.mots import enumerate_quoted, quote

if TYPE_CHECKING:
    from metrics.requete.requete import Requete

PERIMETRE = "perimetre"  # schools behind a figure: its indicators may go with those of any table
TOUS = "tous"  # the group of every profil: what a figure that knows no profil stands for
PUBLISHED = load_tables("publication.toml")


def table_of(indicateur: Indicateur, periode: str) -> str:
    """Published table that holds an indicator by a period."""
    by_period = f"{indicateur.table}_{periode}"
    return by_period if by_period in PUBLISHED else indicateur.table


def main_table(requete: "Requete", plan: MarkingPlan) -> str:
    """The one table that a query reads, besides the one that goes with any."""
    tables = {table_of(plan.indicateur(nom), requete.periode) for nom in requete.indicateurs}
    return min(tables - {PERIMETRE}, default=PERIMETRE)


def refuse_cut(requete: "Requete", plan: MarkingPlan) -> str | None:
    """A cut that the period does not have."""
    coupe = next(coupe for coupe in plan.coupes if coupe.code == requete.coupe)
    if requete.periode in coupe.periodes:
        return None
    there = enumerate_quoted([plan.libelle("periode", code) for code in coupe.periodes])
    return (
        f"La coupe {quote(coupe.libelle)} n’existe pas pour la période "
        f"{quote(plan.libelle('periode', requete.periode))}\u00a0: le plan la déclare pour {there} seulement. "
        f"Demandez une de ces périodes, ou la coupe {quote(plan.libelle('coupe', 'total'))}."
    )


def refuse_absent(requete: "Requete", plan: MarkingPlan) -> str | None:
    """An indicator that does not exist by the period, in the cut or at the level."""
    periode = quote(plan.libelle("periode", requete.periode))
    for indicateur in map(plan.indicateur, requete.indicateurs):
        coupes = plan.coupes_of(indicateur, requete.periode)
        if not coupes:
            there = enumerate_quoted([plan.libelle("periode", code) for code in indicateur.periodes])
            return _missing(indicateur, f"la période {periode}", f"la période {there}")
        if requete.coupe not in coupes:
            coupe = quote(plan.libelle("coupe", requete.coupe))
            return _missing(
                indicateur, f"la période {periode} et la coupe {coupe}", _instead(requete, plan, indicateur)
            )
        if indicateur.niveaux and requete.niveau not in indicateur.niveaux:
            there = enumerate_quoted([plan.libelle("niveau", code) for code in indicateur.niveaux])
            niveau = quote(plan.libelle("niveau", requete.niveau))
            return _missing(indicateur, f"le niveau {niveau}", f"le niveau {there}")
    return None


def _instead(requete: "Requete", plan: MarkingPlan, indicateur: Indicateur) -> str:
    """Cuts of the same period, or periods of the same cut."""
    coupes = plan.coupes_of(indicateur, requete.periode)
    periodes = [p for p in indicateur.periodes if requete.coupe in plan.coupes_of(indicateur, p)]
    same = f"la coupe {enumerate_quoted([plan.libelle('coupe', code) for code in coupes])}"
    return (
        f"{same}, ou la période {enumerate_quoted([plan.libelle('periode', p) for p in periodes])}"
        if periodes
        else same
    )


def _missing(indicateur: Indicateur, asked: str, instead: str) -> str:
    return f"Pour {asked}, le plan ne donne pas {indicateur.avec_article}. Demandez {instead}."


def refuse_unpublished(requete: "Requete", plan: MarkingPlan) -> str | None:
    """An indicator whose table the publication does not have yet."""
    for indicateur in map(plan.indicateur, requete.indicateurs):
        table = table_of(indicateur, requete.periode)
        if table not in PUBLISHED:
            return (
                f"Le plan déclare {indicateur.avec_article}, mais la publication n’en a pas encore la table "
                f"{quote(table)}. Demandez un autre indicateur."
            )
    return None


def refuse_mixed(requete: "Requete", plan: MarkingPlan) -> str | None:
    """Indicators of two tables, whose states may differ."""
    by_table = {table_of(i, requete.periode): i for i in map(plan.indicateur, requete.indicateurs)}
    by_table.pop(PERIMETRE, None)
    if len(by_table) < 2:
        return None
    (table, one), (other_table, other), *_ = by_table.items()
    return (
        f"Une requête lit une seule table, et vous demandez à la fois {one.avec_article} (table {quote(table)}) et "
        f"{other.avec_article} (table {quote(other_table)}). Faites deux requêtes."
    )


def refuse_profil(requete: "Requete", plan: MarkingPlan) -> str | None:
    """A profil of figures that know none."""
    if requete.profils == (TOUS,) or "profil" in PUBLISHED[main_table(requete, plan)].colonnes:
        return None
    asked = next(plan.libelle("profil", profil) for profil in requete.profils if profil != TOUS)
    indicateur = plan.indicateur(requete.indicateurs[0])
    return _missing(indicateur, f"le profil {quote(asked)}", f"le groupe {quote(plan.libelle('profil', TOUS))}")
