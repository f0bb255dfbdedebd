-- Lower median of the visits by school day in the $semaines_baisse retained weeks before each retained week.
-- Grain: serie, debut. Needs silences.
create or replace temp table medianes_precedentes as
select s.serie, s.debut,
    percentile_disc(0.5) within group (order by cast(p.visites as double) / p.jours) as mediane
from silences s
join silences p on p.serie = s.serie and p.rang between s.rang - $semaines_baisse and s.rang - 1
where s.profils <> 'parents'
group by s.serie, s.debut
having count(*) = $semaines_baisse;
