-- How many rows each series of totaux.sql has. Grain: periode, niveau, territoire, profil.
with totaux as (
    select 'semaine' as periode, niveau, territoire, profil from frequentation_semaine where coupe = 'total'
    union all
    select 'mois', niveau, territoire, profil from frequentation_mois where coupe = 'total'
    union all
    select 'annee', niveau, territoire, profil from frequentation_annee where coupe = 'total'
)
select periode, niveau, territoire, profil, count(*) as lignes
from totaux
group by periode, niveau, territoire, profil
order by periode, niveau, territoire, profil;
