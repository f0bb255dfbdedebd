-- Visits of one week, by the national 30-minute rule (design 3).
-- Grain: one visit. Parameters: $fichiers (event files), $ecart_ms (gap that opens a new visit).
create or replace temp table visites as
with evenements as (
    select instant, uai, profil, service, visiteur, id, appareil, systeme, navigateur, type
    from read_parquet($fichiers)
),
rangs as (
    select *, row_number() over (
        partition by visiteur, uai, id,
            case when id is null then service end, case when id is null then instant end
        order by instant, profil, service, appareil, systeme, navigateur, type
    ) as rang
    from evenements
),
ecarts as (
    select instant, uai, profil, service, visiteur, appareil, systeme, navigateur, type,
        epoch_ms(instant) - lag(epoch_ms(instant)) over personne as ecart_ms
    from rangs
    where rang = 1
    window personne as (
        partition by visiteur, uai, profil order by instant, service, appareil, systeme, navigateur, type
    )
),
numeros as (
    select *, sum(case when ecart_ms is null or ecart_ms >= $ecart_ms then 1 else 0 end) over (
        partition by visiteur, uai, profil
        order by instant, service, appareil, systeme, navigateur, type
        rows between unbounded preceding and current row
    ) as numero
    from ecarts
),
premiers as (
    select *, row_number() over (
        partition by visiteur, uai, profil, numero
        order by instant, service, appareil, systeme, navigateur, type
    ) as rang
    from numeros
),
groupes as (
    select visiteur, uai, profil, numero,
        min(instant) as debut,
        (max(epoch_ms(instant)) - min(epoch_ms(instant))) // 1000 as duree_s,
        max(case when rang = 1 then appareil end) as appareil,
        max(case when rang = 1 then systeme end) as systeme,
        max(case when rang = 1 then navigateur end) as navigateur,
        list(distinct service) as services,
        list(distinct type) as types
    from premiers
    group by visiteur, uai, profil, numero
)
select visiteur, uai, profil, timezone('Europe/Paris', debut) as debut_local, duree_s,
    appareil, systeme, navigateur, services, types
from groupes;
