-- Schools behind every period of every node, for what boards hold in memory: read once, when a publication is opened. `noeud` is the
-- rank of the node in noeuds.sql, `periode` that of its list; days are counted from 1 January 1970. In no order.
-- Grain: periode, noeud, jour. Parameter: $periodes.
with noeuds as (
    select niveau, territoire, cast(row_number() over (order by niveau, territoire) - 1 as integer) as noeud
    from perimetre
    group by niveau, territoire
)
select cast(list_position($periodes, p.periode) - 1 as tinyint) as periode, n.noeud,
    cast(p.debut - date '1970-01-01' as integer) as jour, cast(p.inscrites as integer) as inscrites,
    cast(p.ouvertes as integer) as ouvertes, cast(p.mesurees as integer) as mesurees, cast(p.actives as integer) as actives,
    cast(p.jours_attendus as integer) as jours_attendus, cast(p.jours_recus as integer) as jours_recus
from perimetre p
join noeuds n on n.niveau = p.niveau and n.territoire = p.territoire
where list_contains($periodes, p.periode);
