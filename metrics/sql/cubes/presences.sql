-- Persons of a register as uses without visits. Grain: acteur. Parameters: $periode, $debut. Needs acteurs, modalites.
create or replace temp table usages as
select $periode as periode, cast($debut as date) as debut, a.acteur, m.cle, cast(0 as bigint) as visites,
    cast(0 as bigint) as duree_s
from acteurs a
join modalites m on m.coupe = 'total';
