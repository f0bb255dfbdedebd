"""Weigh what a policy hides, cell by cell, against the exact publication of the same lake (trust.md T10). It must not attack."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.attaque.lecture import FINE, GRAINS

COUPES = ("service", "heure", "appareil", "duree")
# Used cells of the nodes and profiles that have the cut, and whether the protected file shows them. Months and years have no users
# by cell: their visits weigh instead.
_CELLS = """
    select e.niveau, e.coupe, e.visites as visites, e.utilisateurs, p.etat is null or p.etat = 'secret' as cachee
    from exacte.frequentation_{grain} e
    join protection r on r.niveau = e.niveau and r.territoire = e.territoire and r.profil = e.profil
        and e.debut between cast(substr(r.annee_scolaire, 1, 4) || '-08-01' as date)
            and cast(substr(r.annee_scolaire, 6, 4) || '-07-31' as date)
        and case when e.coupe = '{fine}' then r.coupes_fines else r.{cuts} end
    left join frequentation_{grain} p on p.debut = e.debut and p.niveau = e.niveau and p.territoire = e.territoire
        and p.profil = e.profil and p.coupe = e.coupe and p.modalite = e.modalite
    where e.coupe <> 'total' and e.visites > 0
"""


@dataclass(frozen=True)
class Poids:
    """Cells that have visits, and the shares hidden: of cells, of visits, of users where cells have them; by level and cut."""

    cellules: int
    masquees: float
    visites: float
    utilisateurs: float | None
    par_niveau: dict[tuple[str, str], float]


def weigh(protege: Path, exacte: Path, grain: str) -> Poids:
    """What the table of this grain hides in the protected file, out of the exact one."""
    cells = _CELLS.format(grain=grain, fine=FINE, cuts=GRAINS[grain])
    with duckdb.connect(str(protege), read_only=True) as connection:
        connection.execute(f"attach '{exacte}' as exacte (read_only)")
        [(count, masked, visites, users)] = connection.execute(
            "select count(*), coalesce(avg(cast(cachee as integer)), 0), coalesce(sum(visites) filter (cachee) / sum(visites), 0), "  # noqa: S608
            f"coalesce(sum(utilisateurs) filter (cachee), 0) / sum(utilisateurs) from ({cells})"
        ).fetchall()
        levels = connection.execute(
            f"select niveau, coupe, avg(cast(cachee as integer)) from ({cells}) group by all order by all"  # noqa: S608
        ).fetchall()
    return Poids(
        count, masked, visites, users, {(niveau, coupe): share for niveau, coupe, share in levels if coupe in COUPES}
    )
