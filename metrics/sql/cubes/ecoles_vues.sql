-- Schools of the files being counted, numbered: counts work on integers. Grain: uai. Parameter: $fichiers.
create or replace temp table ecoles_vues as
select uai, cast(row_number() over (order by uai) as integer) as ecole
from (select distinct uai from read_parquet($fichiers));
