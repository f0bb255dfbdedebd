"""Sums that hold between cuts of time, as anybody can work them out from a published file: hours and moments are made of
weekday-hours.

It must not solve anything: bench.attaque does.
"""

from collections.abc import Iterator

import duckdb

from marking_plan import MarkingPlan

Noeud = tuple[str, str]
Modalite = tuple[str, str]  # coupe, modalite

# Nodes where every visit has a known moment and no school has class on a Saturday: there, moments are made of whole weekday-hours.
# Weeks of class are open data; the days on which schools were expected say the same.
_NIVEAUX = {
    "region": "code_region",
    "academie": "code_academie",
    "departement": "code_departement",
    "circonscription": "code_circonscription",
    "commune": "code_commune",
    "regroupement": "regroupement",
    "uai": "uai",
}


def read_irregular(connection: duckdb.DuckDBPyConnection) -> frozenset[Noeud]:
    """Nodes with a school that has class on a Saturday, or whose week is not known."""
    found: set[Noeud] = set()
    for niveau, column in _NIVEAUX.items():
        rows = connection.execute(f"""
            select distinct e.{column} from completude c join ecoles e on e.uai = c.uai
            where c.attendu and isodow(c.jour) = 6 and e.{column} is not null
            union
            select territoire from frequentation_mois
            where niveau = '{niveau}' and coupe = 'moment' and modalite in ('non_renseigne', 'toutes')
        """).fetchall()  # noqa: S608 - names of ours
        found |= {(niveau, territoire) for (territoire,) in rows}
    return frozenset(found)


def list_sums(plan: MarkingPlan, *, regular: bool) -> Iterator[tuple[Modalite, list[Modalite]]]:
    """A modality and those that have the same visits together; `regular`: in a node where moments are made of whole hours.

    What is left, in class and outside by day, is the total less these.
    """
    for heure in plan.modalites("heure"):
        yield ("heure", heure), [("creneau", f"{jour}-{heure}") for jour in range(1, 8)]
    if not regular:
        return
    [soiree] = plan.soirees
    soir = {f"{h:02}" for h in range(24) if h >= soiree.debut.hour or h < soiree.fin.hour}
    creneaux = plan.modalites("creneau")
    yield ("moment", "week_end"), [("creneau", code) for code in creneaux if code[0] in "67"]
    yield ("moment", "soir"), [("creneau", code) for code in creneaux if code[0] in "12345" and code[2:] in soir]
