-- Exact counts of one week with its segments and days, or of one register, for every level, profil, group and cut.
-- Grain: periode, debut, niveau, territoire, profil, coupe, modalite. Needs usages, placement(uai, niveau, territoire), appartenance(profil, groupe).
-- A person seen in one school under one profil adds up to every territory and group; only the few others need a
-- count of distinct persons. Same result as counting distinct everywhere, in a fraction of the time.
create or replace temp table cube as
with multiples as (
    select visiteur
    from (select distinct visiteur, uai, profil from usages where coupe = 'total')
    group by visiteur
    having count(*) > 1
),
ecoles as (
    select u.periode, u.debut, u.uai, u.profil, u.coupe, u.modalite,
        sum(u.visites) as visites, sum(u.duree_s) as duree_s,
        sum(case when m.visiteur is null then 1 else 0 end) as utilisateurs
    from usages u
    left join multiples m on m.visiteur = u.visiteur
    group by u.periode, u.debut, u.uai, u.profil, u.coupe, u.modalite
),
additifs as (
    select e.periode, e.debut, p.niveau, p.territoire, a.groupe as profil, e.coupe, e.modalite,
        sum(e.visites) as visites, sum(e.duree_s) as duree_s, sum(e.utilisateurs) as utilisateurs
    from ecoles e
    join placement p on p.uai = e.uai
    join appartenance a on a.profil = e.profil
    group by e.periode, e.debut, p.niveau, p.territoire, a.groupe, e.coupe, e.modalite
),
partages as (
    select u.periode, u.debut, p.niveau, p.territoire, a.groupe as profil, u.coupe, u.modalite,
        count(distinct u.visiteur) as utilisateurs
    from usages u
    join multiples m on m.visiteur = u.visiteur
    join placement p on p.uai = u.uai
    join appartenance a on a.profil = u.profil
    group by u.periode, u.debut, p.niveau, p.territoire, a.groupe, u.coupe, u.modalite
)
select d.periode, d.debut, d.niveau, d.territoire, d.profil, d.coupe, d.modalite,
    cast(d.visites as bigint) as visites,
    cast(d.utilisateurs + coalesce(s.utilisateurs, 0) as bigint) as utilisateurs,
    cast(d.duree_s as bigint) as duree_s
from additifs d
left join partages s
    on s.periode = d.periode and s.debut = d.debut and s.niveau = d.niveau and s.territoire = d.territoire and s.profil = d.profil
    and s.coupe = d.coupe and s.modalite = d.modalite;
