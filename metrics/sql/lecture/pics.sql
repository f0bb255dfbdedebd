-- Published peaks of schools and communes, for what boards hold in memory: read once, when a publication is opened. Days are counted from
-- 1 January 1970; -1 stands for no figure, states and half-days for their rank in their list. Grain: niveau, territoire, jour, in the
-- order of pics_places.sql. Parameters: $etats, $demi_journees.
select cast(debut - date '1970-01-01' as integer) as jour, cast(list_position($etats, etat) - 1 as tinyint) as etat,
    cast(coalesce(pic_simultane, -1) as integer) as pic_simultane,
    cast(coalesce(list_position($demi_journees, demi_journee), 0) - 1 as tinyint) as demi_journee
from pics
order by niveau, territoire, debut;
