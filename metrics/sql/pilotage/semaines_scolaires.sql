-- School weeks of the published calendar, numbered in their school year and in all; the first of them for each school.
-- Grain: debut. Needs calendrier.
create or replace temp table semaines_scolaires as
select debut, annee_scolaire, row_number() over (partition by annee_scolaire order by debut) as rang_annee,
    row_number() over (order by debut) as numero
from (
    select distinct semaine as debut, annee_scolaire from calendrier where periode_scolaire is not null
) s;
