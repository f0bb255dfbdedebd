-- Every published total, for what boards hold in memory: read once, when a publication is opened. `rang` is that of the series in
-- totaux_places.sql; days are counted from 1 January 1970; -1 stands for no figure, and states for their rank in their list. In no
-- order: sorting texts would take most of the time. Grain: rang, jour. Parameter: $etats.
with totaux as (
    select 'semaine' as periode, debut, niveau, territoire, profil, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
    from frequentation_semaine where coupe = 'total'
    union all
    select 'mois', debut, niveau, territoire, profil, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
    from frequentation_mois where coupe = 'total'
    union all
    select 'annee', debut, niveau, territoire, profil, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
    from frequentation_annee where coupe = 'total'
),
cles as (  -- not drawn from totaux, which the engine would then hold whole
    select 'semaine' as periode, niveau, territoire, profil from frequentation_semaine where coupe = 'total'
    union all
    select 'mois', niveau, territoire, profil from frequentation_mois where coupe = 'total'
    union all
    select 'annee', niveau, territoire, profil from frequentation_annee where coupe = 'total'
),
suites as (
    select periode, niveau, territoire, profil,
        cast(row_number() over (order by periode, niveau, territoire, profil) - 1 as integer) as rang
    from cles
    group by periode, niveau, territoire, profil
)
select s.rang, cast(t.debut - date '1970-01-01' as integer) as jour, cast(list_position($etats, t.etat) - 1 as tinyint) as etat,
    coalesce(t.visites, -1) as visites, cast(coalesce(t.utilisateurs, -1) as integer) as utilisateurs,
    coalesce(t.duree_s, -1) as duree_s, cast(coalesce(t.duree_mediane_s, -1) as integer) as duree_mediane_s,
    cast(t.provisoire as tinyint) as provisoire
from totaux t
join suites s
    on s.periode = t.periode and s.niveau = t.niveau and s.territoire = t.territoire and s.profil = t.profil;
