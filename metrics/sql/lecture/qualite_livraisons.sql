-- What each platform delivered about each week of a span, and about no week, all its lots together. Grain: plateforme, semaine.
-- Names of lateness are those of ingest.lines.suivi. Silent schools: as the last lot found them. Parameters: $du, $au.
with lignes as (
    select plateforme, semaine, lot, max(recu_le) as recu_le,
        sum(case when rubrique = 'suivi_gardees' then lignes else 0 end) as gardees,
        sum(case when rubrique = 'suivi_refus' then lignes else 0 end) as refusees,
        sum(case when rubrique = 'suivi_retard' then lignes else 0 end) as datees,
        sum(case when rubrique = 'suivi_retard' and detail in ('moins d’un jour', '1 à 3 jours') then lignes else 0 end) as rapides,
        sum(case when rubrique = 'suivi_retard' and detail = 'plus de 10 jours' then lignes else 0 end) as tardives,
        sum(case when rubrique = 'suivi_retard' and detail = 'horloge en avance' then lignes else 0 end) as en_avance,
        sum(case when rubrique = 'suivi_ecoles_silencieuses' then lignes else 0 end) as silencieuses
    from qualite_lots
    where rubrique like 'suivi_%' and (semaine is null or semaine between $du and $au)
    group by plateforme, semaine, lot
),
rangs as (
    select *, row_number() over (partition by plateforme, semaine order by recu_le desc, lot) as rang from lignes
)
select plateforme, semaine, count(*) as lots, max(recu_le) as derniere, cast(sum(gardees) as bigint),
    cast(sum(refusees) as bigint), cast(sum(datees) as bigint), cast(sum(rapides) as bigint), cast(sum(tardives) as bigint),
    cast(sum(en_avance) as bigint), cast(sum(case when rang = 1 then silencieuses else 0 end) as bigint)
from rangs
group by plateforme, semaine
order by semaine desc nulls last, plateforme nulls last;
