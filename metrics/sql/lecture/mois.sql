-- Published months and their school days. Grain: debut.
select m.debut, count(c.jour) as jours_ecole
from (select distinct debut from perimetre where periode = 'mois') m
left join calendrier c
    on c.jour_ecole and extract(year from c.jour) = extract(year from m.debut)
    and extract(month from c.jour) = extract(month from m.debut)
group by m.debut
order by m.debut;
