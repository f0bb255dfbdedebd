-- A person in a school under a profile, numbered school by school; `partagee`: the same person has another school or profile
-- in the period. Grain: acteur. Needs evenements (of a week, or members of a register).
create or replace temp table acteurs as
select visiteur, ecole, profil, cast(row_number() over (order by ecole, profil, visiteur) as integer) as acteur,
    count(*) over (partition by visiteur) > 1 as partagee
from (select distinct visiteur, ecole, profil from evenements);
