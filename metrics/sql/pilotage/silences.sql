-- Retained weeks of each series: retained weeks without a visit up to it, visits of the last active week, and where its last
-- $semaines_arret or $semaines_parents weeks begin, with the visits before. Grain: serie, debut.
-- Needs series_suivies.
create or replace temp table silences as
select serie, uai, niveau, territoire, profils, debut, visites, jours, cumul, active, completes, rang,
    sum(case when active is null or debut > active then 1 else 0 end) over (
        partition by serie, active order by debut rows between unbounded preceding and current row
    ) as sans_visite,
    lag(cumul - visites, $semaines_arret - 1) over suite as avant_arret,
    lag(debut, $semaines_parents - 1) over suite as debut_parents,
    lag(cumul - visites, $semaines_parents - 1) over suite as avant_parents
from series_suivies
where rang is not null
window suite as (partition by serie order by debut);
