-- Published peaks of schools and communes, for what boards hold in memory: read once, when a publication is opened. `rang` is that of
-- the series in pics_places.sql; days are counted from 1 January 1970; -1 stands for no figure, states and half-days for their rank
-- in their list. In no order. Grain: rang, jour. Parameters: $etats, $demi_journees.
with suites as (
    select niveau, territoire, cast(row_number() over (order by niveau, territoire) - 1 as integer) as rang
    from pics
    group by niveau, territoire
)
select s.rang, cast(p.debut - date '1970-01-01' as integer) as jour, cast(list_position($etats, p.etat) - 1 as tinyint) as etat,
    cast(coalesce(p.pic_simultane, -1) as integer) as pic_simultane,
    cast(coalesce(list_position($demi_journees, p.demi_journee), 0) - 1 as tinyint) as demi_journee
from pics p
join suites s on s.niveau = p.niveau and s.territoire = p.territoire;
