-- What protection masks, told by published cells alone. Grain: periode, annee_scolaire, niveau, coupe.
-- Needs calendrier, frequentation_*. Parameter: $profils (those whose visits every node may publish).
insert into bilan_protection
with cases as (
    select 'jour' as periode, debut, niveau, profil, coupe, visites, etat from frequentation_jour
    union all
    select 'semaine', debut, niveau, profil, coupe, visites, etat from frequentation_semaine
    union all
    select 'mois', debut, niveau, profil, coupe, visites, etat from frequentation_mois
    union all
    select 'annee', debut, niveau, profil, coupe, visites, etat from frequentation_annee
)
select x.periode, c.annee_scolaire, x.niveau, x.coupe,
    count(*) as cases,
    sum(case when x.etat = 'secret' then 1 else 0 end) as secretes,
    coalesce(sum(case when x.profil in (select unnest($profils)) then x.visites end), 0) as visites
from cases x
join calendrier c on c.jour = x.debut
where x.etat = 'secret' or x.visites > 0
group by x.periode, c.annee_scolaire, x.niveau, x.coupe
order by x.periode, c.annee_scolaire, x.niveau, x.coupe;
