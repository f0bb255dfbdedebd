"""The SQL of a query: identifiers come from the plan's closed lists, every value is a bound parameter.

It must not judge a query (regles.py does) or format figures. This is the only place that assembles SQL.

Cells. A profil that a node does not publish is `secret` there: the state of `tous` is always told. A modality without a row
is zero where its total is known, but `secret` where the cut is withheld whole (a row `toutes` says so), or has no row at
all though visits were counted: the node does not publish it.
Rates. One row a base in which the node has an effectif: `base` is a key of the result, so that two are never taken for one.
Sums. Cells `non_ouverte` add nothing. With one `secret` cell, else one `non_recu`, the sum has that state and no figure;
it is `presume` when nothing but presumed zeros was added.
"""

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from marking_plan import MarkingPlan, load_plan
from marking_plan.records import Indicateur
from marking_plan.semaines import annee_scolaire
from metrics import engine
from metrics.engine import Parameters, Row
from metrics.requete.existence import PERIMETRE, PUBLISHED, TOUS, main_table
from metrics.requete.requete import Requete

_PLACES = {
    "region": "code_region",
    "academie": "code_academie",
    "departement": "code_departement",
    "circonscription": "code_circonscription",
    "commune": "code_commune",
    "regroupement": "regroupement",
    "uai": "uai",
}  # columns of the table ecoles
_STRONGEST = ("secret", "non_recu", "valeur", "presume", "non_ouverte")  # a sum has the first state that a cell has
_KNOWN = "etat in ('valeur', 'presume')"


class Compilee(NamedTuple):
    """A query ready to run: its text, its parameters, and what its columns are called."""

    sql: str
    parametres: Parameters
    colonnes: tuple[str, ...]


class _Etape(NamedTuple):
    """A named step of the query."""

    nom: str
    texte: str


def read_requete(connection: duckdb.DuckDBPyConnection, requete: Requete) -> list[Row]:
    """Rows of a query on an open publication, in the order of their keys."""
    compilee = compile_requete(requete, load_plan())
    return engine.fetch_text(connection, compilee.sql, compilee.parametres)


def compile_requete(requete: Requete, plan: MarkingPlan) -> Compilee:
    """Text, parameters and columns: the keys that are not put together, `etat`, then the indicators as asked."""
    table = main_table(requete, plan)
    indicateurs = [plan.indicateur(nom) for nom in requete.indicateurs]
    bound: Parameters = {"niveau": requete.niveau, "du": requete.du, "au": requete.au}
    steps = _read_counts(requete, table, bound) if _counts(table) else [_read_other(requete, table, bound)]
    if requete.coupe != "total":
        steps += _read_cut(requete, table, bound, plan)
    schools = [i.nom for i in indicateurs if i.table == PERIMETRE != table]
    if schools:
        bound["periode"] = requete.periode
        steps.append(_join_schools(steps[-1].nom, schools))
    keys = _keys(requete, table)
    figures = [f"{i.expression_publiee or i.nom} as {i.nom}" for i in indicateurs]
    if requete.agreger:
        steps.append(_put_together(steps[-1].nom, keys, indicateurs))
        figures = [
            i.nom if i.table == PERIMETRE else f"case when {_KNOWN} then {i.nom} end as {i.nom}" for i in indicateurs
        ]
    listed = ",\n".join(f"{step.nom} as (\n{step.texte}\n)" for step in steps)
    order = f"\norder by {', '.join(keys)}" if keys else ""
    sql = f"with {listed}\nselect {', '.join([*keys, 'etat', *figures])}\nfrom {steps[-1].nom}{order}"
    return Compilee(sql, bound, (*keys, "etat", *requete.indicateurs))


def _counts(table: str) -> bool:
    """Whether a table has cuts and a spine of totals."""
    return "coupe" in PUBLISHED[table].colonnes


def _measures(table: str) -> list[str]:
    return [name for name, colonne in PUBLISHED[table].colonnes.items() if colonne.indicateur]


def _keys(requete: Requete, table: str) -> list[str]:
    """Columns that tell the rows of the result apart."""
    keys = {"periode": "debut", "territoire": "territoire"}
    keys |= {column: column for column in ("profil", "base") if column in PUBLISHED[table].colonnes}
    if requete.coupe != "total":
        keys[requete.coupe] = "modalite"
    return [column for dimension, column in keys.items() if dimension not in requete.agreger]


def _bind(bound: Parameters, name: str, values: Sequence[str]) -> list[str]:
    """Parameters of a list, one a value, as the text names them."""
    bound.update({f"{name}_{rang}": value for rang, value in enumerate(values)})
    return [f"${name}_{rang}" for rang in range(len(values))]


def _asked(requete: Requete, bound: Parameters) -> str:
    """Condition on places and span, common to every table."""
    if isinstance(requete.territoires, tuple):
        places = ", ".join(_bind(bound, "territoire", requete.territoires))
    else:
        bound |= {"parent": requete.territoires.territoire, "annee": annee_scolaire(requete.au)}
        column, parent = _PLACES[requete.niveau], _PLACES[requete.territoires.niveau]
        places = f"select {column} from ecoles where annee_scolaire = $annee and {parent} = $parent"
    return f"niveau = $niveau and territoire in ({places}) and debut between $du and $au"


