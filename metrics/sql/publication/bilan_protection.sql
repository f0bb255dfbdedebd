-- What protection masks in periods just written, told by published cells alone. Grain: periode, debut, niveau, coupe.
-- Needs frequentation_*. Parameters: $periode, $du, $au, $profils (those whose visits every node may publish).
insert into bilan_protection
with cases as (
    select debut, niveau, profil, coupe, visites, etat
    from frequentation_jour
    where $periode = 'jour' and debut between $du and $au
    union all
    select debut, niveau, profil, coupe, visites, etat
    from frequentation_semaine
    where $periode = 'semaine' and debut between $du and $au
    union all
    select debut, niveau, profil, coupe, visites, etat
    from frequentation_mois
    where $periode = 'mois' and debut between $du and $au
    union all
    select debut, niveau, profil, coupe, visites, etat
    from frequentation_annee
    where $periode = 'annee' and debut between $du and $au
)
select $periode, debut, niveau, coupe, count(*) as cases,
    sum(case when etat = 'secret' then 1 else 0 end) as secretes,
    coalesce(sum(case when profil in (select unnest($profils)) then visites end), 0) as visites
from cases
where etat = 'secret' or visites > 0
group by debut, niveau, coupe
order by debut, niveau, coupe;
