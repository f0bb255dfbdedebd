-- Visits and seconds of each school and profile by modality: of the week, of its segments when two months share it, of its days
-- in all. Grain: portion, ecole, profil, cle. Needs codes, traces, modalites, masques, assiduites.
create or replace temp table sommes as
with bases as (
    select coupe, min(cle) as cle
    from modalites
    where coupe in ('total', 'appareil', 'systeme', 'navigateur', 'heure', 'creneau', 'duree', 'moment')
    group by coupe
),
lignes as (
    select v.segment, v.ecole, v.profil, v.duree_s,
        b.cle + case b.coupe
            when 'appareil' then v.appareil when 'systeme' then v.systeme when 'navigateur' then v.navigateur
            when 'heure' then v.heure when 'creneau' then v.creneau when 'duree' then v.duree
            when 'moment' then v.moment else 0
        end as cle
    from codes v
    cross join bases b
    union all
    select v.segment, v.ecole, v.profil, v.duree_s, m.cle
    from codes v
    join masques m
        on m.coupe in ('service', 'famille', 'type')
        and (case m.coupe when 'type' then v.types else v.services end) & m.masque <> 0
),
segments as (
    select segment, ecole, profil, cle, count(*) as visites, cast(sum(duree_s) as bigint) as duree_s
    from lignes
    group by segment, ecole, profil, cle
)
select 0 as portion, ecole, profil, cle, cast(sum(visites) as bigint) as visites, cast(sum(duree_s) as bigint) as duree_s
from segments
group by ecole, profil, cle
union all
select segment, ecole, profil, cle, visites, duree_s
from segments
where segment is not null
union all
select t.portion, t.ecole, t.profil, a.cle, cast(sum(t.visites) as bigint), cast(sum(t.duree_s) as bigint)
from traces t
join assiduites a on t.visites >= a.min_visites and (a.max_visites is null or t.visites <= a.max_visites)
where t.portion = 0
group by t.portion, t.ecole, t.profil, a.cle
union all
select v.jour, v.ecole, v.profil, b.cle, count(*), cast(sum(v.duree_s) as bigint)
from codes v
join bases b on b.coupe = 'total'
group by v.jour, v.ecole, v.profil, b.cle;
