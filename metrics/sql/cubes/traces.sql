-- What each acteur used in the week, and in each segment of a week that two months share: one bit a modality, by cut, so that
-- a person is told once however often it came. Grain: portion, acteur. Needs codes.
create or replace temp table traces as
with bits as (
    select acteur, ecole, profil, segment, duree_s, 1 << appareil as appareils, 1 << systeme as systemes,
        1 << navigateur as navigateurs, 1 << heure as heures, 1 << duree as durees, 1 << moment as moments, services, types
    from codes
)
select 0 as portion, acteur, ecole, profil, count(*) as visites, cast(sum(duree_s) as bigint) as duree_s,
    bit_or(appareils) as appareils, bit_or(systemes) as systemes, bit_or(navigateurs) as navigateurs,
    bit_or(heures) as heures, bit_or(durees) as durees, bit_or(moments) as moments, bit_or(services) as services,
    bit_or(types) as types
from bits
group by acteur, ecole, profil
union all
select segment, acteur, ecole, profil, count(*), cast(sum(duree_s) as bigint), bit_or(appareils), bit_or(systemes),
    bit_or(navigateurs), bit_or(heures), bit_or(durees), bit_or(moments), bit_or(services), bit_or(types)
from bits
where segment is not null
group by segment, acteur, ecole, profil;
