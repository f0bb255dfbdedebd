-- Visits of two sets of weeks over the schools of a node that were open and received in every one of them, and the other
-- schools by what leaves them out first. Every cell read is published: a masked one has no figure here either.
-- `comptees`: cells counted (not presumed zeros) in the recent weeks. Grain: one row.
-- Parameters: $niveau, $territoire, $annee (school year that places the schools), $profil, $recentes, $precedentes (Mondays).
with semaines as (
    select unnest($recentes) as debut, 1 as recente
    union all
    select unnest($precedentes), 0
),
places as (
    select distinct uai
    from ecoles
    where annee_scolaire = $annee and $territoire = case $niveau
        when 'region' then code_region
        when 'academie' then code_academie
        when 'departement' then code_departement
        when 'circonscription' then code_circonscription
        when 'commune' then code_commune
        when 'regroupement' then regroupement
        else uai
    end
),
cases as (
    select f.territoire as uai, f.debut, s.recente, max(case when f.profil = 'tous' then f.etat end) as tous,
        max(case when f.profil = $profil then f.etat end) as etat,
        max(case when f.profil = $profil then f.visites end) as visites,
        max(case when f.provisoire then 1 else 0 end) as provisoire
    from frequentation_semaine f
    join semaines s on s.debut = f.debut
    where f.niveau = 'uai' and f.coupe = 'total' and f.profil in ('tous', $profil)
        and f.territoire in (select uai from places)
    group by f.territoire, f.debut, s.recente
),
jugees as (  -- the state of `tous` is always told: a profil that the school does not publish is secret there
    select uai, recente, visites, provisoire,
        coalesce(etat, case when tous in ('valeur', 'presume') then 'secret' else tous end) as etat
    from cases
),
vues as (
    select uai, count(*) as semaines,
        max(case when etat = 'non_ouverte' then 1 else 0 end) as non_ouverte,
        max(case when etat = 'non_recu' then 1 else 0 end) as non_recue,
        max(case when etat = 'secret' then 1 else 0 end) as masquee,
        sum(case when recente = 1 then visites end) as visites,
        sum(case when recente = 0 then visites end) as visites_precedentes,
        sum(case when recente = 1 and etat = 'valeur' then 1 else 0 end) as comptees,
        max(provisoire) as provisoire
    from jugees
    group by uai
),
sortes as (  -- a week without a row: the school was not in the project yet
    select v.visites, v.visites_precedentes, v.comptees, v.provisoire,
        case
            when coalesce(v.semaines, 0) < (select count(*) from semaines) or v.non_ouverte = 1 then 'non_ouverte'
            when v.non_recue = 1 then 'non_recu'
            when v.masquee = 1 then 'secret'
            else 'gardee'
        end as sorte
    from places e
    left join vues v on v.uai = e.uai
)
select count(*) as ecoles,
    sum(case when sorte = 'gardee' then 1 else 0 end) as gardees,
    sum(case when sorte = 'non_ouverte' then 1 else 0 end) as non_ouvertes,
    sum(case when sorte = 'non_recu' then 1 else 0 end) as non_recues,
    sum(case when sorte = 'secret' then 1 else 0 end) as masquees,
    cast(sum(case when sorte = 'gardee' then visites end) as bigint) as visites,
    cast(sum(case when sorte = 'gardee' then visites_precedentes end) as bigint) as visites_precedentes,
    sum(case when sorte = 'gardee' then comptees else 0 end) as comptees,
    max(case when sorte = 'gardee' then provisoire else 0 end) as provisoire
from sortes;
