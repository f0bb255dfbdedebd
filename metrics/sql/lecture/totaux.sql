-- Every published total, for what boards hold in memory: read once, when a publication is opened. Whole numbers alone: texts would
-- take most of the time and memory. `noeud` is the rank of the node in noeuds.sql, others that of their list; days are counted from
-- 1 January 1970; -1 stands for no figure. In no order. Grain: periode, noeud, profil, jour. Parameters: $profils, $etats.
with noeuds as (
    select niveau, territoire, cast(row_number() over (order by niveau, territoire) - 1 as integer) as noeud
    from perimetre
    group by niveau, territoire
),
totaux as (
    select 0 as periode, debut, niveau, territoire, profil, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
    from frequentation_semaine where coupe = 'total'
    union all
    select 1, debut, niveau, territoire, profil, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
    from frequentation_mois where coupe = 'total'
    union all
    select 2, debut, niveau, territoire, profil, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
    from frequentation_annee where coupe = 'total'
)
select cast(t.periode as tinyint) as periode, n.noeud, cast(list_position($profils, t.profil) - 1 as tinyint) as profil,
    cast(t.debut - date '1970-01-01' as integer) as jour, cast(list_position($etats, t.etat) - 1 as tinyint) as etat,
    coalesce(t.visites, -1) as visites, cast(coalesce(t.utilisateurs, -1) as integer) as utilisateurs,
    coalesce(t.duree_s, -1) as duree_s, cast(coalesce(t.duree_mediane_s, -1) as integer) as duree_mediane_s,
    cast(t.provisoire as tinyint) as provisoire
from totaux t
join noeuds n on n.niveau = t.niveau and n.territoire = t.territoire;
