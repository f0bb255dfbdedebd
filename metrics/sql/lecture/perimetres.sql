-- Schools behind every period of every node, for what boards hold in memory: read once, when a publication is opened. Days are counted
-- from 1 January 1970. Grain: periode, niveau, territoire, jour, in the order of perimetres_places.sql.
select cast(debut - date '1970-01-01' as integer) as jour, cast(inscrites as integer) as inscrites,
    cast(ouvertes as integer) as ouvertes, cast(mesurees as integer) as mesurees, cast(actives as integer) as actives,
    cast(jours_attendus as integer) as jours_attendus, cast(jours_recus as integer) as jours_recus
from perimetre
order by periode, niveau, territoire, debut;
