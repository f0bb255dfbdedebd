-- Counts of each school and profile, as kept in the lake: all visits, and the persons of that school and profile alone.
-- They add up to every territory and group; persons of several schools or profiles are counted by partages.
-- Grain: periode, debut, uai, profil, coupe, modalite. Needs usages, acteurs, ecoles_vues, modalites.
with comptes as (
    select u.periode, u.debut, a.ecole, a.profil, u.cle, sum(u.visites) as visites, sum(u.duree_s) as duree_s,
        sum(case when a.partagee then 0 else 1 end) as utilisateurs
    from usages u
    join acteurs a on a.acteur = u.acteur
    where not (a.partagee and u.cle in (select cle from assiduites))
    group by u.periode, u.debut, a.ecole, a.profil, u.cle
)
select c.periode, c.debut, e.uai, p.modalite as profil, m.coupe, m.modalite, cast(c.visites as bigint) as visites,
    cast(c.utilisateurs as bigint) as utilisateurs, cast(c.duree_s as bigint) as duree_s
from comptes c
join ecoles_vues e on e.ecole = c.ecole
join modalites p on p.coupe = 'profil' and p.rang = c.profil
join modalites m on m.cle = c.cle
order by c.periode, c.cle, c.ecole, c.profil, c.debut;
