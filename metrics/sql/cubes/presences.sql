-- Members of a register as uses without visits. Grain: acteur. Needs acteurs, modalites.
create or replace temp table usages as
select 0 as portion, a.acteur, a.ecole, a.profil, m.cle
from acteurs a
join modalites m on m.coupe = 'total';
