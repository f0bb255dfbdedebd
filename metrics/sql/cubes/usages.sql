-- Modalities of each cut that an acteur used in the week and in its segments, and the days on which it came: the base of every
-- exact count of persons. Grain: portion, acteur, cle. Needs codes, traces, modalites, masques, assiduites.
create or replace temp table usages as
with bases as (
    select max(case when coupe = 'total' then cle end) as total,
        max(case when coupe = 'creneau' and rang = 0 then cle end) as creneau
    from modalites
)
select t.portion, t.acteur, t.ecole, t.profil, b.total as cle from traces t cross join bases b
union all
select t.portion, t.acteur, t.ecole, t.profil, m.cle
from traces t
join masques m on m.masque & case m.coupe
        when 'appareil' then t.appareils when 'systeme' then t.systemes when 'navigateur' then t.navigateurs
        when 'heure' then t.heures when 'duree' then t.durees when 'moment' then t.moments
        when 'type' then t.types else t.services
    end <> 0
union all
select t.portion, t.acteur, t.ecole, t.profil, a.cle
from traces t
join assiduites a on t.visites >= a.min_visites and (a.max_visites is null or t.visites <= a.max_visites)
where t.portion = 0
union all
select distinct 0, v.acteur, v.ecole, v.profil, b.creneau + v.creneau
from codes v cross join bases b
union all
select distinct v.segment, v.acteur, v.ecole, v.profil, b.creneau + v.creneau
from codes v cross join bases b
where v.segment is not null
union all
select distinct v.jour, v.acteur, v.ecole, v.profil, b.total
from codes v cross join bases b;
