-- #fail Une école ouverte n’a pas de ligne pour une semaine, un mois ou une année où elle était attendue.
-- Days expected after the last published week have none: nothing came since. Grain: one faulty (periode, debut, uai).
with attendus as (
    select distinct p.periode, c.uai,
        case p.periode
            when 'semaine' then cast(date_trunc('week', c.jour) as date)
            when 'mois' then cast(date_trunc('month', c.jour) as date)
            else cast(substr(k.annee_scolaire, 1, 4) || '-08-01' as date)
        end as debut
    from completude c
    join calendrier k on k.jour = c.jour
    cross join (values ('semaine'), ('mois'), ('annee')) p(periode)
    where c.attendu and k.semaine <= (select max(debut) from perimetre where periode = 'semaine')
),
lignes as (
    select 'semaine' as periode, debut, territoire as uai from frequentation_semaine
    where niveau = 'uai' and profil = 'tous' and coupe = 'total'
    union all
    select 'mois', debut, territoire from frequentation_mois
    where niveau = 'uai' and profil = 'tous' and coupe = 'total'
    union all
    select 'annee', debut, territoire from frequentation_annee
    where niveau = 'uai' and profil = 'tous' and coupe = 'total'
)
select a.periode, a.debut, a.uai
from attendus a
left join lignes l on l.periode = a.periode and l.debut = a.debut and l.uai = a.uai
where l.uai is null
