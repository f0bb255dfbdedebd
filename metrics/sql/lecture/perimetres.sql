-- Schools behind every period of every node, for what boards hold in memory: read once, when a publication is opened. `rang` is that
-- of the series in perimetres_places.sql; days are counted from 1 January 1970. In no order. Grain: rang, jour.
with suites as (
    select periode, niveau, territoire, cast(row_number() over (order by periode, niveau, territoire) - 1 as integer) as rang
    from perimetre
    group by periode, niveau, territoire
)
select s.rang, cast(p.debut - date '1970-01-01' as integer) as jour, cast(p.inscrites as integer) as inscrites,
    cast(p.ouvertes as integer) as ouvertes, cast(p.mesurees as integer) as mesurees, cast(p.actives as integer) as actives,
    cast(p.jours_attendus as integer) as jours_attendus, cast(p.jours_recus as integer) as jours_recus
from perimetre p
join suites s on s.periode = p.periode and s.niveau = p.niveau and s.territoire = p.territoire;
