-- Schools of a school year, numbered. Grain: ecole. Parameter: $annee. Needs placement_annees.
create or replace temp table ecoles_annee as
select uai, cast(row_number() over (order by uai) as integer) as ecole
from (select distinct uai from placement_annees where annee_scolaire = $annee);
