-- What all lots held, by heading; what the checks doubted (heading `constat`: its name, message, cases and first case); and how
-- many school days went by between the last week received and the publication (heading `sans_donnee`): the weeks of `perimetre`
-- end with it, when `completude` runs on.
-- Grain: rubrique, detail.
select rubrique, detail, cast(null as varchar) as message, cast(null as varchar) as exemple,
    cast(sum(lignes) as bigint) as lignes, count(distinct lot) as lots, max(recu_le) as derniere
from qualite_lots
where rubrique not like 'suivi_%'
group by rubrique, detail
union all
select 'constat', nom, message, exemple, lignes, 0, null from constats
union all
select 'sans_donnee', null, null, null, count(*), 0, null
from calendrier
where jour_ecole and semaine > (select max(debut) from perimetre where periode = 'semaine')
    and jour < (select cast(max(instant) as date) from publication)
order by rubrique, lignes desc, detail;
