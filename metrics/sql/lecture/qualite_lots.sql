-- What all lots held, by heading; and what the checks doubted (heading `constat`: its name, message, cases and first case).
-- Grain: rubrique, detail.
select rubrique, detail, cast(null as varchar) as message, cast(null as varchar) as exemple,
    cast(sum(lignes) as bigint) as lignes, count(distinct lot) as lots, max(recu_le) as derniere
from qualite_lots
where rubrique not like 'suivi_%'
group by rubrique, detail
union all
select 'constat', nom, message, exemple, lignes, 0, null from constats
order by rubrique, lignes desc, detail;
