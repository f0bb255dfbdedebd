-- Published peaks of schools and communes, for what boards hold in memory: read once, when a publication is opened. `noeud` is the
-- rank of the node in noeuds.sql, states and half-days that of their list; days are counted from 1 January 1970; -1 stands for no
-- figure. In no order. Grain: noeud, jour. Parameters: $etats, $demi_journees.
with noeuds as (
    select niveau, territoire, cast(row_number() over (order by niveau, territoire) - 1 as integer) as noeud
    from perimetre
    group by niveau, territoire
)
select n.noeud, cast(p.debut - date '1970-01-01' as integer) as jour, cast(list_position($etats, p.etat) - 1 as tinyint) as etat,
    cast(coalesce(p.pic_simultane, -1) as integer) as pic_simultane,
    cast(coalesce(list_position($demi_journees, p.demi_journee), 0) - 1 as tinyint) as demi_journee
from pics p
join noeuds n on n.niveau = p.niveau and n.territoire = p.territoire;
