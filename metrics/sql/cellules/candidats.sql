-- Cells that may be masked: every one outside the totals, and beside a cut seen by fewer than k persons a modality that
-- nobody used, so that what is masked can't be told from the total. Grain: cible, cle. Parameter: $k.
-- Needs finales, modalites, masques_anterieurs.
create or replace temp table candidats as
with coupees as (
    select f.cible, f.cle, m.coupe, f.personnes, f.visites,
        (f.personnes > 0 and f.personnes < $k) or x.cle is not null as masquee
    from finales f
    join modalites m on m.cle = f.cle and m.coupe <> 'total'
    left join masques_anterieurs x on x.cible = f.cible and x.cle = f.cle
    where f.visites > 0
),
fragiles as (
    select cible, coupe
    from coupees
    where coupe not in ('service', 'famille', 'type')
    group by cible, coupe
    having sum(personnes) < $k or count(*) = 1
),
reserves as (
    select g.cible, min(m.cle) as cle
    from fragiles g
    join modalites m on m.coupe = g.coupe
    left join coupees c on c.cible = g.cible and c.cle = m.cle
    where c.cle is null
    group by g.cible, g.coupe
),
toutes as (
    select cible, cle, personnes, masquee from coupees
    union all
    select cible, cle, cast(0 as bigint), false from reserves
)
select cast(row_number() over (order by cible, cle) - 1 as bigint) as cellule, cible, cle, personnes, masquee
from toutes;
