-- Expected school days and what came of them, week by week, for the région and its départements. Grain: niveau, territoire, debut.
-- A week without an expected day has no row. Weeks of `perimetre` end with the last one received, when `completude` runs on until
-- the publication: those of a silence are counted from it. Parameters: $du, $au (days of a school year), $provisoire_apres (silent
-- weeks after this Monday may still be delivered).
with etats as (
    select debut, max(case when provisoire then 1 else 0 end) = 1 as provisoire
    from frequentation_semaine
    where niveau = 'region' and coupe = 'total' and profil = 'tous' and debut between $du and $au
    group by debut
),
muets as (
    select k.semaine as debut, e.code_region, e.code_departement, q.uai, q.recu
    from calendrier k
    join completude q on q.jour = k.jour and q.attendu
    join ecoles e on e.annee_scolaire = k.annee_scolaire and e.uai = q.uai
    where k.semaine between $du and $au and k.semaine > (select max(debut) from perimetre where periode = 'semaine')
),
places as (
    select 'region' as niveau, code_region as territoire, debut, uai, recu from muets
    union all
    select 'departement', code_departement, debut, uai, recu from muets
)
select p.niveau, p.territoire, p.debut, p.ouvertes, p.mesurees, p.jours_attendus, p.jours_recus, p.jours_presumes,
    coalesce(e.provisoire, false) as provisoire
from perimetre p
left join etats e on e.debut = p.debut
where p.periode = 'semaine' and p.niveau in ('region', 'departement') and p.debut between $du and $au
    and p.jours_attendus > 0
union all
select niveau, territoire, debut, count(distinct uai), count(distinct case when recu <> 'non' then uai end), count(*),
    cast(sum(case when recu <> 'non' then 1 else 0 end) as bigint),
    cast(sum(case when recu = 'presume' then 1 else 0 end) as bigint), debut > $provisoire_apres
from places
group by niveau, territoire, debut
order by niveau desc, debut, territoire;
