-- Visits of one week, by the national 30-minute rule (design 3). Repeats go first: they are few, so only what has one is ranked.
-- Grain: one visit, those of a person together. Parameter: $ecart_ms (gap that opens a new visit). Needs evenements, acteurs.
create or replace temp table visites as
with reperes as (
    select visiteur, ecole, repere, repere_service
    from evenements
    group by visiteur, ecole, repere, repere_service
    having count(*) > 1
),
rangs as (
    select e.*, row_number() over (
        partition by e.visiteur, e.ecole, e.repere, e.repere_service order by e.instant_ms, e.profil, e.quoi
    ) as rang
    from evenements e
    join reperes r
        on r.visiteur = e.visiteur and r.ecole = e.ecole and r.repere = e.repere and r.repere_service = e.repere_service
),
gardes as (
    select e.visiteur, e.ecole, e.profil, e.instant_ms, e.quoi
    from evenements e
    left join reperes r
        on r.visiteur = e.visiteur and r.ecole = e.ecole and r.repere = e.repere and r.repere_service = e.repere_service
    where r.visiteur is null
    union all
    select visiteur, ecole, profil, instant_ms, quoi from rangs where rang = 1
),
ecarts as (
    select a.acteur, g.instant_ms, g.quoi, g.instant_ms - lag(g.instant_ms) over (
        partition by a.acteur order by g.instant_ms, g.quoi
    ) as ecart_ms
    from gardes g
    join acteurs a on a.visiteur = g.visiteur and a.ecole = g.ecole and a.profil = g.profil
),
numeros as (
    select *, count(case when ecart_ms is null or ecart_ms >= $ecart_ms then 1 end) over (
        partition by acteur order by instant_ms, quoi rows between unbounded preceding and current row
    ) as numero
    from ecarts
),
groupes as (
    select acteur, min(instant_ms) as debut_ms, max(instant_ms) - min(instant_ms) as duree_ms,
        max(case when ecart_ms is null or ecart_ms >= $ecart_ms then quoi end) as quoi,
        bit_or(1 << (quoi // 1048576)) as services, bit_or(1 << (quoi % 32)) as types
    from numeros
    group by acteur, numero
)
select g.acteur, a.ecole, a.profil, timezone('Europe/Paris', to_timestamp(g.debut_ms / 1000.0)) as debut_local,
    g.duree_ms // 1000 as duree_s,
    g.quoi // 32768 % 32 as appareil, g.quoi // 1024 % 32 as systeme, g.quoi // 32 % 32 as navigateur, g.services, g.types
from groupes g
join acteurs a on a.acteur = g.acteur
order by g.acteur;
