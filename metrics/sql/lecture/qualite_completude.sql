-- Expected school days and what came of them, week by week, for the région and its départements. Grain: niveau, territoire, debut.
-- A week without an expected day has no row. Parameters: $du, $au (days of a school year).
with etats as (
    select debut, max(case when provisoire then 1 else 0 end) = 1 as provisoire
    from frequentation_semaine
    where niveau = 'region' and coupe = 'total' and profil = 'tous' and debut between $du and $au
    group by debut
)
select p.niveau, p.territoire, p.debut, p.ouvertes, p.mesurees, p.jours_attendus, p.jours_recus, p.jours_presumes,
    coalesce(e.provisoire, false)
from perimetre p
left join etats e on e.debut = p.debut
where p.periode = 'semaine' and p.niveau in ('region', 'departement') and p.debut between $du and $au
    and p.jours_attendus > 0
order by p.niveau desc, p.debut, p.territoire;
