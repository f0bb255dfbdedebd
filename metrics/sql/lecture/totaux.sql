-- Every published total, for what boards hold in memory: read once, when a publication is opened. Days are counted from 1 January 1970;
-- -1 stands for no figure, and states for their rank in the list that serie.py gives. Grain: periode, niveau, territoire, profil, jour,
-- in the order of totaux_places.sql. Parameter: $etats.
with totaux as (
    select 'semaine' as periode, * from frequentation_semaine where coupe = 'total'
    union all
    select 'mois', * from frequentation_mois where coupe = 'total'
    union all
    select 'annee', * from frequentation_annee where coupe = 'total'
)
select cast(debut - date '1970-01-01' as integer) as jour, cast(list_position($etats, etat) - 1 as tinyint) as etat,
    coalesce(visites, -1) as visites, cast(coalesce(utilisateurs, -1) as integer) as utilisateurs,
    coalesce(duree_s, -1) as duree_s, cast(coalesce(duree_mediane_s, -1) as integer) as duree_mediane_s, provisoire
from totaux
order by periode, niveau, territoire, profil, debut;
