-- Schools with a visit, by week and by day. Grain: periode, debut, uai. Parameter: $fichiers (counts of schools).
create or replace temp table visitees as
select distinct periode, debut, uai
from read_parquet($fichiers)
where coupe = 'total' and periode in ('jour', 'semaine');
