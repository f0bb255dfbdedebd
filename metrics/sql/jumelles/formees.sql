-- The table that metrics/visites.py makes, for engines without NumPy (design 14): visits by the national 30-minute rule (design 3).
-- Grain: one visit. Parameter: $ecart_ms (gap that opens a new visit). Needs gardes, the rows of cubes/gardes.sql.
create or replace temp table formees as
with ecarts as (
    select acteur, instant_ms, quoi, instant_ms - lag(instant_ms) over (
        partition by acteur order by instant_ms, quoi
    ) as ecart_ms
    from gardes
),
numeros as (
    select *, count(case when ecart_ms is null or ecart_ms >= $ecart_ms then 1 end) over (
        partition by acteur order by instant_ms, quoi rows between unbounded preceding and current row
    ) as numero
    from ecarts
)
select acteur, min(instant_ms) as debut_ms, (max(instant_ms) - min(instant_ms)) // 1000 as duree_s,
    max(case when ecart_ms is null or ecart_ms >= $ecart_ms then quoi end) as quoi,
    bit_or(1 << (quoi // 1048576)) as services, bit_or(1 << (quoi % 32)) as types
from numeros
group by acteur, numero
order by acteur, debut_ms;
