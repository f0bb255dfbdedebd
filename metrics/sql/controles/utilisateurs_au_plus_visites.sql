-- #fail Un jour ou une semaine compte plus d’utilisateurs que de visites.
-- Grain: one faulty (periode, debut, niveau, territoire, profil).
select 'jour' as periode, debut, niveau, territoire, profil
from frequentation_jour
where utilisateurs > visites
union all
select 'semaine', debut, niveau, territoire, profil
from frequentation_semaine
where coupe = 'total' and utilisateurs > visites
