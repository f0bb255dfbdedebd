-- Counts of each school and profile, as kept in the lake. They add up to every territory and group, but for persons of several
-- schools or profiles, whom partages takes away where they are told again.
-- Grain: periode, debut, uai, profil, coupe, modalite. Needs sommes, usages, portions, ecoles_vues, modalites.
with comptes as (
    select portion, ecole, profil, cle, visites, duree_s, cast(0 as bigint) as utilisateurs from sommes
    union all
    select portion, ecole, profil, cle, 0, 0, count(*) from usages group by portion, ecole, profil, cle
),
totaux as (
    select portion, ecole, profil, cle, cast(sum(visites) as bigint) as visites,
        cast(sum(utilisateurs) as bigint) as utilisateurs, cast(sum(duree_s) as bigint) as duree_s
    from comptes
    group by portion, ecole, profil, cle
)
select t.periode, t.debut, e.uai, p.modalite as profil, m.coupe, m.modalite, c.visites, c.utilisateurs, c.duree_s
from totaux c
join portions t on t.portion = c.portion
join ecoles_vues e on e.ecole = c.ecole
join modalites p on p.coupe = 'profil' and p.rang = c.profil
join modalites m on m.cle = c.cle
order by c.portion, c.cle, c.ecole, c.profil;
