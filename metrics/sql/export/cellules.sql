-- National cells of one week, for the schools that have a row. Measures are NULL where nothing is published.
-- A cell that the source does not hold is zero where the total of its profil is known and is zero, or where the source
-- holds that cut for that school, week and profil, not withheld whole; else it was not published.
-- Grain: uai, profil, coupe, modalite. Parameters: $debut (a Monday); $uais (schools of lignes.sql);
-- $profils, $coupes, $modalites (the cells wanted, one an index).
with voulues as (
    select unnest($profils) as profil, unnest($coupes) as coupe, unnest($modalites) as modalite
),
lignes as (
    select unnest(cast($uais as varchar[])) as uai  -- a week may have no row
),
semaine as materialized (
    select territoire as uai, profil, coupe, modalite, visites, utilisateurs, duree_s, etat
    from frequentation_semaine
    where niveau = 'uai' and debut = $debut
),
totaux as (
    select uai, profil, visites from semaine where coupe = 'total' and etat = 'valeur'
),
tenues as (
    select uai, profil, coupe
    from semaine
    group by uai, profil, coupe
    having sum(case when modalite = 'toutes' then 1 else 0 end) = 0
),
cellules as (
    select l.uai, v.profil, v.coupe, v.modalite, s.visites, s.utilisateurs, s.duree_s,
        case when s.uai is null and t.uai is not null and (t.visites = 0 or p.uai is not null) then 0 end as zero
    from lignes l
    cross join voulues v
    left join semaine s
        on s.uai = l.uai and s.profil = v.profil and s.coupe = v.coupe and s.modalite = v.modalite
    left join totaux t on t.uai = l.uai and t.profil = v.profil
    left join tenues p on p.uai = l.uai and p.profil = v.profil and p.coupe = v.coupe
)
select uai, profil, coupe, modalite, coalesce(visites, zero) as visites, coalesce(utilisateurs, zero) as utilisateurs,
    coalesce(duree_s, zero) as duree_s
from cellules;