def _values(bound: Parameters, name: str, values: Sequence[str]) -> _Etape:
    """A relation of one column that holds a list."""
    rows = [f"    select cast({parameter} as varchar) as {name}" for parameter in _bind(bound, name, values)]
    return _Etape(f"{name}s", " union all\n".join(rows))


def _read_other(requete: Requete, table: str, bound: Parameters) -> _Etape:
    """Cells of a table without cuts: as they stand, for none of them is a sum's part."""
    columns = PUBLISHED[table].colonnes
    conditions = [_asked(requete, bound)]
    if "periode" in columns:
        bound["periode"] = requete.periode
        conditions.append("periode = $periode")
    if "profil" in columns:
        conditions.append(f"profil in ({', '.join(_bind(bound, 'profil', requete.profils))})")
    etat = "" if "etat" in columns else ", 'valeur' as etat"
    return _Etape("totaux", f"    select *{etat} from {table} where {' and '.join(conditions)}")


def _read_counts(requete: Requete, table: str, bound: Parameters) -> list[_Etape]:
    """Total cells of every asked node, period and profil: those of `tous` tell which there are."""
    profils = _values(bound, "profil", requete.profils)
    measures = _measures(table)
    lues = f"""    select debut, territoire, profil, {", ".join(measures)}, etat from {table}
    where {_asked(requete, bound)} and coupe = 'total'
        and (profil = '{TOUS}' or profil in (select profil from profils))"""
    totaux = f"""    select s.debut, s.territoire, p.profil, {", ".join(f"t.{name}" for name in measures)},
        coalesce(t.etat, case when s.{_KNOWN} then 'secret' else s.etat end) as etat
    from lues s
    cross join profils p
    left join lues t on t.debut = s.debut and t.territoire = s.territoire and t.profil = p.profil
    where s.profil = '{TOUS}'"""
    return [profils, _Etape("lues", lues), _Etape("totaux", totaux)]


def _read_cut(requete: Requete, table: str, bound: Parameters, plan: MarkingPlan) -> list[_Etape]:
    """Cells of a cut, those without a row included."""
    bound["coupe"] = requete.coupe
    modalites = _values(bound, "modalite", requete.modalites or plan.modalites(requete.coupe))
    measures = _measures(table)
    lignes = f"""    select debut, territoire, profil, modalite, {", ".join(measures)}, etat from {table}
    where {_asked(requete, bound)} and coupe = $coupe and profil in (select profil from profils)"""
    coupes = """    select debut, territoire, profil, max(case when modalite = 'toutes' then 1 else 0 end) as retenue
    from lignes
    group by debut, territoire, profil"""
    etats = f"""    select t.debut, t.territoire, t.profil, m.modalite, {", ".join(f"l.{name}" for name in measures)},
        case
            when l.etat is not null then l.etat
            when t.{_KNOWN} and (c.retenue = 1 or (c.retenue is null and t.visites > 0)) then 'secret'
            else t.etat
        end as etat
    from totaux t
    cross join modalites m
    left join coupes c on c.debut = t.debut and c.territoire = t.territoire and c.profil = t.profil
    left join lignes l
        on l.debut = t.debut and l.territoire = t.territoire and l.profil = t.profil and l.modalite = m.modalite"""
    filled = ", ".join(f"coalesce({name}, case when {_KNOWN} then 0 end) as {name}" for name in measures)
    return [
        modalites,
        _Etape("lignes", lignes),
        _Etape("coupes", coupes),
        _Etape("etats", etats),
        _Etape("cellules", f"    select debut, territoire, profil, modalite, etat, {filled} from etats"),
    ]


def _join_schools(cells: str, schools: list[str]) -> _Etape:
    """Cells with the numbers of schools behind them, whatever the profil."""
    columns = ", ".join(f"coalesce(e.{nom}, 0) as {nom}" for nom in schools)
    return _Etape(
        "accompagnees",
        f"""    select c.*, {columns}
    from {cells} c
    left join {PERIMETRE} e
        on e.periode = $periode and e.debut = c.debut and e.niveau = $niveau and e.territoire = c.territoire""",
    )


def _put_together(cells: str, keys: list[str], indicateurs: list[Indicateur]) -> _Etape:
    """Sums by what is left of the keys, with the strongest state of their cells; no cell, no row."""
    ranks = " ".join(f"when '{etat}' then {rank}" for rank, etat in enumerate(_STRONGEST))
    names = " ".join(f"when {rank} then '{etat}'" for rank, etat in enumerate(_STRONGEST))
    figures = [f"{i.expression_agregee} as {i.nom}" for i in indicateurs]
    columns = ", ".join([*keys, f"case min(case etat {ranks} end) {names} end as etat", *figures])
    group = f"\n    group by {', '.join(keys)}" if keys else ""
    return _Etape("reunies", f"    select {columns}\n    from {cells}{group}\n    having count(*) > 0")
